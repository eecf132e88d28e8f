import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityRow } from '../../../src/trail/types.js';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { askFiles, type Answers } from './engines.js';
import { A, B, C, PERIOD, record, session, user } from './records.js';
import { expectedRequests, PLAN, requestRecords, role, TAGGED } from './request-records.js';

const request = { period: PERIOD, accountIds: [A, B], concurrency: 2, requests: PLAN };

/** The rows of a call divide its activity rows. */
function expectDivided({ activity, requests }: Pick<Answers, 'activity' | 'requests'>): void {
  const sums = (rows: readonly ActivityRow[]): Map<string, number> => {
    const totals = new Map<string, number>();
    for (const { actor, recipientAccountId, eventSource, eventName, apiCall, errorCode, count } of rows) {
      const key = JSON.stringify([actor, recipientAccountId, eventSource, eventName, apiCall, errorCode]);
      totals.set(key, (totals.get(key) ?? 0) + count);
    }
    return totals;
  };
  const all = sums(activity);
  for (const [key, count] of sums(requests)) expect([key, all.get(key)]).toEqual([key, count]);
}

describe('requests in log files', () => {
  it('are told as the reference tells them', async () => {
    const answers = await askFiles(requestRecords(), request);
    expect(answers.requests).toEqual(expectedRequests(requestRecords()));
    expectDivided(answers);
  });

  it('name roles as far as there are not too many', async () => {
    const { requests } = await askFiles(requestRecords(), request);
    const [many] = requests.filter(({ actor }) => actor.arn.endsWith('/pat'));
    expect(many).toMatchObject({ count: 230, rolesComplete: false });
    expect(many?.roles).toHaveLength(100);
    expect(many?.roles.at(-1)).toMatchObject({ role: role('r099'), count: 2 });
  });

  it('are not told where nobody asks', async () => {
    const { period, accountIds, concurrency } = request;
    const answers = await askFiles(requestRecords(), { period, accountIds, concurrency });
    expect(answers.requests).toEqual([]);
    expect(answers.activity).toEqual((await askFiles(requestRecords(), request)).activity);
  });

  it('are told of any records', async () => {
    const parameters = fc.constantFrom<unknown>(
      ...[
        null,
        {},
        { omitted: true },
        TAGGED,
        { roleArn: role('a') },
        { roleArn: role('b'), ...TAGGED },
        { x: 1 },
      ],
      ...[{ versionId: '1' }, { 'x-amz-acl': 'private' }, JSON.stringify({ tags: { a: 'b' } })],
    );
    const any = fc.record<JsonObject>({
      userIdentity: fc.constantFrom(user('alice'), user('bob', B), session('deploy', 'work', 'ASIA1')),
      eventName: fc.constantFrom('RunInstances', 'RunTask', 'PutObject', 'ListBuckets'),
      eventSource: fc.constantFrom('ec2.amazonaws.com', 's3.amazonaws.com'),
      errorCode: fc.constantFrom(undefined, 'AccessDenied'),
      recipientAccountId: fc.constantFrom(A, B, C, undefined),
      eventTime: fc.integer({ min: 1, max: 8 }).map((day) => `2026-07-0${String(day)}T00:00:00Z`),
      requestParameters: parameters,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(any, fc.boolean()), { minLength: 1, maxLength: 60 }),
        async (given) => {
          const records = given.flatMap(([over, isTwice]) => {
            const one = record(over);
            return isTwice ? [one, one] : [one];
          });
          const answers = await askFiles(records, request);
          expect(answers.requests).toEqual(expectedRequests(records));
          expectDivided(answers);
        },
      ),
      { numRuns: 15 },
    );
  });
});
