import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { RESOURCE_PARAMETERS } from '../../../src/trail/resources/table.js';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { askElasticsearch, askFiles, knownIn } from './engines.js';
import { A, B, C, PERIOD, record, roleArn, session, user } from './records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
const SERVICES = [...Object.keys(RESOURCE_PARAMETERS), 'xray.amazonaws.com'];
/** Longer than the 256 characters of a dynamically mapped keyword. */
const LONG = 'x'.repeat(300);
const TINY = {
  accountsApart: 0,
  pageSize: 5,
  hitPageSize: 7,
  sliceDocuments: 20,
  duplicateWindowDocuments: 20,
};

const actor = fc.constantFrom<JsonObject[]>(
  user('alice'),
  user('alice', B),
  session('deploy', 'ann@example.com', 'ASIA1'),
  session('deploy', 'i-0123456789abcdef0', 'ASIA2'),
  session('deploy', LONG, 'ASIA3'),
  session('audit', 'work', 'ASIA4', B),
  {
    ...session('deploy', 'work', 'ASIA5'),
    sessionContext: { sourceIdentity: 'ann', sessionIssuer: { arn: roleArn('deploy') } },
  },
  { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
);
const value = fc.constantFrom(
  ...[
    '',
    'a',
    'b',
    'c-d',
    'kk',
    'z:1',
    '*',
    'a b',
    LONG,
    'HIDDEN_DUE_TO_SECURITY_REASONS',
    'alias/x',
    '/hostedzone/Z',
  ],
  ...[roleArn('deploy'), `${A}:function:f`, `https://sqs.eu-west-1.amazonaws.com/${A}/q`],
);
const arn = fc.constantFrom(
  ...['arn:aws:s3:::b', 'arn:aws:s3:::b/k', `arn:aws:s3:::b/${LONG}`, 'none', '', undefined],
  ...['1', LONG].map((id) => `arn:aws:kms:eu-west-1:${A}:key/${id}`),
);
const call = fc
  .record({
    eventSource: fc.constantFrom(...SERVICES),
    eventName: fc.constantFrom(
      'CreateTrail',
      'GetParameter',
      'DescribeCluster',
      'PutRule',
      'Scan',
      'AssumeRole',
    ),
    eventType: fc.constantFrom('AwsApiCall', 'AwsApiCall', 'AwsServiceEvent'),
    errorCode: fc.constantFrom(undefined, undefined, undefined, '', 'AccessDenied', LONG),
    recipientAccountId: fc.constantFrom(A, B, C, undefined),
    eventTime: fc.integer({ min: 1, max: 8 }).map((day) => `2026-07-0${String(day)}T00:00:00Z`),
    userIdentity: actor,
    values: fc.array(value, { maxLength: 3 }),
    arns: fc.option(fc.array(arn, { maxLength: 3 })),
  })
  .map(({ values, arns, ...rest }) => {
    const names = (RESOURCE_PARAMETERS[rest.eventSource] ?? []).map(({ name }) => name);
    const parameters = values.map((given, index) => [names[index % names.length] ?? 'other', given]);
    return {
      ...rest,
      requestParameters: Object.fromEntries(parameters) as JsonObject,
      ...(arns === null ? {} : { resources: arns.map((ARN) => ({ ARN })) }),
    };
  });
const records = fc
  .array(fc.tuple(call, fc.integer({ min: 1, max: 3 })), { minLength: 30, maxLength: 150 })
  .map((calls) =>
    calls.flatMap(([over, copies]) => Array.from<JsonObject>({ length: copies }).fill(record(over))),
  );

it.skipIf(url === '').each(['flattened', 'ecs', 'prefixed'] as const)(
  'any records give the same answers from both engines with the %s layout',
  async (layout) => {
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom({}, { tuning: TINY, shards: 2 }), async (given, options) => {
        const files = await askFiles(given, request);
        const answers = await askElasticsearch(url, given, request, layout, options);
        expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  },
  120_000,
);
