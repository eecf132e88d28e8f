import type { UsedAction } from '../../src/review/types.js';
import type { DescribedPrincipal } from '../../src/wording/described.js';

/** Sets `window.pwned` where it is not escaped. */
export const HOSTILE = `</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">'"{{x}}`;
export const RTL = '\u202egnp.exe مدير الحسابات';
export const LONG = 'long-name-'.repeat(400);

export const day = (n: number): string => `2026-08-${String(1 + (n % 28)).padStart(2, '0')}T09:30:00Z`;
const did = (action: string, count: number): UsedAction => ({
  action,
  count,
  firstUsed: day(1),
  lastUsed: day(20),
});
const account = (id: string): string => `arn:aws:iam::${id}:root`;

type Parts = Pick<DescribedPrincipal, 'risks' | 'people' | 'origins' | 'trust' | 'removed'>;

/** What a role of an ordinary company shows. */
export const roleParts: Parts = {
  removed: { denied: 1, outsideScp: 120, outsideBoundary: 3012 },
  risks: [
    {
      tag: 'privilege-escalation',
      method: 'PassExistingRoleToNewLambdaThenInvoke',
      actions: [
        { action: 'lambda:CreateFunction', status: 'unused' },
        { action: 'lambda:InvokeFunction', status: 'unknown' },
        { action: 'iam:PassRole', status: 'unknown' },
      ],
      unused: true,
      limited: false,
    },
    {
      tag: 'privilege-escalation',
      method: 'CreateNewPolicyVersion',
      actions: [{ action: 'iam:CreatePolicyVersion', status: 'used' }],
      unused: false,
      limited: false,
    },
    {
      tag: 'credential-exposure',
      method: null,
      actions: [
        { action: 'secretsmanager:GetSecretValue', status: 'unused' },
        { action: 'sts:AssumeRole', status: 'used' },
      ],
      unused: false,
      limited: false,
    },
    {
      tag: 'data-exfiltration',
      method: null,
      actions: Array.from({ length: 40 }, (_, i) => ({
        action: `s3:GetThing${i}`,
        status: 'unused' as const,
      })),
      unused: true,
      limited: false,
    },
  ],
  people: [
    {
      sessionName: 'ann@example.com',
      sourceIdentity: 'ann',
      events: 1204,
      succeeded: 1190,
      denied: 10,
      failed: 4,
      first: day(1),
      last: day(20),
      actions: [did('ec2:DescribeInstances', 1100), did('s3:ListBucket', 90)],
    },
    {
      sessionName: 'i-0abc1234def567890',
      sourceIdentity: null,
      events: 7,
      succeeded: 7,
      denied: 0,
      failed: 0,
      first: day(2),
      last: day(3),
      actions: [did('s3:GetObject', 7)],
    },
  ],
  origins: [
    {
      kind: 'identity-center',
      path: [
        'ann@example.com',
        'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_0123456789abcdef',
        'arn:aws:iam::111122223333:role/hop',
      ],
      sessions: 14,
      first: day(1),
      last: day(20),
    },
    { kind: 'service', path: ['ec2.amazonaws.com'], sessions: 3, first: day(2), last: day(3) },
  ],
  trust: [
    {
      kind: 'account',
      value: account('999988887777'),
      accountId: '999988887777',
      statement: 1,
      conditions: ['Bool aws:MultiFactorAuthPresent = true', 'StringEquals sts:ExternalId = partner-17'],
      inverted: false,
      sessions: 0,
      lastAssumed: null,
      findings: ['whole-account', 'unknown-account', 'never-assumed'],
    },
    {
      kind: 'service',
      value: 'ec2.amazonaws.com',
      accountId: null,
      statement: 2,
      conditions: [],
      inverted: false,
      sessions: 3,
      lastAssumed: day(3),
      findings: [],
    },
  ],
};

/** The same with hostile texts: markup, scripts, control characters. */
export const hostileParts: Parts = {
  ...roleParts,
  risks: [
    {
      tag: 'privilege-escalation',
      method: HOSTILE,
      actions: [{ action: `iam:${HOSTILE}`, status: 'unused' }],
      unused: true,
      limited: false,
    },
    {
      tag: 'data-exfiltration',
      method: LONG,
      actions: [{ action: LONG, status: 'used' }],
      unused: false,
      limited: true,
    },
  ],
  people: [HOSTILE, RTL, LONG].map((text) => ({
    ...{ sessionName: text, sourceIdentity: text, events: 1, succeeded: 1, denied: 0, failed: 0 },
    ...{ first: day(1), last: day(1), actions: [did(`s3:${text}`, 1)] },
  })),
  origins: [
    {
      kind: 'saml',
      path: [HOSTILE, RTL, LONG, ...Array.from({ length: 20 }, (_, i) => `hop-${i}`)],
      ...{ sessions: 1, first: day(1), last: day(1) },
    },
  ],
  trust: [HOSTILE, RTL, LONG].map((text, i) => ({
    kind: 'federated',
    value: text,
    accountId: null,
    statement: i + 1,
    conditions: [text, HOSTILE],
    inverted: i === 1,
    sessions: 0,
    lastAssumed: null,
    findings: ['everyone', 'no-condition', 'never-assumed'],
  })),
};

const many = <T>(list: readonly T[], times: number): T[] => Array.from({ length: times }, () => list).flat();
/** More of everything than fits on a page. */
export const hugeParts: Parts = {
  ...hostileParts,
  risks: many(hostileParts.risks, 300),
  people: many(hostileParts.people, 2000),
  origins: many(hostileParts.origins, 500),
  trust: many(hostileParts.trust, 500),
};

const change = (
  kind: DescribedPrincipal['suggestion']['changes'][number]['kind'],
  sentence: string,
  actionsRemoved: number,
) => ({
  kind,
  target: sentence,
  sentence,
  actionsRemoved,
});
export const someChanges: DescribedPrincipal['suggestion']['changes'] = [
  change('replace-policies', 'Replace its policies by the cautious ones below.', 21),
  change(
    'leave-group',
    'Take it out of the group developers: none of what that group grants was used.',
    1204,
  ),
  change('remove-trust', 'Take account 999988887777 out of the trust policy: nobody came in by it.', 0),
];
export const hostileChanges: DescribedPrincipal['suggestion']['changes'] = Array.from(
  { length: 90 },
  (_, i) => change('detach-policy', [HOSTILE, RTL, LONG][i % 3] ?? '', i),
);

/** Calls in two weeks, and a policy that is wider than the suggestion. */
export const weeksAndPolicies = {
  weeks: [
    { week: '2026-07-06', succeeded: 40, denied: 2, failed: 1 },
    { week: '2026-08-03', succeeded: 1, denied: 0, failed: 0 },
  ],
  policies: () => [
    {
      name: 'ReadReports',
      document: {
        version: '2012-10-17',
        statements: [
          {
            effect: 'Allow',
            actionKind: 'Action',
            actions: ['s3:*'],
            resourceKind: 'Resource',
            resources: ['arn:aws:s3:::reports/*'],
          },
        ],
      },
    },
  ],
} satisfies Partial<DescribedPrincipal>;
