import { describe, expect, inject, it } from 'vitest';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { answersOf, elasticsearchConfig, type Answers } from '../contract/engines.js';
import { A, B, PERIOD, record, session } from '../contract/records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
const keyword = { type: 'keyword' };

/** The answers of an index with one record, in which some fields are mapped otherwise than as keywords. */
async function ask(properties: JsonObject, over: JsonObject): Promise<Answers> {
  const index = `resource-fields-${String(process.pid)}-${String(Date.now())}`;
  const mappings = {
    dynamic_templates: [{ strings: { match_mapping_type: 'string', mapping: keyword } }],
    properties: { eventTime: { type: 'date' }, ...properties },
  };
  const send = (method: string, path: string, body: JsonObject): Promise<Response> =>
    fetch(`${url}/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  try {
    expect((await send('PUT', index, { mappings })).ok).toBe(true);
    const document = record({
      eventName: 'GetBucketAcl',
      requestParameters: { bucketName: 'one' },
      userIdentity: session('deploy', 'ann', 'ASIAANN'),
      ...over,
    });
    expect((await send('PUT', `${index}/_doc/1?refresh=true`, document)).ok).toBe(true);
    return await answersOf(await openElasticsearchTrail(elasticsearchConfig(url, index, 'keyword'), request));
  } finally {
    await fetch(`${url}/${index}`, { method: 'DELETE' });
  }
}

const rowsOf = ({ resources }: Answers): unknown[] => resources.map((row) => [row.resources, row.complete]);
const listed = { resources: [{ ARN: 'arn:aws:s3:::listed' }] };

describe.skipIf(url === '')('fields that name resources', () => {
  it('make whole answers where they are keywords, or where no record has them', async () => {
    expect(rowsOf(await ask({}, {}))).toEqual([[['arn:aws:s3:::one'], true]]);
    expect(rowsOf(await ask({}, listed))).toEqual([[['arn:aws:s3:::listed'], true]]);
  });

  it.each([
    { name: 'nested', resources: { type: 'nested', properties: { ARN: keyword } } },
    { name: 'flattened', resources: { type: 'flattened' } },
    { name: 'text', resources: { properties: { ARN: { type: 'text' } } } },
    { name: 'not indexed', resources: { type: 'object', enabled: false } },
  ])('make answers that are not whole where resources are $name', async ({ resources }) => {
    const answers = await ask({ resources }, listed);
    expect(rowsOf(answers)).toEqual([[[], false]]);
    expect(answers.notes.warnings.join()).toMatch(/resources\.ARN.*not used/);
    expect(answers.notes.incomplete).toEqual([]);
  });

  it.each([
    { name: 'a number', bucketName: { type: 'long', ignore_malformed: true } },
    { name: 'text', bucketName: { type: 'text' } },
  ])('are not asked for where they are mapped as $name', async ({ bucketName }) => {
    const answers = await ask({ requestParameters: { properties: { bucketName } } }, {});
    expect(rowsOf(answers)).toEqual([[[], false]]);
    expect(answers.notes.warnings.join()).toMatch(/requestParameters\.bucketName.*not used/);
  });

  it('are not missed by other services', async () => {
    const bucketName = { type: 'text' };
    const answers = await ask(
      { requestParameters: { properties: { bucketName } } },
      { eventSource: 'sns.amazonaws.com', requestParameters: { topicArn: 'arn:aws:sns:eu-west-1:1:t' } },
    );
    expect(rowsOf(answers)).toEqual([[['arn:aws:sns:eu-west-1:1:t'], true]]);
  });
});

it.skipIf(url === '')('knows no people where sessions have no ARN, and says so', async () => {
  const identity = session('deploy', 'ann', 'ASIAANN');
  const answers = await ask({}, { userIdentity: { ...identity, arn: undefined } });
  expect(answers.people).toEqual([]);
  expect(answers.notes.warnings.join()).toContain('userIdentity.arn');
  expect(answers.activity).toHaveLength(1);
});
