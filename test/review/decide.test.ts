import { describe, expect, test } from 'vitest';
import { decide, type Facts } from '../../src/review/decide.js';
import type { DecisionReason, Doubt, Gap } from '../../src/review/reasons.js';
import type { Principal } from '../../src/iam/types.js';
import { principalWith } from '../iam/principal.js';

const PERIOD = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
const WEEK = { all: 7, covered: 7 };
const DAYS = {
  ...{ all: 92, covered: 92, withEvents: 92, proven: 0, firstWeek: WEEK, lastWeek: WEEK },
  ...{ quiet: false, enough: true },
};
const NO_DAYS = { ...DAYS, covered: 0, withEvents: 0, enough: false };
const YOUNG = '2026-09-01T00:00:01Z';

const user = (over: Partial<Principal> = {}): Principal =>
  ({ ...principalWith('user', []), createdAt: '2025-01-02T03:04:05Z', ...over }) as Principal;
const role = (over: object = {}): Principal => ({
  ...principalWith('role', []),
  createdAt: '2025-01-02T03:04:05Z',
  ...over,
});

/** Of an active user who uses 2 of 10 granted actions, all of them recorded; the other 8 can go. */
const facts = (over: Partial<Facts>): Facts => ({
  principal: user(),
  state: 'active',
  gaps: [],
  period: PERIOD,
  days: DAYS,
  doubt: null,
  attempts: { denied: 0, failed: 0 },
  granted: 10,
  used: 2,
  unknown: 0,
  mayBeUnrecorded: { actions: 0, kinds: [] },
  excess: 8,
  unrecordedExcess: 0,
  sessionsStarted: 0,
  lastUsed: null,
  ...over,
});
const IDLE = { state: 'inactive', used: 0, excess: 10 } as const;

test.each<[string, Partial<Facts>, string]>([
  ['an active principal with unused permissions', {}, 'reduce'],
  ['one with unused permissions that CloudTrail does not record', { unrecordedExcess: 8 }, 'reduce'],
  ['an active principal that uses all it has', { used: 10, excess: 0 }, 'keep'],
  ['an active principal of which everything else is unknown', { unknown: 8, excess: 0 }, 'keep'],
  ['a service-linked role in use', { principal: role({ serviceLinked: true }) }, 'keep'],
  ['a service-linked role without use', { ...IDLE, principal: role({ serviceLinked: true }) }, 'keep'],
  ['an idle user', IDLE, 'remove'],
  ['an idle role', { ...IDLE, principal: role() }, 'remove'],
  ['an idle principal without any permission', { ...IDLE, granted: 0, excess: 0 }, 'remove'],
  [
    'an idle principal that AWS last saw before the period',
    { ...IDLE, lastUsed: '2026-06-30T23:59:59Z' },
    'remove',
  ],
  [
    'one created 30 days before the end',
    { ...IDLE, principal: user({ createdAt: '2026-09-01T00:00:00Z' }) },
    'remove',
  ],
  ['an idle principal with one recorded action', { ...IDLE, unknown: 9 }, 'remove'],
])('%s', (_, over, decision) => {
  expect(decide(facts(over))).toMatchObject({ decision });
});

const GAPS: readonly Gap[] = [
  { kind: 'logs', reason: '1 log file could not be read' },
  { kind: 'no-events' },
];
const DOUBT: Doubt = { type: 'role', name: 'seen', at: '2026-08-01T00:00:00Z', others: 0 };

describe('nobody is told to remove, reduce or keep on doubtful evidence', () => {
  test.each<[string, Partial<Facts>, Partial<DecisionReason>]>([
    [
      'incomplete data, whatever else is known',
      { ...IDLE, state: 'incomplete', gaps: GAPS },
      { kind: 'incomplete', gaps: GAPS },
    ],
    [
      'incomplete data of a service-linked role',
      { state: 'incomplete', gaps: GAPS, principal: role({ serviceLinked: true }) },
      { kind: 'incomplete', gaps: GAPS },
    ],
    ['no event of the account', { ...IDLE, days: NO_DAYS }, { kind: 'few-days', days: NO_DAYS }],
    [
      'too few days with events',
      { ...IDLE, days: { ...DAYS, covered: 80, enough: false } },
      { kind: 'few-days', days: { ...DAYS, covered: 80, enough: false } },
    ],
    ['a doubt about the logs of the account', { ...IDLE, doubt: DOUBT }, { kind: 'doubt', doubt: DOUBT }],
    [
      'calls that were all denied or failed',
      { ...IDLE, attempts: { denied: 2, failed: 1 } },
      { kind: 'attempts', denied: 2, failed: 1 },
    ],
    [
      'data events that may be all its use',
      { ...IDLE, mayBeUnrecorded: { actions: 2, kinds: ['data-events'] } },
      { kind: 'unrecorded', actions: 2, kinds: ['data-events'] },
    ],
    [
      'a role of a permission set',
      { ...IDLE, principal: role({ name: 'AWSReservedSSO_Ops_0123456789abcdef' }) },
      { kind: 'permission-set', name: 'Ops' },
    ],
    ['a last use within the period', { ...IDLE, lastUsed: PERIOD.start }, { kind: 'aws-last-used' }],
    [
      'a last use after the period',
      { ...IDLE, lastUsed: '2026-11-01T00:00:00Z' },
      { kind: 'aws-last-used', at: '2026-11-01T00:00:00Z' },
    ],
    [
      'sessions without a call in them',
      { ...IDLE, principal: role(), sessionsStarted: 3 },
      { kind: 'sessions-without-calls', sessions: 3 },
    ],
    [
      'a principal younger than 30 days',
      { ...IDLE, principal: user({ createdAt: YOUNG }) },
      { kind: 'new', createdAt: YOUNG, days: 30 },
    ],
    [
      'a principal of unknown age',
      { ...IDLE, principal: user({ createdAt: null }) },
      { kind: 'unknown-age', days: 30 },
    ],
    ['permissions that CloudTrail records none of', { ...IDLE, unknown: 10 }, { kind: 'nothing-recorded' }],
  ])('%s', (_, over, reason) => {
    expect(decide(facts(over))).toMatchObject({ decision: 'investigate', reason });
  });
});

test('the reason of a reduction counts what goes', () => {
  expect(decide(facts({ excess: 8, unrecordedExcess: 3 })).reason).toEqual({
    ...{ kind: 'excess', excess: 8, unrecorded: 3, granted: 10 },
    ...{ period: PERIOD, days: DAYS },
  });
});
