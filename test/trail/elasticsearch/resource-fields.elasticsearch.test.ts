import { describe, expect, inject, it } from 'vitest';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import type { Answers } from '../contract/engines.js';
import { record, session } from '../contract/records.js';
import { askMapped, keyword } from './mapped.js';

const url = inject('elasticsearchUrl');

/** The answers of an index with one record. */
function ask(properties: JsonObject, over: JsonObject): Promise<Answers> {
  const document = record({
    eventName: 'GetBucketAcl',
    requestParameters: { bucketName: 'one' },
    userIdentity: session('deploy', 'ann', 'ASIAANN'),
    ...over,
  });
  return askMapped(url, properties, [document]);
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
    expect(answers.notes.warnings.join()).toMatch(/does not index resources\.ARN as keyword/);
    expect(answers.notes.incomplete).toEqual([]);
  });

  it.each([
    { name: 'a number', bucketName: { type: 'long', ignore_malformed: true } },
    { name: 'text', bucketName: { type: 'text' } },
  ])('are not asked for where they are mapped as $name', async ({ bucketName }) => {
    const answers = await ask({ requestParameters: { properties: { bucketName } } }, {});
    expect(rowsOf(answers)).toEqual([[[], false]]);
    expect(answers.notes.warnings.join()).toMatch(/does not index requestParameters\.bucketName as keyword/);
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

it.skipIf(url === '')('knows people by principalId where sessions have no ARN', async () => {
  const identity = session('deploy', 'ann', 'ASIAANN');
  const answers = await ask({}, { userIdentity: { ...identity, arn: undefined } });
  expect(answers.people.map(({ sessionName }) => sessionName)).toEqual(['ann']);
});

it.skipIf(url === '')(
  'knows no people where sessions have neither ARN nor principalId, and says so',
  async () => {
    const identity = session('deploy', 'ann', 'ASIAANN');
    const answers = await ask({}, { userIdentity: { ...identity, arn: undefined, principalId: undefined } });
    expect(answers.people).toEqual([]);
    expect(answers.notes.warnings.join()).toContain('userIdentity.arn');
    expect(answers.activity).toHaveLength(1);
  },
);
