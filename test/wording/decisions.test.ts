import { expect, it } from 'vitest';
import type { DecisionReason, InactiveReason } from '../../src/review/reasons.js';
import { describeDecision } from '../../src/wording/decisions.js';

const period = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
const WEEK = { all: 7, covered: 7 };
const days = {
  ...{ all: 92, covered: 92, withEvents: 92, proven: 0, firstWeek: WEEK, lastWeek: WEEK },
  ...{ quiet: false, enough: true },
};
const fewDays = { ...days, covered: 20, withEvents: 20, firstWeek: { all: 7, covered: 3 }, enough: false };

const excess = (over: object): DecisionReason => ({
  ...{ kind: 'excess', excess: 8, unrecorded: 0, granted: 10, period, days },
  ...over,
});
// A union loses its members where it is spread.
const idle = (over: object, type: 'user' | 'role' = 'role'): InactiveReason =>
  ({ type, period, ...over }) as InactiveReason;

it.each<[DecisionReason, string]>([
  [
    {
      kind: 'incomplete',
      gaps: [
        { kind: 'logs', reason: '1 log file could not be read' },
        { kind: 'missing-policy', policy: { kind: 'managed', arn: 'arn:aws:iam::aws:policy/P' } },
      ],
    },
    'Incomplete data: 1 log file could not be read; the authorization details do not contain the document of arn:aws:iam::aws:policy/P.',
  ],
  [
    { kind: 'nothing-unused', used: 1, granted: 1, unknown: 0 },
    'Uses 1 of 1 granted action. No action can be removed.',
  ],
  [
    { kind: 'nothing-unused', used: 2, granted: 10, unknown: 8 },
    'Uses 2 of 10 granted actions, and the use of 8 is unknown. No action can be removed.',
  ],
  [
    excess({}),
    '8 of 10 granted actions can be removed: not used from 2026-07-01 to 2026-09-30. 2 actions stay.',
  ],
  [
    excess({ excess: 9, unrecorded: 3 }),
    '9 of 10 granted actions can be removed: 6 not used from 2026-07-01 to 2026-09-30; 3 not recorded, in services without any recorded use. 1 action stays.',
  ],
  [
    excess({ unrecorded: 8 }),
    '8 of 10 granted actions can be removed: 8 not recorded, in services without any recorded use. 2 actions stay.',
  ],
  [
    excess({ days: fewDays }),
    '8 of 10 granted actions can be removed: not used from 2026-07-01 to 2026-09-30 (the logs contain events on 20 of 92 days, on 3 of 7 in the first week). 2 actions stay.',
  ],
  [idle({ kind: 'unused' }), 'No successful call from 2026-07-01 to 2026-09-30.'],
  [
    idle({ kind: 'attempts', denied: 1, failed: 2 }),
    'No successful call from 2026-07-01 to 2026-09-30. 1 call was denied, 2 failed. The role may still be needed.',
  ],
  [
    idle({ kind: 'few-days', days: fewDays }, 'user'),
    'No successful call from 2026-07-01 to 2026-09-30. The logs contain events on 20 of 92 days, on 3 of 7 in the first week: too few to call the user unused.',
  ],
  [
    idle({ kind: 'few-days', days: { ...fewDays, covered: 50, proven: 40 } }),
    'No successful call from 2026-07-01 to 2026-09-30. The logs contain events on 20 of 92 days and proof of no events on 30 more, on 3 of 7 in the first week: too few to call the role unused.',
  ],
  [
    idle({ kind: 'doubt', doubt: { type: 'role', name: 'seen', at: '2026-08-01T00:00:00Z', others: 1 } }),
    'No successful call from 2026-07-01 to 2026-09-30. IAM shows a use of the role seen at 2026-08-01T00:00:00Z that is not in the logs, and 1 more such use. The logs of this account are incomplete.',
  ],
  [
    idle({ kind: 'sessions-without-calls', sessions: 1 }),
    '1 session of this role started, but the logs contain no calls in it. The role may use actions that are not recorded.',
  ],
])('%j', (reason, text) => {
  expect(describeDecision(reason)).toBe(text);
});
