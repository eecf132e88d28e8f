import { suggestionShape } from '../../src/model/suggestion.js';
import { emptyPrincipal, grantedOf, reasonsFor, statementsOf } from '../report/defaults.js';
import { sampleOf } from '../support/sample-of.js';
import {
  day,
  HOSTILE,
  hostileChanges,
  hostileParts,
  hugeParts,
  LONG,
  roleParts,
  RTL,
  someChanges,
  weeksAndPolicies,
} from './sample-parts.js';
import type { DescribedPrincipal } from '../../src/wording/described.js';

export { day, HOSTILE, LONG };

const names = (service: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${service}:Describe${String(i).padStart(5, '0')}`);

const counts = {
  granted: 30,
  used: 3,
  unused: 20,
  unknown: 7,
  ungranted: 1,
  denied: 2,
  failed: 1,
  servicesGranted: 3,
  servicesUsed: 2,
};
const policy = (sid: string) => ({
  name: `CloudTrackerReduced-${sid}`,
  size: 140,
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: sid,
        Effect: 'Allow' as const,
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: ['arn:aws:s3:::reports/*'],
      },
    ],
  },
});

/** An ordinary user, changed by `change`. */
export function samplePrincipal(
  change: Partial<DescribedPrincipal> & { name: string; id: string },
): DescribedPrincipal {
  const accountId = change.accountId ?? '111122223333';
  const type = change.type ?? 'user';
  const sample: DescribedPrincipal = {
    ...emptyPrincipal(),
    arn: `arn:aws:iam::${accountId}:${type}/team/${change.name}`,
    type,
    path: '/team/',
    accountId,
    accountName: 'production',
    createdAt: '2019-03-02T10:00:00Z',
    lastActivity: day(20),
    state: 'active',
    tags: [],
    groups: ['developers'],
    policiesAttached: ['ReadReports', 'developers/Base'],
    policiesInline: ['own-bucket'],
    counts,
    services: [
      {
        service: 'ec2',
        granted: 20,
        used: 1,
        unused: 14,
        unknown: 5,
        ungranted: 0,
        lastUsed: day(3),
        grantedBy: ['developers/Base'],
      },
      {
        service: 's3',
        granted: 8,
        used: 2,
        unused: 5,
        unknown: 1,
        ungranted: 1,
        lastUsed: day(20),
        grantedBy: ['ReadReports', 'own-bucket'],
      },
      {
        service: 'sqs',
        granted: 2,
        used: 0,
        unused: 1,
        unknown: 1,
        ungranted: 0,
        lastUsed: null,
        grantedBy: ['developers/Base'],
      },
    ],
    used: [
      {
        action: 'ec2:DescribeInstances',
        count: 1204,
        firstUsed: day(1),
        lastUsed: day(3),
        conditional: false,
        resourceLimited: false,
        grantedBy: ['developers/Base'],
        ...statementsOf(['developers/Base']),
      },
      {
        action: 's3:GetObject',
        count: 12,
        firstUsed: day(2),
        lastUsed: day(20),
        conditional: true,
        resourceLimited: true,
        grantedBy: ['ReadReports', 'own-bucket'],
        ...statementsOf(['ReadReports', 'own-bucket']),
      },
      {
        action: 's3:ListBucket',
        count: 9,
        firstUsed: day(2),
        lastUsed: day(19),
        conditional: false,
        resourceLimited: true,
        grantedBy: ['ReadReports'],
        ...statementsOf(['ReadReports']),
      },
    ],
    ungranted: [
      {
        action: 's3:DeleteBucket',
        count: 1,
        firstUsed: day(4),
        lastUsed: day(4),
        why: 'No policy allows it.',
      },
    ],
    unused: [...names('ec2', 14), ...names('s3', 5), 'sqs:SendMessage'],
    unknown: [...names('ec2', 5).map((n) => `${n}Data`), 's3:ReplicateObject', 'sqs:PurgeQueue'],
    risks: roleParts.risks,
    ...weeksAndPolicies,
    denied: [{ action: 'iam:CreateUser', count: 2 }],
    failed: [{ action: 's3:GetBucketPolicy', count: 4, errorCodes: ['NoSuchBucketPolicy'] }],
    unmappedEvents: [{ eventSource: 'newservice.amazonaws.com', eventName: 'DoThing', count: 3 }],
    grantedBy: () => ['developers/Base'],
    suggestion: {
      decision: 'reduce',
      reason: '20 of 30 granted actions were recorded by CloudTrail and not used.',
      strict: [policy('strict')],
      cautious: [policy('cautious'), policy('cautious2')],
      observed: [policy('observed')],
      actionsRemoved: 21,
      changes: someChanges,
    },
    ...change,
  };
  const unknownReasons = reasonsFor(sample.unknown, ['s3:ReplicateObject', 'sqs:PurgeQueue']);
  const whole = { ...sample, unknownReasons };
  const granted = grantedOf(whole);
  return { ...whole, granted: () => granted };
}

const many = <T>(one: T, times: number): T[] => Array.from({ length: times }, () => one);
const adminServices = Array.from({ length: 187 }, (_, i) => `svc${String(i).padStart(3, '0')}`);
const adminUnused = adminServices.flatMap((service) => names(service, 118));
const inactive = {
  state: 'inactive' as const,
  lastActivity: null,
  used: [],
  ungranted: [],
  denied: [],
  failed: [],
  unmappedEvents: [],
  weeks: [],
  counts: { ...counts, used: 0, unused: 23, ungranted: 0, denied: 0, failed: 0, servicesUsed: 0 },
};
export const principals: readonly DescribedPrincipal[] = [
  samplePrincipal({
    name: 'admin',
    id: 'AIDAADMIN',
    tags: ['admin'],
    counts: {
      ...counts,
      granted: adminUnused.length + 4,
      used: 4,
      unused: adminUnused.length,
      unknown: 0,
      servicesGranted: 187,
      servicesUsed: 4,
    },
    services: adminServices.map((service, i) => ({
      service,
      granted: i < 4 ? 119 : 118,
      used: i < 4 ? 1 : 0,
      unused: 118,
      unknown: 0,
      ungranted: 0,
      lastUsed: i < 4 ? day(i) : null,
      grantedBy: ['AdministratorAccess'],
    })),
    used: adminServices.slice(0, 4).map((service, i) => ({
      action: `${service}:Used`,
      count: i + 1,
      firstUsed: day(i),
      lastUsed: day(i),
      conditional: false,
      resourceLimited: false,
      grantedBy: ['AdministratorAccess'],
      ...statementsOf(['AdministratorAccess']),
    })),
    unused: adminUnused,
    unknown: [],
  }),
  samplePrincipal({ name: 'alice', id: 'AIDAALICE' }),
  samplePrincipal({
    name: HOSTILE,
    id: 'AIDAHOSTILE',
    tags: ['boundary', HOSTILE],
    groups: [HOSTILE, RTL],
    policiesAttached: [HOSTILE, LONG],
    boundary: { arn: HOSTILE, name: HOSTILE, missing: false },
    missingPolicies: [`arn:aws:iam::111122223333:policy/${HOSTILE}`],
    denied: [{ action: `s3:${HOSTILE}`, count: 1 }],
    failed: [{ action: 's3:x', count: 1, errorCodes: [HOSTILE, LONG] }],
    unmappedEvents: [
      { eventSource: HOSTILE, eventName: LONG, count: 1 },
      ...Array.from({ length: 5000 }, (_, i) => ({
        eventSource: 'x.amazonaws.com',
        eventName: `${LONG}${i}`,
        count: 1,
      })),
    ],
    risks: hostileParts.risks,
    ungranted: [{ action: `s3:${HOSTILE}`, count: 1, firstUsed: day(4), lastUsed: day(4), why: HOSTILE }],
    suggestion: {
      decision: 'reduce',
      reason: HOSTILE,
      strict: [policy(HOSTILE)],
      cautious: [policy(RTL)],
      observed: [policy(LONG)],
      actionsRemoved: 1,
      changes: hostileChanges,
    },
  }),
  samplePrincipal({
    ...inactive,
    name: RTL,
    id: 'AIDARTL',
    createdAt: null,
    suggestion: sampleOf(suggestionShape, { decision: 'remove', reason: 'no activity in the period' }),
  }),
  samplePrincipal({
    name: LONG,
    id: 'AROALONG',
    type: 'role',
    state: 'incomplete',
    ...hostileParts,
    exemption: {
      ...{ id: 'EX-1', arn: 'arn:*', owner: 'security', reason: 'break-glass role, see the runbook' },
      ...{ expires: '2026-06-30', expired: true },
    },
    suggestion: sampleOf(suggestionShape, {
      decision: 'investigate',
      reason: 'the trail could not be read whole',
    }),
  }),
  samplePrincipal({
    name: 'deployer',
    id: 'AROADEPLOY',
    type: 'role',
    accountId: '444455556666',
    accountName: HOSTILE,
    tags: ['boundary', 'exempted'],
    boundary: {
      arn: 'arn:aws:iam::111122223333:policy/DeveloperBoundary',
      name: 'DeveloperBoundary',
      missing: false,
    },
    ...roleParts,
    exemption: {
      ...{ id: 'EX-2', arn: 'arn:*', owner: 'data', reason: 'quarterly job' },
      ...{ expires: null, expired: false },
    },
    suggestion: sampleOf(suggestionShape, { decision: 'keep', reason: 'everything granted was used' }),
  }),
  samplePrincipal({
    ...hugeParts,
    name: 'huge',
    id: 'AROAHUGE',
    type: 'role',
    accountId: '444455556666',
    accountName: HOSTILE,
    used: adminServices.flatMap((service) =>
      names(service, 9).map((action) => ({
        ...{ action, count: 1, firstUsed: day(1), lastUsed: day(2), conditional: true },
        ...{ resourceLimited: true, grantedBy: [LONG, HOSTILE], ...statementsOf([LONG, HOSTILE]) },
      })),
    ),
    unused: adminUnused,
    services: adminServices.map((service) => ({
      ...{ service, granted: 119, used: 9, unused: 118, unknown: 0, ungranted: 0 },
      ...{ lastUsed: day(2), grantedBy: [LONG, HOSTILE] },
    })),
    denied: adminUnused.map((action) => ({ action, count: 1 })),
    failed: adminUnused.map((action) => ({ action, count: 1, errorCodes: [HOSTILE] })),
    suggestion: {
      decision: 'reduce',
      reason: HOSTILE,
      strict: many(policy(HOSTILE), 300),
      cautious: many(policy(RTL), 300),
      observed: many(policy(LONG), 300),
      actionsRemoved: 1,
      changes: hostileChanges,
    },
  }),
];
