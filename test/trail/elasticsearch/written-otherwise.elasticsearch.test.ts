import { describe, expect, inject, it } from 'vitest';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import { send, type JsonObject } from '../../support/elasticsearch/index-records.js';
import { askFiles, answersOf, elasticsearchConfig, type Answers } from '../contract/engines.js';
import { A, assume, B, PERIOD, record, session } from '../contract/records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };

/** The answers of an index with these documents. @param body settings and mappings */
async function ask(documents: readonly JsonObject[], body: JsonObject, keyPrefix = ''): Promise<Answers> {
  const index = `written-${String(process.pid)}-${String(Date.now())}`;
  const lines = documents.flatMap((document) =>
    [{ create: {} }, document].map((line) => JSON.stringify(line)),
  );
  try {
    await send(`${url}/${index}`, 'PUT', JSON.stringify(body), 'application/json');
    await send(`${url}/${index}/_bulk?refresh=true`, 'POST', `${lines.join('\n')}\n`, 'application/x-ndjson');
    const config = { ...elasticsearchConfig(url, index, 'keyword'), keyPrefix };
    const timestampField =
      keyPrefix === '' && documents[0]?.['Records'] === undefined ? 'eventTime' : '@timestamp';
    return await answersOf(await openElasticsearchTrail({ ...config, timestampField }, request));
  } finally {
    await fetch(`${url}/${index}`, { method: 'DELETE' });
  }
}

const NORMALIZED: JsonObject = {
  settings: { analysis: { normalizer: { other: { type: 'custom', filter: ['lowercase'] } } } },
  mappings: {
    dynamic_templates: [
      { strings: { match_mapping_type: 'string', mapping: { type: 'keyword', normalizer: 'other' } } },
    ],
    properties: { eventTime: { type: 'date' } },
  },
};

const records = (): JsonObject[] => [
  assume('deploy', 'ASIA1', { eventTime: '2026-07-02T09:00:00Z' }),
  record({ eventName: 'GetBucketAcl', requestParameters: { bucketName: 'one' } }),
  record({ eventName: 'DeleteBucket', errorCode: 'AccessDenied' }),
  record({ eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' }),
  record({
    eventName: 'Rotate',
    eventType: 'AwsServiceEvent',
    userIdentity: { type: 'AWSService', invokedBy: 'x' },
  }),
  record({ userIdentity: { type: 'Root', principalId: A, arn: `arn:aws:iam::${A}:root`, accountId: A } }),
  record({ userIdentity: session('deploy', 'ann', 'ASIA1') }),
];

describe.skipIf(url === '')('an index that a normalizer writes in lower case', () => {
  it('gives the same answers but for the case of names, and no resources', async () => {
    const files = await askFiles(records(), request);
    const answers = await ask(records(), NORMALIZED);
    const lower = (rows: unknown): unknown => JSON.parse(JSON.stringify(rows).toLowerCase());
    // In the order of names, which case decides.
    const sorted = (rows: unknown): unknown =>
      (lower(rows) as unknown[]).map((row) => JSON.stringify(row)).sort();
    for (const question of ['activity', 'assumptions', 'people', 'weeks', 'coverage'] as const)
      expect(sorted(answers[question])).toEqual(sorted(files[question]));
    expect(answers.resources.filter(({ complete }) => complete)).toEqual([]);
    expect(answers.notes.warnings.join()).toMatch(/identifiers in lower case/);
    expect(answers.notes.incomplete).toEqual([]);
  });
});

describe.skipIf(url === '')('an index whose documents are log files', () => {
  const file = (): JsonObject => ({ '@timestamp': '2026-07-02T10:00:00Z', Records: records() });
  const nested = { mappings: { properties: { Records: { type: 'nested' } } } };

  it.each<[string, JsonObject, string]>([
    ['as it comes', {}, ''],
    ['with the prefix of the list', {}, 'Records'],
    ['of nested objects', nested, ''],
    ['of nested objects with their prefix', nested, 'Records'],
  ])('is refused %s, with advice', async (_, body, keyPrefix) => {
    await expect(ask([file()], body, keyPrefix)).rejects.toThrow(
      /several records.*Records.*split.*cloudtracker ingest/,
    );
  });
});
