import { z } from 'zod';
import {
  accountId,
  arn,
  count,
  day,
  eventCount,
  exemption,
  principalType,
  seenCalls,
  state,
  text,
  texts,
  time,
  usedAction,
} from './parts.js';
import type { RecordOf } from './record.js';
import { riskShape } from './risk.js';
import { sinceLastShape } from './since-last-review.js';
import { suggestionShape } from './suggestion.js';

const countedAction = z.object({ action: text, count });

/** A statement that allows, limits or denies an action. */
const statement = z.object({
  source: z.enum(['identity', 'boundary', 'scp']),
  policy: text,
  statement: count.describe('position in the policy, from 1'),
  sid: text.nullable(),
  conditional: z.boolean(),
  resourceLimited: z.boolean(),
});

const usedGrantedAction = usedAction.extend({
  /** Granted only under a condition. */
  conditional: z.boolean(),
  /** Not granted on all resources. */
  resourceLimited: z.boolean(),
  grantedBy: z.array(text),
  allowedBy: z.array(statement),
  /** Statements that deny the action under a condition or on some resources. */
  deniedBy: z.array(statement),
});

const service = z.object({
  service: text,
  granted: count,
  used: count,
  unused: count,
  unknown: count,
  ungranted: count,
  lastUsed: time.nullable(),
  grantedBy: z.array(text),
});

/** A trusted principal of a role, and its sessions in the logs. */
const trusted = z.object({
  kind: text,
  value: text,
  accountId: text.nullable(),
  statement: count,
  conditions: z.array(text),
  inverted: z.boolean(),
  /** Sessions in the period that this entry may have allowed. */
  sessions: count,
  lastAssumed: time.nullable(),
  findings: z.array(text),
});

/** Calls in one week, from Monday 00:00. */
const week = z.object({
  week: day.describe('Monday of the week, UTC'),
  succeeded: count,
  denied: count,
  failed: count,
});

/** Origin of role sessions, from the original caller (person, AWS service, identity provider) to the role. */
const origin = z.object({
  kind: text,
  /** ARNs or names: original caller, then the roles assumed on the way, without the role itself. */
  path: z.array(text),
  sessions: count,
  first: time,
  last: time,
});

/** Distinguishes two versions of a policy, whatever its name. */
const documentDigest = z.object({
  /** Name as in `policiesAttached` and `policiesInline`, or the name of the boundary. */
  policy: text,
  /** null for an inline policy. */
  arn: text.nullable(),
  boundary: z.boolean(),
  /** 32 hexadecimal digits, independent of whitespace and element order; '' if the document could not be read. */
  digest: text,
});

const credentials = z.object({
  console: z.boolean(),
  mfa: z.boolean(),
  activeKeys: count,
  oldestKeySince: time.nullable(),
  lastUsed: time.nullable(),
  lastUsedService: text.nullable().describe('service called at that time'),
});

/** Each action in `unknown` once, with the first reason that applies. */
const unknownReason = z.object({
  kind: text.describe(
    'incomplete, tried, shared-event, inside, no-own-event, data-events, read, write, kms, …',
  ),
  reason: text,
  actions: z.array(text),
});

/** A line of principals.ndjson. `--detail services` leaves out `unused`, `unknown` and `unknownReasons`. Lists are sorted. */
export const principalShape = z.object({
  arn,
  id: text,
  type: principalType,
  name: text,
  path: text,
  createdAt: time.nullable(),
  lastActivity: time.nullable().describe('last successful call'),
  lastAttempt: time.nullable().describe('last call, denied and failed calls included'),
  state,
  services: z.array(service),
  used: z.array(usedGrantedAction),
  ungranted: z.array(usedAction.extend({ why: text })),
  unused: z.array(text).exactOptional(),
  unknown: z.array(text).exactOptional(),
  /** Weeks with calls, in order. */
  weeks: z.array(week),
  denied: z.array(countedAction),
  failed: z.array(countedAction.extend({ errorCodes: z.array(text) })),
  unmappedEvents: z.array(eventCount),
  suggestion: suggestionShape,
  unknownReasons: z.array(unknownReason).exactOptional().describe('why actions are unknown'),
  /** Number of actions that identity-based policies allow and other policies block. */
  removed: z.object({ denied: count, outsideScp: count, outsideBoundary: count }),
  /** Most dangerous first, then unused ones first. */
  risks: z.array(riskShape),
  /** Roles that its successful calls passed to services, sorted by role and call. */
  passedRoles: z.array(
    z.object({
      role: text.describe(
        'ARN of the role; `role/NAME` or the instance profile if the request names a role that the account does not have',
      ),
      instanceProfile: text
        .nullable()
        .describe('ARN of the instance profile in the request, or `instance-profile/NAME`; null for a role'),
      call: text.describe('action of the call that passed the role'),
      passedTo: texts.describe('services that the call can pass the role to'),
      count,
      first: time,
      last: time,
    }),
  ),
  passedRolesComplete: z
    .boolean()
    .describe(
      'false if calls may have passed further roles: their requests are not in the logs, or name none or more than 100',
    ),
  /** The next three are empty for users. Latest activity first. */
  people: z.array(seenCalls.extend({ sessionName: text, sourceIdentity: text.nullable() })),
  /** Most sessions first. */
  origins: z.array(origin),
  trust: z.array(trusted),
  /** Owner, and where the name comes from: `tag:Owner`, `exemption:EX-1`, `account`. */
  owner: z.object({ name: text, source: text }).nullable(),
  human: z.enum(['yes', 'no', 'unknown']),
  credentials: credentials.nullable().describe('users only, from the credential report'),
  /** Last use before the end of the period in AWS's own records: RoleLastUsed of a role, credential report of a user. */
  awsLastUsed: z.object({ at: time, source: z.enum(['iam', 'credential-report']) }).nullable(),
  tags: texts.describe('for example admin, boundary, exempted, service-linked'),
  groups: texts,
  policiesAttached: texts.describe('names; `group/policy` for policies of a group'),
  policiesInline: texts.describe('names; `group/policy` for policies of a group'),
  boundary: z
    .object({ arn: text, name: text, missing: z.boolean().describe('no file contains its document') })
    .nullable()
    .describe('permissions boundary'),
  missingPolicies: texts.describe('attached policies that no file contains'),
  counts: z.object({
    granted: count,
    used: count,
    unused: count,
    unknown: count,
    ungranted: count,
    denied: count,
    failed: count,
    servicesGranted: count,
    servicesUsed: count,
  }),
  exemption: exemption.nullable(),
  /** All policies; the boundary is last. */
  documents: z.array(documentDigest),
  /** Only with `--previous`. */
  sinceLast: sinceLastShape.exactOptional(),
  accountId,
  accountName: text,
});
export type PrincipalRecord = RecordOf<typeof principalShape>;
