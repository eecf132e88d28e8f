import { describe, expect, it } from 'vitest';
import type { Actor, KeyActivity } from '../../../src/trail/types.js';
import { joinSessions, type Start } from './join.js';

const period = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
const alice: Actor = {
  kind: 'user',
  arn: 'arn:aws:iam::111111111111:user/alice',
  id: 'AIDAA',
  accountId: '111111111111',
};
const outsider: Actor = { kind: 'external', arn: 'AIDAA', id: 'AIDAA', accountId: '111111111111' };
const roleActor = (arn: string): Actor => ({ kind: 'role', arn, id: null, accountId: '222222222222' });
const R1 = 'arn:aws:iam::222222222222:role/one';
const R2 = 'arn:aws:iam::222222222222:role/two';

const start = (over: Partial<Start>): Start => ({
  sessionKey: 'ASIA1',
  callerKey: 'AKIA1',
  source: alice,
  roleArn: R1,
  time: '2026-07-02T00:00:00Z',
  sharedEventId: null,
  eventId: 'e1',
  ...over,
});
const call = (over: Partial<KeyActivity>): KeyActivity => ({
  sessionKey: 'ASIA1',
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  apiCall: true,
  outcome: 'succeeded',
  count: 1,
  first: '2026-07-02T00:01:00Z',
  last: '2026-07-02T00:01:00Z',
  ...over,
});

describe('joinSessions', () => {
  it('counts a start that both accounts recorded once, for the caller by name, in either order', () => {
    const own = start({ sharedEventId: 'shared' });
    const other = start({ sharedEventId: 'shared', source: outsider, callerKey: null, eventId: 'e2' });
    for (const starts of [
      [own, other],
      [other, own],
    ]) {
      const rows = joinSessions(starts, [], period);
      expect(rows).toMatchObject([{ source: alice, sessions: 1 }]);
    }
  });

  it('recognises the two copies when either has its key redacted, and keeps the calls', () => {
    const own = start({ sharedEventId: 'shared' });
    const other = start({ sharedEventId: 'shared', source: outsider, callerKey: null, eventId: 'e2' });
    for (const starts of [
      [{ ...own, sessionKey: null }, other],
      [other, { ...own, sessionKey: null }],
      [own, { ...other, sessionKey: null }],
      [{ ...other, sessionKey: null }, own],
    ]) {
      const rows = joinSessions(starts, [call({})], period);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ source: alice, sessions: 1 });
      expect(rows[0]?.calls).toHaveLength(1);
    }
  });

  it('tells sessions without any key apart', () => {
    const keyless = start({ sessionKey: null });
    const rows = joinSessions([keyless, keyless, { ...keyless, eventId: 'e2' }], [], period);
    expect(rows[0]?.sessions).toBe(2);
  });

  it('takes a session from before the period only with activity in it, from its first call there', () => {
    const early = start({ time: '2026-06-30T20:00:00Z' });
    expect(joinSessions([early], [], period)).toEqual([]);
    const [row] = joinSessions([early], [call({ first: '2026-07-01T00:00:05Z' })], period);
    expect(row).toMatchObject({ sessions: 1, first: '2026-07-01T00:00:05Z', last: '2026-07-01T00:00:05Z' });
  });

  it('follows a chain to where it began', () => {
    const rows = joinSessions(
      [
        start({}),
        start({ sessionKey: 'ASIA2', callerKey: 'ASIA1', source: roleActor(R1), roleArn: R2, eventId: 'e2' }),
      ],
      [],
      period,
    );
    expect(rows.map((row) => [row.source.arn, row.roleArn, row.origins])).toEqual([
      [alice.arn, R1, [{ arn: alice.arn, sessions: 1 }]],
      [R1, R2, [{ arn: alice.arn, sessions: 1 }]],
    ]);
  });

  it('ends on a chain that bites its tail', () => {
    const rows = joinSessions(
      [
        start({ sessionKey: 'ASIA1', callerKey: 'ASIA2', source: roleActor(R2), roleArn: R1 }),
        start({ sessionKey: 'ASIA2', callerKey: 'ASIA1', source: roleActor(R1), roleArn: R2, eventId: 'e2' }),
      ],
      [],
      period,
    );
    expect(rows).toHaveLength(2);
  });

  it('merges the calls of a pair by source, name, kind and outcome, and leaves out other keys', () => {
    const [row] = joinSessions(
      [start({}), start({ sessionKey: 'ASIA2', eventId: 'e2', time: '2026-07-03T00:00:00Z' })],
      [
        call({ count: 2 }),
        call({ sessionKey: 'ASIA2', count: 3, first: '2026-07-03T00:01:00Z', last: '2026-07-03T00:02:00Z' }),
        call({ outcome: 'denied' }),
        call({ sessionKey: 'ASIA9', eventName: 'DeleteBucket' }),
      ],
      period,
    );
    expect(row).toMatchObject({ sessions: 2, first: '2026-07-02T00:00:00Z', last: '2026-07-03T00:00:00Z' });
    expect(row?.calls.map((c) => [c.eventName, c.outcome, c.count, c.last])).toEqual([
      ['ListBuckets', 'denied', 1, '2026-07-02T00:01:00Z'],
      ['ListBuckets', 'succeeded', 5, '2026-07-03T00:02:00Z'],
    ]);
  });

  it('keeps a user who was made again under the same name apart', () => {
    const again = { ...alice, id: 'AIDAB' };
    const rows = joinSessions([start({}), start({ source: again, sessionKey: 'ASIA2' })], [], period);
    expect(rows.map((row) => row.source.id)).toEqual(['AIDAA', 'AIDAB']);
  });
});
