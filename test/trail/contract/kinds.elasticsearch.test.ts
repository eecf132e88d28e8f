import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { IndexLayout, JsonObject } from '../../support/elasticsearch/index-records.js';
import { askElasticsearch, askFiles, knownIn, TINY, type Answers } from './engines.js';
import { A, assume, B, PERIOD, record, session } from './records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
const LAYOUTS: IndexLayout[] = ['keyword', 'dynamic', 'prefixed', 'explicit', 'flattened', 'ecs', 'ecs-text'];

const network = (over: JsonObject): JsonObject =>
  record({
    eventType: 'AwsVpceEvent',
    eventCategory: 'NetworkActivity',
    managementEvent: undefined,
    ...over,
  });
const deploy = (key: string): JsonObject => ({ userIdentity: session('deploy', 'work', key) });
const decrypt = { eventSource: 'kms.amazonaws.com', eventName: 'Decrypt' };
const signIn = (eventName: string, answer: string, over: JsonObject = {}): JsonObject =>
  record({
    eventSource: 'signin.amazonaws.com',
    eventName,
    eventType: 'AwsConsoleSignIn',
    responseElements: { [eventName]: answer },
    ...over,
  });

/** CloudTrail User Guide: Logging network activity events. */
function networkRecords(): JsonObject[] {
  const copy = network({ ...decrypt, ...deploy('ASIA1') });
  return [
    assume('deploy', 'ASIA1', { eventTime: '2026-07-02T09:00:00Z' }),
    // The start of the session by the endpoint, without its keys.
    network({ eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', eventTime: '2026-07-02T09:00:00Z' }),
    record({ ...decrypt, ...deploy('ASIA1') }),
    record({ ...decrypt, ...deploy('ASIA1'), eventTime: '2026-07-03T10:00:00Z' }),
    copy,
    copy,
    // Seen at the endpoint only: data events are not recorded.
    network({ eventName: 'GetObject', managementEvent: false, ...deploy('ASIA1') }),
    network({ eventName: 'GetObject', eventTime: '2026-07-04T10:00:00Z', ...deploy('ASIA1') }),
    network({ ...decrypt, ...deploy('ASIA1'), errorCode: 'VpceAccessDenied' }),
    // A denied call that both a management event and a network activity event record.
    record({ ...decrypt, ...deploy('ASIA1'), errorCode: 'AccessDenied' }),
    network({ ...decrypt, ...deploy('ASIA1'), errorCode: 'AccessDenied' }),
  ];
}

/** AWS Management Console sign-in events. */
function signInRecords(): JsonObject[] {
  const failure = signIn('ConsoleLogin', 'Failure', { errorMessage: 'Failed authentication' });
  return [
    signIn('ConsoleLogin', 'Success'),
    failure,
    failure,
    signIn('CheckMfa', 'Failure', { eventTime: '2026-07-05T10:00:00Z' }),
    signIn('ConsoleLogin', 'Failure', { errorCode: 'AccessDenied' }),
    signIn('ConsoleLogin', 'Failure', deploy('ASIA1')),
  ];
}

/** CloudTrail userIdentity element: principalId. */
function unnamedRecords(): JsonObject[] {
  const identity = session('deploy', 'ann@example.com', 'ASIA1');
  return [
    record({ userIdentity: identity }),
    record({ userIdentity: { ...identity, arn: undefined } }),
    record({ userIdentity: { ...identity, arn: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }),
    record({ userIdentity: { ...identity, arn: undefined, principalId: 'HIDDEN' } }),
  ];
}

describe.each([
  { name: 'network activity events', records: networkRecords, expectAnswers: expectNetwork },
  { name: 'failed sign-ins', records: signInRecords, expectAnswers: expectSignIns },
  { name: 'sessions that only principalId names', records: unnamedRecords, expectAnswers: expectNamed },
])('$name', ({ records, expectAnswers }) => {
  let files: Answers;
  beforeAll(async () => {
    files = await askFiles(records(), request);
  });

  it('are read from log files', () => {
    expectAnswers(files);
  });

  it.skipIf(url === '').each(LAYOUTS)('are the same with the %s layout', async (layout) => {
    for (const options of [{}, { tuning: TINY, shards: 3 }]) {
      const answers = await askElasticsearch(url, records(), request, layout, options);
      expect(answers.notes.incomplete).toEqual([]);
      expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
    }
  });
});

const rowsOf = ({ activity }: Answers): unknown[] =>
  activity
    .filter(({ eventName }) => eventName !== 'AssumeRole')
    .map((row) => [row.eventName, row.errorCode ?? row.outcome, row.count, row.networkActivity ?? false]);

function expectNetwork(answers: Answers): void {
  expect(rowsOf(answers)).toEqual([
    ['Decrypt', 'AccessDenied', 1, false],
    ['Decrypt', 'VpceAccessDenied', 1, true],
    ['Decrypt', 'succeeded', 2, false],
    ['GetObject', 'succeeded', 2, true],
  ]);
  expect(answers.coverage[0]?.dataEventSources).toEqual([]);
  expect(
    answers.assumptions.map(({ sessions, calls }) => [sessions, calls.map(({ count }) => count)]),
  ).toEqual([[1, [2, 2]]]);
  expect(answers.people.map(({ outcome, count }) => [outcome, count])).toEqual([
    ['denied', 2],
    ['succeeded', 2],
  ]);
  const weeks = answers.weeks.filter(({ actor }) => actor.kind === 'role');
  expect(weeks.map(({ outcome, count }) => [outcome, count])).toEqual([
    ['denied', 2],
    ['succeeded', 2],
  ]);
}

function expectSignIns(answers: Answers): void {
  expect(rowsOf(answers)).toEqual([
    ['ConsoleLogin', 'failed', 1, false],
    ['CheckMfa', 'failed', 1, false],
    ['ConsoleLogin', 'AccessDenied', 1, false],
    ['ConsoleLogin', 'failed', 1, false],
    ['ConsoleLogin', 'succeeded', 1, false],
  ]);
  expect(answers.activity.every(({ apiCall }) => !apiCall)).toBe(true);
  expect(answers.people.map(({ outcome, count }) => [outcome, count])).toEqual([['failed', 1]]);
}

function expectNamed(answers: Answers): void {
  expect(answers.people.map(({ sessionName, count }) => [sessionName, count])).toEqual([
    ['ann@example.com', 3],
  ]);
}

/** CloudTrail record contents, addendum. */
describe('addenda', () => {
  const created = { eventSource: 'sqs.amazonaws.com', eventName: 'CreateQueue', eventID: 'original' };
  const addendum = (originalEventID: string, over: JsonObject = {}): JsonObject =>
    record({
      ...created,
      eventID: undefined,
      addendum: { reason: 'UPDATED_DATA', originalEventID },
      ...over,
    });
  const records = (): JsonObject[] => {
    const correction = addendum('original', { eventID: 'correction' });
    return [
      record(created),
      correction,
      correction,
      addendum('original', { eventID: 'another' }),
      // The event itself is not in the logs.
      addendum('lost', { eventID: 'third', eventName: 'DeleteQueue' }),
      // The only record of an event, which came late.
      record({
        ...created,
        eventID: 'late',
        eventName: 'PurgeQueue',
        addendum: { reason: 'DELIVERY_DELAY' },
      }),
    ];
  };
  const expected = [
    ['CreateQueue', 'succeeded', 1, false],
    ['DeleteQueue', 'succeeded', 1, false],
    ['PurgeQueue', 'succeeded', 1, false],
  ];

  it('count with the event that they correct in log files', async () => {
    expect(rowsOf(await askFiles(records(), request))).toEqual(expected);
  });

  it.skipIf(url === '').each(['keyword', 'dynamic', 'prefixed', 'explicit'] as const)(
    'count with it with the %s layout',
    async (layout) => {
      for (const options of [{}, { tuning: TINY, shards: 3 }]) {
        const answers = await askElasticsearch(url, records(), request, layout, options);
        expect(answers.notes.incomplete).toEqual([]);
        expect(rowsOf(answers)).toEqual(expected);
      }
    },
  );
});

/** The queries of Elasticsearch and the rules of records are two forms of the same. */
describe('every combination of the fields that tell the kind of a record', () => {
  const types = [
    'AwsApiCall',
    'AwsServiceEvent',
    'AwsConsoleSignIn',
    'AwsCloudTrailInsight',
    'AwsVpceEvent',
    null,
  ];
  const categories = ['Management', 'Data', 'Insight', 'NetworkActivity', null];
  const errors = [null, '', 'AccessDenied', 'VpceAccessDenied', 'Throttling'];
  const calls: JsonObject[] = [
    { eventSource: 's3.amazonaws.com', eventName: 'GetObject', responseElements: null },
    {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      responseElements: { ConsoleLogin: 'Failure' },
    },
    {
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      requestParameters: { roleArn: `arn:aws:iam::${A}:role/team/deploy` },
    },
  ];
  const records = (): JsonObject[] =>
    types.flatMap((eventType) =>
      categories.flatMap((eventCategory) =>
        [true, false, null].flatMap((managementEvent) =>
          errors.flatMap((errorCode) =>
            calls.map((call) => record({ ...call, eventType, eventCategory, managementEvent, errorCode })),
          ),
        ),
      ),
    );

  it.skipIf(url === '').each(['keyword', 'dynamic', 'flattened', 'ecs'] as const)(
    'is the same from both engines with the %s layout',
    async (layout) => {
      const all = records();
      const files = await askFiles(all, request);
      const answers = await askElasticsearch(url, all, request, layout);
      expect(answers.notes.counts['insightRecords']).toBe(files.notes.counts['insightRecords']);
      expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
    },
  );
});
