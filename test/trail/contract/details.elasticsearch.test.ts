import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { IndexLayout } from '../../support/elasticsearch/index-records.js';
import { chainRecords, peopleRecords, resourceRecords } from './detail-records.js';
import { askElasticsearch, askFiles, knownIn, TINY, type Answers } from './engines.js';
import { A, B, PERIOD, roleArn } from './records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
const LAYOUTS: IndexLayout[] = ['keyword', 'dynamic', 'prefixed', 'explicit', 'flattened', 'ecs'];

describe.each([
  { name: 'people', records: peopleRecords, expectAnswers: expectPeople },
  { name: 'resources', records: resourceRecords, expectAnswers: expectResources },
  { name: 'chains', records: chainRecords, expectAnswers: expectChains },
])('$name', ({ records, expectAnswers }) => {
  let files: Answers;
  beforeAll(async () => {
    files = await askFiles(records(), request);
  });

  it('are as expected from log files', () => {
    expectAnswers(files);
  });

  it.skipIf(url === '').each(LAYOUTS)(
    'are the same from Elasticsearch with the %s layout',
    async (layout) => {
      const answers = await askElasticsearch(url, records(), request, layout);
      expect(answers.notes.incomplete).toEqual([]);
      expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
    },
  );

  it.skipIf(url === '').each(LAYOUTS)(
    'are the same page by page from several shards with the %s layout',
    async (layout) => {
      const answers = await askElasticsearch(url, records(), request, layout, { tuning: TINY, shards: 3 });
      expect(answers.notes.incomplete).toEqual([]);
      expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
    },
  );
});

it.skipIf(url === '')(
  'says that resources are not whole where the index lacks the fields that name them',
  async () => {
    const answers = await askElasticsearch(url, resourceRecords(), request, 'explicit');
    expect(answers.resources.length).toBeGreaterThan(0);
    expect(answers.resources.filter(({ complete }) => complete)).toEqual([]);
    expect(answers.notes.warnings.join()).toMatch(
      /does not index .*requestParameters\.bucketName.*resources\.ARN/,
    );
  },
);

function expectPeople({ people }: Answers): void {
  const count = (
    sessionName: string,
    sourceIdentity: string | null,
    eventName: string,
    outcome: string,
  ): number[] =>
    people
      .filter((row) => row.actor.id === 'AROAADMIN' && row.recipientAccountId === A)
      .filter((row) => row.sessionName === sessionName && row.sourceIdentity === sourceIdentity)
      .filter((row) => row.eventName === eventName && row.outcome === outcome && row.apiCall)
      .map((row) => row.count);
  expect(count('ann@example.com', null, 'ListBuckets', 'succeeded')).toEqual([5]);
  expect(count('ann@example.com', null, 'ListBuckets', 'denied')).toEqual([2]);
  expect(count('ann@example.com', 'ann', 'GetBucketAcl', 'succeeded')).toEqual([1]);
  expect(count('shared', 'bob', 'ListBuckets', 'succeeded')).toEqual([1]);
  expect(people.find((row) => row.actor.arn === roleArn('fleet'))).toMatchObject({
    sessionName: 'i-*',
    count: 2,
  });
  expect(people.find((row) => row.actor.arn === roleArn('task'))).toMatchObject({
    sessionName: 'botocore-session-*',
    count: 9,
    first: '2026-07-01T00:00:00Z',
    last: '2026-07-07T06:00:00Z',
  });
  const names = new Set(people.map(({ eventName }) => eventName));
  expect([names.has('First'), names.has('Last'), names.has('Before'), names.has('After')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(people.filter(({ actor }) => actor.kind !== 'role')).toEqual([]);
}

function expectResources({ resources }: Answers): void {
  const of = (eventName: string, arn = `arn:aws:iam::${A}:user/alice`): unknown[] =>
    resources
      .filter((row) => row.eventName === eventName && row.actor.arn === arn && row.recipientAccountId === A)
      .map((row) => [row.resources, row.complete]);
  const bucket = (name: string): string => `arn:aws:s3:::${name}`;
  expect(of('GetBucketAcl')).toEqual([[[bucket('old'), bucket('one'), bucket('two')], true]]);
  expect(of('GetBucketAcl', roleArn('deploy'))).toEqual([[[bucket('five'), bucket('four')], true]]);
  expect(of('GetBucketPolicy')).toEqual([[[], false]]);
  expect(of('GetBucketCors')).toEqual([[[], false]]);
  expect(of('GetBucketLogging')).toEqual([[[], false]]);
  expect(of('GetObject')).toEqual([[[bucket('data')], true]]);
  expect(of('PutObject')).toEqual([[[bucket('data')], true]]);
  expect(of('DeleteObject')).toEqual([[[], false]]);
  expect(of('Encrypt')).toEqual([[[], false]]);
  expect(of('GetGroups')).toEqual([[[], false]]);
  for (const [name, count, complete] of [
    ['GetTopicAttributes', 20, true],
    ['ListObjects', 0, false],
    ['DescribeLogStreams', 0, false],
    ['GenerateDataKey', 0, false],
    ['GetHostedZone', 15, true],
  ] as const) {
    const rows = resources.filter((row) => row.eventName === name);
    expect(rows.map((row) => [row.resources.length, row.complete])).toEqual([[count, complete]]);
  }
}

function expectChains({ assumptions }: Answers): void {
  const alice = `arn:aws:iam::${A}:user/alice`;
  const [build, deploy] = [roleArn('build'), roleArn('deploy', B)];
  const chains = assumptions.flatMap((row) =>
    row.chains.map((chain) => [...chain.path.map(({ arn }) => arn), row.roleArn, chain.sessions]),
  );
  expect(chains).toContainEqual([alice, build, deploy, roleArn('audit'), 1]);
  expect(chains).toContainEqual([alice, build, deploy, 2]);
  expect(assumptions.find((row) => row.source.arn === build && row.roleArn === deploy)).toMatchObject({
    sessions: 2,
    first: '2026-07-01T00:00:00Z',
    origins: [{ arn: alice, sessions: 2 }],
  });
}
