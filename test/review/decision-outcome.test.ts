import { expect, test } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import type { ActionSet } from '../../src/catalog/types.js';
import { NO_DIFFERENCES } from '../../src/review/since-last-review/differences.js';
import { outcomeOf, type Facts } from '../../src/review/since-last-review/outcome.js';
import type {
  DecisionOutcome,
  ReviewerDecision,
  Snapshot,
} from '../../src/review/since-last-review/types.js';

const setOf = (...actions: readonly number[]): ActionSet => {
  const set = emptySet(8);
  for (const action of actions) add(set, action);
  return set;
};
/** Of a user who had actions 0 to 3 and used 0 and 1. */
const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  arn: 'arn:aws:iam::111111111111:user/ann',
  id: 'AIDAANN',
  type: 'user',
  name: 'ann',
  accountId: '111111111111',
  accountName: 'demo',
  state: 'active',
  admin: false,
  grantsKnown: true,
  granted: setOf(0, 1, 2, 3),
  unused: setOf(2, 3),
  documents: [],
  groups: [],
  trusted: [],
  canSignIn: true,
  ...over,
});
const ADDED = { ...NO_DIFFERENCES, added: [{ policies: ['p'], actions: ['s3:CreateBucket'] }] };
const REMOVED = { ...NO_DIFFERENCES, removed: ['s3:DeleteBucket'] };
const EDITED = { ...NO_DIFFERENCES, policies: { added: [], removed: [], changed: ['p'] } };
const GONE = null;

interface Row {
  readonly decision: ReviewerDecision | null;
  readonly before?: Partial<Snapshot>;
  readonly now?: Partial<Snapshot> | null;
  readonly recreated?: boolean;
  readonly differences?: Facts['differences'];
}

const row = (decision: ReviewerDecision | null): Facts['decision'] => ({
  ...{ line: 2, decision, reviewer: '', reviewedAt: '', justification: '', ticket: '' },
  ...{ remediatedAt: '', remediationEvidence: '' },
});
const factsOf = ({ decision, before, now = {}, recreated = false, differences }: Row): Facts => ({
  before: snapshot(before),
  now: now === GONE ? null : snapshot(now),
  recreated,
  differences: differences ?? NO_DIFFERENCES,
  decision: row(decision),
});

const ROWS: readonly [string, Row, DecisionOutcome][] = [
  ['revoke: gone', { decision: 'revoke', now: GONE }, 'revoked'],
  [
    'revoke: gone, and another one has the ARN',
    { decision: 'revoke', now: GONE, recreated: true },
    're-created',
  ],
  ['revoke: still there, as before', { decision: 'revoke' }, 'not-revoked'],
  ['revoke: may do nothing any more', { decision: 'revoke', now: { granted: setOf() } }, 'no-rights'],
  [
    'revoke: of an unread policy nobody knows what it allows',
    { decision: 'revoke', now: { granted: setOf(), grantsKnown: false } },
    'not-revoked',
  ],
  ['revoke: cannot sign in', { decision: 'revoke', now: { canSignIn: false } }, 'no-credentials'],
  [
    'revoke: whether it can sign in is not known',
    { decision: 'revoke', now: { canSignIn: null } },
    'not-revoked',
  ],
  [
    'revoke: neither permissions nor credentials',
    { decision: 'revoke', now: { granted: setOf(), canSignIn: false } },
    'no-rights',
  ],
  ['modify: gone', { decision: 'modify', now: GONE }, 'removed'],
  [
    'modify: gone, and another one has the ARN',
    { decision: 'modify', now: GONE, recreated: true },
    're-created',
  ],
  [
    'modify: everything unused was taken away',
    { decision: 'modify', now: { granted: setOf(0, 1) }, differences: REMOVED },
    'narrowed',
  ],
  [
    'modify: something unused is left',
    { decision: 'modify', now: { granted: setOf(0, 1, 2) }, differences: REMOVED },
    'narrowed',
  ],
  ['modify: something was added', { decision: 'modify', differences: ADDED }, 'widened'],
  [
    'modify: something was added, and something taken away',
    { decision: 'modify', differences: { ...ADDED, ...{ removed: REMOVED.removed } } },
    'widened',
  ],
  ['modify: as before', { decision: 'modify' }, 'not-narrowed'],
  ['modify: another text that allows the same', { decision: 'modify', differences: EDITED }, 'not-narrowed'],
  [
    'modify: policies could not be read then',
    { decision: 'modify', before: { grantsKnown: false } },
    'unknown',
  ],
  [
    'modify: policies cannot be read now, whatever seems to be gone',
    { decision: 'modify', now: { grantsKnown: false }, differences: REMOVED },
    'unknown',
  ],
  ['keep: used', { decision: 'keep' }, 'kept'],
  ['keep: not used', { decision: 'keep', now: { state: 'inactive' } }, 'kept-idle'],
  ['keep: nobody knows', { decision: 'keep', now: { state: 'incomplete' } }, 'unknown'],
  ['keep: gone', { decision: 'keep', now: GONE }, 'removed'],
  ['keep: gone, and another one has the ARN', { decision: 'keep', now: GONE, recreated: true }, 're-created'],
  ['abstain', { decision: 'abstain' }, 'undecided'],
  ['abstain: gone', { decision: 'abstain', now: GONE }, 'undecided'],
  ['no decision', { decision: null }, 'undecided'],
  [
    'no decision: gone, and another one has the ARN',
    { decision: null, now: GONE, recreated: true },
    'undecided',
  ],
];

test.each(ROWS)('%s', (_, given, outcome) => {
  expect(outcomeOf(factsOf(given))).toBe(outcome);
});

test('a principal that the file of decisions lacks is undecided', () => {
  expect(outcomeOf({ ...factsOf({ decision: null }), decision: null })).toBe('undecided');
});

test('the table has every outcome', () => {
  const every: Readonly<Record<DecisionOutcome, true>> = {
    ...{ revoked: true, 'no-rights': true, 'no-credentials': true, 're-created': true, 'not-revoked': true },
    ...{ narrowed: true, widened: true, 'not-narrowed': true, removed: true },
    ...{ kept: true, 'kept-idle': true, undecided: true, unknown: true },
  };
  expect(new Set(ROWS.map(([, , outcome]) => outcome))).toEqual(new Set(Object.keys(every)));
});
