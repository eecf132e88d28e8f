import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Comparison } from '../../src/review/since-last-review/comparison.js';
import { ActionNames } from '../../src/review/since-last-review/names.js';
import { Snapshots, type SnapshotSource } from '../../src/review/since-last-review/snapshot.js';
import type {
  DecisionRow,
  ReviewerDecision,
  PrincipalChange,
  Snapshot,
} from '../../src/review/since-last-review/types.js';

const A = '111111111111';
const B = '222222222222';
const source = (name: string, change: Partial<SnapshotSource> = {}): SnapshotSource => ({
  arn: `arn:aws:iam::${change.accountId ?? A}:user/${name}`,
  id: `AIDA${name}`,
  type: 'user',
  name,
  accountId: A,
  accountName: 'demo',
  state: 'active',
  tags: [],
  groups: [],
  boundary: null,
  missingPolicies: [],
  used: [{ action: 's3:ListBucket' }],
  unused: ['s3:DeleteBucket'],
  unknown: [],
  documents: [{ policy: 'p', arn: null, boundary: false, digest: 'd1' }],
  trust: [],
  credentials: null,
  ...change,
});
const row = (decision: ReviewerDecision | null): DecisionRow => ({
  line: 2,
  decision,
  ...{
    reviewer: '',
    reviewedAt: '',
    justification: '',
    ticket: '',
    remediatedAt: '',
    remediationEvidence: '',
  },
});

interface Setup {
  readonly before: readonly SnapshotSource[];
  readonly now: readonly SnapshotSource[];
  readonly decided?: Readonly<Record<string, ReviewerDecision | null>>;
  readonly accountIds?: readonly string[];
  readonly listedBefore?: readonly string[];
  readonly listedNow?: readonly string[];
}

function compare({
  before,
  now,
  decided,
  accountIds = [A],
  listedBefore,
  listedNow = [],
}: Setup): PrincipalChange[] {
  const names = new ActionNames();
  const snapshots = new Snapshots(names);
  const principals = before.map((one) => snapshots.of(one));
  const comparison = new Comparison({
    names,
    previous: {
      id: '2026-Q2',
      period: { start: '2026-04-01T00:00:00Z', end: '2026-07-01T00:00:00Z' },
      accountIds: [...new Set(before.map(({ accountId }) => accountId))],
      principals,
      listed: listedBefore === undefined ? null : names.setOf(listedBefore),
    },
    listed: names.setOf(listedNow),
    accountIds,
    decisions:
      decided === undefined
        ? null
        : new Map(
            principals.flatMap((one): [Snapshot, DecisionRow][] => {
              const decision = decided[one.name];
              return decision === undefined ? [] : [[one, row(decision)]];
            }),
          ),
  });
  return [
    ...now.map((one) => comparison.compare(snapshots.of(one), () => ['p'])),
    ...accountIds.flatMap((id) => comparison.gone(id)),
    ...comparison.notReviewed(),
  ];
}
const short = (changes: readonly PrincipalChange[]) =>
  changes.map(({ principal, change }) => `${principal.name} ${change}`);

describe('what changed', () => {
  it('knows a principal by its unique id, not by its name', () => {
    const renamed = source('ann', { arn: `arn:aws:iam::${A}:user/people/ann` });
    const [changed] = compare({ before: [source('ann')], now: [renamed] });
    expect(changed).toMatchObject({ change: 'changed', renamedFrom: `arn:aws:iam::${A}:user/ann` });
    expect(short(compare({ before: [source('ann')], now: [source('ann', { id: 'AIDA2' })] }))).toEqual([
      'ann new',
      'ann gone',
    ]);
  });

  it('does not call gone who was not looked at, nor new accounts’ principals without saying so', () => {
    const other = source('ben', { accountId: B });
    expect(short(compare({ before: [source('ann'), other], now: [source('ann')] }))).toEqual([
      'ann same',
      'ben not-reviewed',
    ]);
    const [, added] = compare({ before: [source('ann')], now: [source('ann'), other], accountIds: [A, B] });
    expect(added).toMatchObject({ accountReviewed: false, sameArn: null });
  });

  it('takes no new action of AWS’s list for a grant, and no retired one for a revocation', () => {
    const now = source('ann', { unused: ['s3:DeleteBucket', 's3:BrandNew'] });
    const lists = ['s3:ListBucket', 's3:DeleteBucket'];
    const [grown] = compare({
      ...{ before: [source('ann')], now: [now] },
      ...{ listedBefore: lists, listedNow: [...lists, 's3:BrandNew'] },
    });
    expect(grown).toMatchObject({ change: 'same', added: [], relisted: { gained: 1, lost: 0 } });
    const [shrunk] = compare({
      ...{ before: [now], now: [source('ann')] },
      ...{ listedBefore: [...lists, 's3:BrandNew'], listedNow: lists },
    });
    expect(shrunk).toMatchObject({ change: 'same', removed: [], relisted: { gained: 0, lost: 1 } });
    const [granted] = compare({ before: [source('ann')], now: [now] });
    expect(granted).toMatchObject({
      change: 'changed',
      added: [{ policies: ['p'], actions: ['s3:BrandNew'] }],
    });
  });

  it('finds another text of a policy, a boundary, groups and trust where the actions are the same', () => {
    const document = (policy: string, digest: string, boundary = false) => ({
      ...{ policy, digest, boundary },
      arn: `arn:aws:iam::${A}:policy/${policy}`,
    });
    const [changed] = compare({
      before: [
        source('ann', {
          documents: [document('same', '1'), document('text', '1'), document('unread', '')],
          groups: ['old'],
        }),
      ],
      now: [
        source('ann', {
          documents: [
            document('same', '1'),
            document('text', '2'),
            document('unread', '3'),
            document('b', '1', true),
          ],
          groups: ['new'],
          trust: [{ value: '*', inverted: false, conditions: ['a = b'] }],
        }),
      ],
    });
    expect(changed).toMatchObject({
      change: 'changed',
      policies: { added: [], removed: [], changed: ['text'] },
      groups: { joined: ['new'], left: ['old'] },
      boundary: { before: null, now: 'b' },
      trusted: { added: ['* (a = b)'], removed: [] },
    });
  });

  it('puts every principal of both reviews in exactly one place', () => {
    const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
    fc.assert(
      fc.property(people, people, fc.subarray(['a', 'b']), (before, now, recreated) => {
        const today = now.map((name) => source(name, recreated.includes(name) ? { id: `AIDA${name}2` } : {}));
        const changes = compare({ before: before.map((name) => source(name)), now: today });
        const count = (...kinds: string[]) => changes.filter(({ change }) => kinds.includes(change)).length;
        expect(count('same', 'changed', 'gone')).toBe(before.length);
        expect(count('same', 'changed', 'new')).toBe(now.length);
      }),
    );
  });
});

describe('what came of decisions', () => {
  const nothing = { used: [], unused: [] };
  it.each([
    ['revoke', { ...nothing }, 'no-rights'],
    ['revoke', { ...nothing, missingPolicies: ['arn:p'] }, 'not-revoked'],
    ['revoke', { credentials: { console: false, activeKeys: 0 } }, 'no-credentials'],
    ['revoke', { credentials: { console: false, activeKeys: 1 } }, 'not-revoked'],
    ['modify', { unused: [] }, 'narrowed'],
    ['modify', {}, 'not-narrowed'],
    ['modify', { unused: ['s3:CreateBucket'] }, 'widened'],
    [
      'modify',
      { unused: [], boundary: { arn: 'arn:aws:iam::1:policy/x', name: 'x', missing: true } },
      'unknown',
    ],
    ['keep', {}, 'kept'],
    ['keep', { state: 'inactive' }, 'kept-idle'],
    ['keep', { state: 'incomplete' }, 'unknown'],
    ['abstain', {}, 'undecided'],
    [null, {}, 'undecided'],
  ] as const)('%s, then %j: %s', (decision, change, outcome) => {
    const [one] = compare({
      ...{ before: [source('ann')], now: [source('ann', change)], decided: { ann: decision } },
    });
    expect(one?.outcome).toBe(outcome);
  });

  it.each([
    ['revoke', 'revoked'],
    ['modify', 'removed'],
    ['keep', 'removed'],
    [null, 'undecided'],
  ] as const)('%s, then gone: %s', (decision, outcome) => {
    const [one] = compare({ before: [source('ann')], now: [], decided: { ann: decision } });
    expect(one?.outcome).toBe(outcome);
  });

  it('has none for the new, and says who is missing in the file of decisions', () => {
    const [old, added] = compare({
      before: [source('ann')],
      now: [source('ann'), source('ben')],
      decided: {},
    });
    expect(old).toMatchObject({ outcome: 'undecided', decision: null });
    expect(added).toMatchObject({ outcome: null, decision: null });
  });
});
