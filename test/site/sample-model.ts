import type { Period } from '../../src/period.js';
import { EVERYTHING_RECORDED } from '../report/defaults.js';
import type { OutputFolder, ReportWriter } from '../../src/report/types.js';
import type { AssumptionReview, PrincipalSummary, ReviewHead } from '../../src/review/types.js';
import { day, HOSTILE, LONG, principals } from './sample-principals.js';
import type { DescribedAccount, DescribedPrincipal, DescribedTotals } from '../../src/wording/described.js';

const period: Period = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
export const head: ReviewHead = {
  id: '2026-Q3',
  period,
  toolVersion: '3.0.0',
  catalogUpdatedAt: '2026-09-26',
  catalogActions: 22_000,
  accounts: [
    { id: '111122223333', name: 'production' },
    { id: '444455556666', name: HOSTILE },
  ],
};

const pair = (source: DescribedPrincipal, role: DescribedPrincipal, assumed: boolean): AssumptionReview => ({
  sourceArn: source.arn,
  sourceType: source.type,
  sourceName: source.name,
  sourceAccountId: source.accountId,
  roleArn: role.arn,
  roleName: role.name,
  roleAccountId: role.accountId,
  allowed: assumed ? 'conditional' : 'yes',
  assumed,
  known: true,
  sessions: assumed ? 14 : 0,
  firstAssumed: assumed ? day(1) : null,
  lastAssumed: assumed ? day(9) : null,
  origins: assumed
    ? [
        { arn: source.arn, sessions: 12 },
        { arn: `arn:aws:iam::444455556666:user/${HOSTILE}`, sessions: 2 },
      ]
    : [],
  actions: assumed ? [{ action: 's3:GetObject', count: 7, firstUsed: day(1), lastUsed: day(9) }] : [],
});
const roles = principals.filter((p) => p.type === 'role');
export const assumptions: readonly AssumptionReview[] = principals.flatMap((source, i) =>
  roles.filter((role) => role !== source).map((role, j) => pair(source, role, (i + j) % 2 === 0)),
);

export const summaryOf = (p: DescribedPrincipal): PrincipalSummary => ({
  arn: p.arn,
  id: p.id,
  type: p.type,
  name: p.name,
  accountId: p.accountId,
  accountName: p.accountName,
  lastActivity: p.lastActivity,
  state: p.state,
  tags: p.tags,
  risks: [...new Set(p.risks.map(({ tag }) => tag))].map((tag) => ({
    tag,
    unused: p.risks.some((risk) => risk.tag === tag && risk.unused),
  })),
  trustFindings: p.trust.length > 0 ? { 'whole-account': 1, 'never-assumed': p.trust.length } : {},
  counts: p.counts,
  decision: p.suggestion.decision,
  exemption: p.exemption,
});

const sum = (
  list: readonly DescribedPrincipal[],
  key: 'granted' | 'used' | 'unused' | 'unknown' | 'ungranted',
) => list.reduce((total, p) => total + p.counts[key], 0);
const account = ({ id, name }: { id: string; name: string }): DescribedAccount => {
  const own = principals.filter((p) => p.accountId === id);
  const decided = (decision: string) => own.filter((p) => p.suggestion.decision === decision).length;
  const state = (wanted: string) => own.filter((p) => p.state === wanted).length;
  return {
    id,
    name,
    listed: own.length,
    coverage: {
      accountId: id,
      events: 120_345,
      first: '2026-07-01T00:00:04Z',
      last: '2026-09-30T23:58:00Z',
      emptyDays: ['2026-08-15', '2026-08-16', '2026-09-01'],
      dataEventSources: ['s3.amazonaws.com'],
      regions: [],
    },
    ...EVERYTHING_RECORDED,
    counts: {
      principals: own.length,
      users: own.filter((p) => p.type === 'user').length,
      roles: own.filter((p) => p.type === 'role').length,
      active: state('active'),
      inactive: state('inactive'),
      incomplete: state('incomplete'),
      granted: sum(own, 'granted'),
      used: sum(own, 'used'),
      unused: sum(own, 'unused'),
      unknown: sum(own, 'unknown'),
      ungranted: sum(own, 'ungranted'),
    },
    decisions: {
      keep: decided('keep'),
      reduce: decided('reduce'),
      remove: decided('remove'),
      investigate: decided('investigate'),
    },
    trailOnly: [
      {
        kind: 'root',
        actions: [
          { action: 'iam:CreateUser', count: 1, firstUsed: day(1), lastUsed: day(1) },
          { action: 'iam:ListUsers', count: 2, firstUsed: day(1), lastUsed: day(2) },
        ],
        arn: `arn:aws:iam::${id}:root`,
        id: null,
        accountId: id,
        events: 3,
        succeeded: 3,
        denied: 0,
        failed: 0,
        first: day(1),
        last: day(2),
      },
      {
        kind: 'deleted',
        actions: [{ action: `s3:${HOSTILE}`, count: 5, firstUsed: day(1), lastUsed: day(2) }],
        arn: `arn:aws:iam::${id}:user/${HOSTILE}`,
        id: 'AIDAGONE',
        accountId: id,
        events: 9,
        succeeded: 5,
        denied: 3,
        failed: 1,
        first: day(1),
        last: day(2),
      },
    ],
    warnings: [`Policy ${HOSTILE} has no default version`],
  };
};
export const totals: DescribedTotals = {
  accounts: head.accounts.map(account),
  summaries: principals.map(summaryOf),
  exemptions: [],
  mapping: {
    events: 240_690,
    mappedEvents: 198_400,
    noPermissionEvents: 41_000,
    unmapped: [{ eventSource: 'newservice.amazonaws.com', eventName: HOSTILE, count: 1290 }],
  },
  notes: {
    engine: { kind: 'files', label: 'CloudTrail log files' },
    retryable: false,
    warnings: ['1 file could not be read: 111122223333_CloudTrail.json.gz'],
    counts: { filesRead: 812 },
    incomplete: [{ accountId: '444455556666', reason: 'one query failed three times' }],
  },
  warnings: [LONG, '1 file could not be read: 111122223333_CloudTrail.json.gz'],
};

/** Runs a writer over the sample in the order of the contract. */
export async function writeSample(writer: ReportWriter, out: OutputFolder, all = totals): Promise<void> {
  await writer.begin(head, out);
  for (const p of principals)
    await writer.principal(p, {
      out: assumptions.filter((a) => a.sourceArn === p.arn),
      in: assumptions.filter((a) => a.roleArn === p.arn),
    });
  for (const a of assumptions) await writer.assumption(a);
  await writer.end(all);
}

/** Keeps files in memory. */
export function memoryFolder(): { files: Map<string, string>; out: OutputFolder } {
  const files = new Map<string, string>();
  return {
    files,
    out: {
      writeFile: (path, text) => Promise.resolve(void files.set(path, text)),
      open: () => Promise.reject(new Error('the site writes whole files')),
    },
  };
}
