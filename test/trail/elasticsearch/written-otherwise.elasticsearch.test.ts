import { describe, expect, inject, it } from 'vitest';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import { send, type JsonObject } from '../../support/elasticsearch/index-records.js';
import { askFiles, answersOf, elasticsearchConfig, type Answers } from '../contract/engines.js';
import { A, assume, B, PERIOD, record, session } from '../contract/records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };

/** The answers of an index with these documents. @param body settings and mappings */
async function ask(
  documents: readonly JsonObject[],
  body: JsonObject,
  keyPrefix = '',
  timestampField = keyPrefix === '' && documents[0]?.['Records'] === undefined ? 'eventTime' : '@timestamp',
): Promise<Answers> {
  const index = `written-${String(process.pid)}-${String(Date.now())}`;
  const lines = documents.flatMap((document) =>
    [{ create: {} }, document].map((line) => JSON.stringify(line)),
  );
  try {
    await send(`${url}/${index}`, 'PUT', JSON.stringify(body), 'application/json');
    await send(`${url}/${index}/_bulk?refresh=true`, 'POST', `${lines.join('\n')}\n`, 'application/x-ndjson');
    const config = { ...elasticsearchConfig(url, index, 'keyword'), keyPrefix };
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

/** Expects the same answers, whatever the case of names. */
function expectSame(answers: Answers, files: Answers): void {
  // In the order of names, which case decides.
  const sorted = (rows: readonly unknown[]): string[] =>
    rows.map((row) => JSON.stringify(row).toLowerCase()).sort();
  for (const question of ['activity', 'assumptions', 'people', 'weeks', 'coverage'] as const)
    expect(sorted(answers[question])).toEqual(sorted(files[question]));
}

/** Longer than the 256 characters that a dynamic mapping indexes as a keyword (Elasticsearch: dynamic field mapping). */
const LONG_PATH = `${'division-with-a-long-name/'.repeat(12)}long`;

describe.skipIf(url === '')('an index as other shippers write it', () => {
  it.each<[string, (record: JsonObject) => JsonObject]>([
    ['names of calls', ({ eventName, ...rest }) => ({ ...rest, eventName: String(eventName).toLowerCase() })],
    [
      'types of events',
      ({ eventType, ...rest }) => ({
        ...rest,
        eventType: typeof eventType === 'string' ? eventType.toLowerCase() : eventType,
      }),
    ],
  ])('with %s in lower case gives the same answers', async (_, write) => {
    const answers = await ask(records().map(write), {});
    expect(answers.notes.incomplete).toEqual([]);
    expectSame(answers, await askFiles(records(), request));
  });

  it.each<[string, (record: JsonObject) => JsonObject, JsonObject, RegExp]>([
    [
      'accounts as numbers',
      (one) => ({ ...one, recipientAccountId: Number(one['recipientAccountId']) }),
      {},
      /recipientAccountId .*type long.*keyword/,
    ],
    [
      'the time as text',
      (one) => one,
      { mappings: { date_detection: false } },
      /eventTime .*not date.*timestamp_field/,
    ],
    [
      'every value as text',
      (one) => one,
      {
        mappings: {
          dynamic_templates: [{ s: { match_mapping_type: 'string', mapping: { type: 'text' } } }],
          properties: { eventTime: { type: 'date' } },
        },
      },
      /keyword/,
    ],
  ])('with %s is refused, with advice', async (_, write, body, advice) => {
    await expect(ask(records().map(write), body)).rejects.toThrow(advice);
  });

  it('with the time in @timestamp only gives the same answers', async () => {
    const written = records().map(({ eventTime, ...rest }) => ({ ...rest, '@timestamp': eventTime }));
    expectSame(await ask(written, {}, '', '@timestamp'), await askFiles(records(), request));
  });

  it('with sources without .amazonaws.com tells starts of sessions and failed sign-ins', async () => {
    const short = (one: JsonObject): JsonObject => ({
      ...one,
      eventSource: String(one['eventSource']).replace('.amazonaws.com', ''),
    });
    const failed = record({
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: 'Failure' },
    });
    const all = [...records(), failed];
    const [answers, files] = [await ask(all.map(short), {}), await askFiles(all.map(short), request)];
    expectSame(answers, files);
    expect(answers.assumptions).toHaveLength(1);
    expect(answers.activity.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
  });

  it('with ARNs longer than its keywords gives the same answers', async () => {
    const issuer = {
      type: 'Role',
      principalId: 'AROALONG',
      arn: `arn:aws:iam::${A}:role/${LONG_PATH}`,
      accountId: A,
    };
    const userIdentity = { ...session('long', 'ann', 'ASIA2'), sessionContext: { sessionIssuer: issuer } };
    const long = [record({ userIdentity })];
    expectSame(await ask(long, {}), await askFiles(long, request));
  });
});

describe.skipIf(url === '')('an index that a normalizer writes in lower case', () => {
  it('gives the same answers but for the case of names, and no resources', async () => {
    const answers = await ask(records(), NORMALIZED);
    expectSame(answers, await askFiles(records(), request));
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
