import { describe, expect, it } from 'vitest';
import { assumedRole, roleOfSession } from '../../../src/trail/identity.js';
import { MAX_CHAIN } from '../../../src/trail/sessions.js';
import type { Actor, AssumptionRow } from '../../../src/trail/types.js';
import { joinSessions, type Start } from './join.js';

const period = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
const [A, B] = ['111111111111', '222222222222'];
const alice: Actor = { kind: 'user', arn: `arn:aws:iam::${A}:user/alice`, id: 'AIDAA', accountId: A };
const roleArn = (name: string, account = A): string => `arn:aws:iam::${account}:role/${name}`;
const role = (arn: string): Actor => ({
  kind: 'role',
  arn,
  id: null,
  accountId: arn.split(':')[4] ?? null,
});

/** A session `key` of `to`, started by `source` from the session `caller`. */
const start = (
  caller: string,
  key: string,
  source: Actor,
  to: string,
  time = '2026-07-02T00:00:00Z',
): Start => ({
  sessionKey: key,
  callerKey: caller,
  source,
  roleArn: to,
  time,
  sharedEventId: null,
  eventId: key,
});

const pathsOf = (row: AssumptionRow | undefined): (readonly [string, number])[] =>
  (row?.chains ?? []).map(
    ({ path, sessions }) => [path.map(({ arn }) => arn).join(' > '), sessions] as const,
  );
const agree = (row: AssumptionRow): void => {
  const origins = new Map<string, number>();
  for (const { path, sessions } of row.chains) {
    const arn = path[0]?.arn ?? '';
    origins.set(arn, (origins.get(arn) ?? 0) + sessions);
    expect(path.at(-1)).toEqual(row.source);
  }
  expect(row.origins).toEqual([...origins].map(([arn, sessions]) => ({ arn, sessions })));
};

describe('chains of sessions', () => {
  const [one, two, three] = [roleArn('one'), roleArn('two', B), roleArn('three', B)];

  it('lists every hop over accounts, whatever the order of the starts', () => {
    const starts = [
      start('AKIA', 'S1', alice, one),
      start('S1', 'S2', role(one), two),
      start('S2', 'S3', role(two), three, '2026-07-03T00:00:00Z'),
      start('S2', 'S4', role(two), three, '2026-07-05T00:00:00Z'),
      start('AKIA', 'S5', alice, two),
      start('S5', 'S6', role(two), three),
    ];
    for (const order of [starts, starts.toReversed()]) {
      const rows = joinSessions(order, [], period);
      rows.forEach(agree);
      const last = rows.find((row) => row.roleArn === three);
      expect(pathsOf(last)).toEqual([
        [`${alice.arn} > ${one} > ${two}`, 2],
        [`${alice.arn} > ${two}`, 1],
      ]);
      expect(last?.chains[0]).toMatchObject({ first: '2026-07-03T00:00:00Z', last: '2026-07-05T00:00:00Z' });
      expect(last?.origins).toEqual([{ arn: alice.arn, sessions: 3 }]);
      expect(pathsOf(rows.find((row) => row.roleArn === one))).toEqual([[alice.arn, 1]]);
    }
  });

  it('goes back to sessions from before the period', () => {
    const rows = joinSessions(
      [start('AKIA', 'S1', alice, one, '2026-06-30T23:00:00Z'), start('S1', 'S2', role(one), two)],
      [],
      period,
    );
    expect(rows).toHaveLength(1);
    expect(pathsOf(rows[0])).toEqual([[`${alice.arn} > ${one}`, 1]]);
  });

  it('cuts a chain that bites its tail', () => {
    const rows = joinSessions(
      [start('S2', 'S1', role(two), one), start('S1', 'S2', role(one), two)],
      [],
      period,
    );
    rows.forEach(agree);
    expect(rows.map((row) => pathsOf(row))).toEqual([[[`${two} > ${one}`, 1]], [[`${one} > ${two}`, 1]]]);
  });

  it('keeps the nearest of a chain that is too long', () => {
    const name = (i: number): string => roleArn(`r${i}`);
    const starts = Array.from({ length: 15 }, (_, i) =>
      start(`S${i - 1}`, `S${i}`, i === 0 ? alice : role(name(i - 1)), name(i)),
    );
    const rows = joinSessions(starts, [], period);
    rows.forEach(agree);
    const last = rows.find((row) => row.roleArn === name(14));
    const path = last?.chains[0]?.path ?? [];
    expect(path).toHaveLength(MAX_CHAIN);
    expect(path[0]?.arn).toBe(name(4));
  });

  it('takes the path of a role from the copy that has it', () => {
    const shared = { ...start('AKIA', 'S1', alice, roleArn('one')), sharedEventId: 'shared' };
    const other = {
      ...shared,
      roleArn: roleArn('team/one'),
      source: { ...alice, kind: 'external' as const },
    };
    for (const starts of [
      [shared, other],
      [other, shared],
    ]) {
      const rows = joinSessions(starts, [], period);
      expect(rows.map((row) => [row.source.kind, row.roleArn])).toEqual([['user', roleArn('team/one')]]);
    }
  });
});

describe('the role of a started session', () => {
  const session = `arn:aws-cn:sts::${A}:assumed-role/one/s`;
  it('is known by name from the session', () => {
    expect(roleOfSession(session)).toBe(`arn:aws-cn:iam::${A}:role/one`);
    expect(roleOfSession(`arn:aws:iam::${A}:role/one`)).toBeNull();
    expect(roleOfSession(null)).toBeNull();
  });

  it('is the requested one where that is known', () => {
    expect(assumedRole(roleArn('team/one'), session)).toBe(roleArn('team/one'));
    expect(assumedRole(null, session)).toBe(`arn:aws-cn:iam::${A}:role/one`);
    expect(assumedRole('HIDDEN_DUE_TO_SECURITY_REASONS', session)).toBe(`arn:aws-cn:iam::${A}:role/one`);
    expect(assumedRole(null, null)).toBeNull();
  });
});
