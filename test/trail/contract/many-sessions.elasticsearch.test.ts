import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { askElasticsearch, askFiles, knownIn } from './engines.js';
import { A, assume, B, C, LONG_ROLE, PERIOD, record, session, user } from './records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
/** Small sizes: even two sessions of a role are read by role. */
const FEW = { keysPerQuery: 6, setsPerQuery: 2, fewestKeys: 2, pageSize: 5 };
const ROLES = [
  { role: 'deploy', account: A },
  { role: 'audit', account: A },
  { role: 'deploy', account: B },
  { role: LONG_ROLE, account: A },
];

const time = fc
  .integer({ min: 0, max: 7 * 24 })
  .map((hour) => new Date(Date.UTC(2026, 5, 30, 20) + hour * 3_600_000).toISOString());
const start = fc.record({
  caller: fc.constantFrom('alice', 'bob'),
  role: fc.constantFrom(...ROLES),
  /** Its copy in the other account's trail may have a role without its path. */
  withoutPath: fc.boolean(),
  eventTime: time,
});
const call = fc.record({
  session: fc.nat(),
  /** That its key is of a session of another role, no record of AWS says. */
  isForeign: fc.integer({ min: 0, max: 40 }).map((n) => n === 0),
  eventTime: time,
  eventName: fc.constantFrom('GetObject', 'PutObject', 'ListBuckets'),
  eventType: fc.constantFrom('AwsApiCall', 'AwsApiCall', 'AwsServiceEvent'),
  errorCode: fc.constantFrom(undefined, undefined, '', 'AccessDenied', 'Throttling'),
  recipientAccountId: fc.constantFrom(A, A, B, C, undefined),
});
const records = fc
  .tuple(fc.array(start, { minLength: 20, maxLength: 40 }), fc.array(call, { minLength: 40, maxLength: 150 }))
  .map(([starts, calls]) => [
    ...starts.map(({ caller, role: { role, account }, withoutPath, eventTime }, i): JsonObject => {
      const started = assume(role, `ASIA${i}`, { eventTime, userIdentity: user(caller) }, account);
      const roleArn = `arn:aws:iam::${account}:role/${role}`;
      return withoutPath ? { ...started, requestParameters: { roleArn } } : started;
    }),
    ...calls.map(({ session: number, isForeign, ...over }): JsonObject => {
      const i = number % (starts.length + 1);
      const { role = 'unknown', account = A } = starts[i]?.role ?? {};
      return record({
        ...over,
        userIdentity: session(isForeign ? 'foreign' : role, 'work', `ASIA${i}`, account),
      });
    }),
  ]);

it.skipIf(url === '').each(['keyword', 'flattened', 'ecs', 'explicit'] as const)(
  'what was done in many sessions is the same from both engines with the %s layout',
  async (layout) => {
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const files = await askFiles(given, request);
        const answers = await askElasticsearch(url, given, request, layout, { tuning: FEW });
        expect([...(answers.notes.queries ?? [])].map(({ kind }) => kind)).toContain('session calls');
        expect(knownIn(layout, answers).assumptions).toEqual(knownIn(layout, files).assumptions);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  },
  120_000,
);
