import { suggestionShape } from '../../src/model/suggestion.js';
import { sampleOf } from '../support/sample-of.js';
import { emptyPrincipal, EVERYTHING_RECORDED, reasonsFor, statementsOf } from './defaults.js';
import type { AssumptionReview, ReviewHead } from '../../src/review/types.js';
import type { OutputFolder, ReportWriter } from '../../src/report/types.js';
import type { DescribedPrincipal, DescribedTotals } from '../../src/wording/described.js';

export const ACCOUNT = '012345678901';
const EMPTY = '210987654321';
const arn = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`;
const TIME = '2026-08-01T10:00:00Z';

export const head: ReviewHead = {
  id: '2026-Q3',
  period: { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' },
  toolVersion: '3.0.0',
  catalogUpdatedAt: '2026-09-26',
  catalogActions: 22_091,
  accounts: [
    { id: ACCOUNT, name: '=demo' },
    { id: EMPTY, name: 'empty' },
  ],
};

const use = (action: string, count: number) => ({ action, count, firstUsed: TIME, lastUsed: TIME });
const policy = (name: string) => ({
  name,
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow' as const, Action: ['s3:GetObject'], Resource: ['*'] }],
  },
  size: 97,
});

/** A user with one action of each status; names contain characters with a meaning in spreadsheets and CSV. */
export function principal(change: Partial<DescribedPrincipal> = {}): DescribedPrincipal {
  return {
    ...emptyPrincipal(),
    arn: arn('user/alice'),
    id: 'AIDAALICE',
    type: 'user',
    name: 'alice',
    path: '/',
    accountId: ACCOUNT,
    accountName: '=demo',
    createdAt: '2020-01-01T00:00:00Z',
    lastActivity: TIME,
    state: 'active',
    tags: ['admin'],
    groups: ['+group', 'b,"c"\r\nd'],
    policiesAttached: ['@p'],
    counts: {
      granted: 5,
      used: 1,
      unused: 2,
      unknown: 2,
      ungranted: 1,
      denied: 3,
      failed: 0,
      servicesGranted: 2,
      servicesUsed: 1,
    },
    services: [
      {
        service: 's3',
        granted: 4,
        used: 1,
        unused: 2,
        unknown: 1,
        ungranted: 0,
        lastUsed: TIME,
        grantedBy: ['@p'],
      },
    ],
    used: [
      {
        ...use('s3:ListBucket', 7),
        conditional: false,
        resourceLimited: true,
        grantedBy: ['@p'],
        ...statementsOf(['@p']),
      },
    ],
    ungranted: [{ ...use('iam:ListUsers', 2), why: 'No policy allows it.' }],
    unused: ['s3:CreateBucket', 's3:DeleteBucket'],
    unknown: ['ec2:Unseen', 's3:GetObject'],
    lastAttempt: TIME,
    unknownReasons: reasonsFor(['ec2:Unseen', 's3:GetObject'], ['s3:GetObject']),
    removed: { denied: 1, outsideScp: 0, outsideBoundary: 2 },
    risks: [
      {
        tag: 'privilege-escalation',
        method: 'CreateBucket',
        actions: [
          { action: 's3:CreateBucket', status: 'unused' },
          { action: 's3:ListBucket', status: 'used' },
        ],
        unused: false,
        limited: false,
      },
      {
        tag: 'privilege-escalation',
        method: '=Method',
        actions: [{ action: 's3:DeleteBucket', status: 'unused' }],
        unused: true,
        limited: false,
      },
      {
        tag: 'data-exfiltration',
        method: null,
        actions: Array.from({ length: 30 }, (_, i) => ({ action: `s3:Get${i}`, status: 'unknown' as const })),
        unused: false,
        limited: false,
      },
    ],
    denied: [{ action: 's3:DeleteBucket', count: 3 }],
    unmappedEvents: [{ eventSource: 'x.amazonaws.com', eventName: '</script>', count: 1 }],
    grantedBy: (action) => (action.startsWith('s3:') ? ['@p', 'q'] : []),
    suggestion: {
      decision: 'reduce',
      reason: '-2 of 5',
      strict: [policy('cloudtracker-strict')],
      cautious: [policy('cloudtracker-cautious-1'), policy('cloudtracker-cautious-2')],
      observed: [policy('cloudtracker-observed')],
      actionsRemoved: 2,
      changes: [
        { kind: 'replace-policies', target: null, sentence: 'Replace the policies.', actionsRemoved: 2 },
        { kind: 'leave-group', target: '+group', sentence: '=Leave the group.', actionsRemoved: 1 },
      ],
    },
    ...change,
  };
}

export const role = principal({
  arn: arn('role/r'),
  id: 'AROAR',
  type: 'role',
  name: 'r',
  state: 'incomplete',
  lastActivity: null,
  risks: [],
  people: [
    {
      sessionName: '=cmd()',
      sourceIdentity: '@ann',
      events: 4,
      succeeded: 2,
      denied: 1,
      failed: 1,
      first: TIME,
      last: TIME,
      actions: [use('s3:ListBucket', 2)],
    },
  ],
  origins: [
    { kind: 'user', path: [arn('user/alice'), arn('role/hop')], sessions: 2, first: TIME, last: TIME },
  ],
  trust: [
    {
      kind: 'account',
      value: `arn:aws:iam::${EMPTY}:root`,
      accountId: EMPTY,
      statement: 1,
      conditions: ['=StringEquals sts:ExternalId = a', 'Bool aws:MultiFactorAuthPresent = true'],
      inverted: false,
      sessions: 0,
      lastAssumed: null,
      findings: ['whole-account', 'never-assumed'],
    },
    {
      kind: 'user',
      value: arn('user/alice'),
      accountId: ACCOUNT,
      statement: 2,
      conditions: [],
      inverted: true,
      sessions: 2,
      lastAssumed: TIME,
      findings: [],
    },
  ],
  suggestion: sampleOf(suggestionShape, { decision: 'remove', reason: 'No call.' }),
});

export function assumption(change: Partial<AssumptionReview> = {}): AssumptionReview {
  return {
    sourceArn: arn('user/alice'),
    sourceType: 'user',
    sourceName: 'alice',
    sourceAccountId: ACCOUNT,
    roleArn: arn('role/r'),
    roleName: 'r',
    roleAccountId: ACCOUNT,
    allowed: 'yes',
    assumed: true,
    known: true,
    sessions: 2,
    firstAssumed: TIME,
    lastAssumed: TIME,
    origins: [],
    actions: [use('s3:ListBucket', 1)],
    ...change,
  };
}

const none = { granted: 0, used: 0, unused: 0, unknown: 0, ungranted: 0 };
const coverage = { first: TIME, last: TIME, emptyDays: ['2026-07-02'], dataEventSources: [], regions: [] };
const decisions = { keep: 0, reduce: 1, remove: 1, investigate: 0 };

export const totals: DescribedTotals = {
  accounts: [
    {
      id: ACCOUNT,
      name: '=demo',
      listed: 2,
      coverage: { ...coverage, accountId: ACCOUNT, events: 9 },
      counts: { ...none, principals: 2, users: 1, roles: 1, active: 1, inactive: 0, incomplete: 1 },
      decisions,
      ...EVERYTHING_RECORDED,
      trailOnly: [
        {
          kind: 'root',
          actions: [use('iam:ListUsers', 1)],
          arn: arn('root'),
          id: null,
          accountId: ACCOUNT,
          events: 1,
          succeeded: 1,
          denied: 0,
          failed: 0,
          first: TIME,
          last: TIME,
        },
      ],
      warnings: [],
    },
    {
      id: EMPTY,
      name: 'empty',
      listed: 0,
      coverage: { ...coverage, accountId: EMPTY, events: 0, first: null, last: null },
      counts: { ...none, principals: 0, users: 0, roles: 0, active: 0, inactive: 0, incomplete: 0 },
      decisions,
      ...EVERYTHING_RECORDED,
      trailOnly: [],
      warnings: [],
    },
  ],
  summaries: [],
  mapping: { events: 9, mappedEvents: 8, noPermissionEvents: 0, unmapped: [] },
  notes: {
    engine: { kind: 'files', label: 'CloudTrail log files' },
    retryable: false,
    warnings: [],
    counts: { filesRead: 1 },
    incomplete: [{ accountId: null, reason: 'r' }],
  },
  exemptions: [],
  warnings: ['w'],
};

/** Runs a writer over the sample; the texts of its files by path. */
export async function write(
  writer: ReportWriter,
  principals: readonly DescribedPrincipal[] = [role, principal()],
  assumptions: readonly AssumptionReview[] = [assumption()],
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const out: OutputFolder = {
    open: (path) => {
      files.set(path, '');
      return Promise.resolve({
        write: (text) => Promise.resolve(void files.set(path, (files.get(path) ?? '') + text)),
        close: () => Promise.resolve(),
      });
    },
    writeFile: (path, text) => Promise.resolve(void files.set(path, text)),
  };
  await writer.begin(head, out);
  for (const one of principals) await writer.principal(one, { out: [], in: assumptions });
  for (const one of assumptions) await writer.assumption(one);
  await writer.end(totals);
  return files;
}
