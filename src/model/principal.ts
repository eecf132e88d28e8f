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

/** A statement that has a say about an action. */
const statement = z.object({
  source: z.enum(['identity', 'boundary', 'scp']),
  policy: text,
  statement: count.describe('position in the policy, from 1'),
  sid: text.nullable(),
  conditional: z.boolean(),
  resourceLimited: z.boolean(),
});

const usedGrantedAction = usedAction.extend({
  /** Only under a Condition. */
  conditional: z.boolean(),
  /** Only on some resources. */
  resourceLimited: z.boolean(),
  grantedBy: z.array(text),
  allowedBy: z.array(statement),
  /** Those that deny it under a condition or on some resources. */
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

/** A principal that a role's trust policy names, and what the logs show of it. */
const trusted = z.object({
  kind: text,
  value: text,
  accountId: text.nullable(),
  statement: count,
  conditions: z.array(text),
  inverted: z.boolean(),
  /** Sessions in the period that this entry may have let in. */
  sessions: count,
  lastAssumed: time.nullable(),
  findings: z.array(text),
});

/** Calls in one week, from Monday 00:00. */
const week = z.object({
  week: day.describe('a Monday, UTC'),
  succeeded: count,
  denied: count,
  failed: count,
});

/** How sessions of a role came about, from the first source (a person, a service, a provider) to the role. */
const origin = z.object({
  kind: text,
  /** ARNs or names: first source, roles between, not the role itself. */
  path: z.array(text),
  sessions: count,
  first: time,
  last: time,
});

/** Tells two versions of a policy apart, whatever it is named. */
const documentDigest = z.object({
  /** Name as in `policiesAttached` and `policiesInline`; the boundary's own name. */
  policy: text,
  /** null for an inline policy. */
  arn: text.nullable(),
  boundary: z.boolean(),
  /** 32 hexadecimal digits over the document, its whitespace and element order left aside; '' where it could not be read. */
  digest: text,
});

const credentials = z.object({
  console: z.boolean(),
  mfa: z.boolean(),
  activeKeys: count,
  oldestKeySince: time.nullable(),
  lastUsed: time.nullable(),
  lastUsedService: text.nullable().describe('service that was called then'),
});

/** Each action of `unknown` once, with the first reason that applies. */
const unknownReason = z.object({
  kind: text.describe('incomplete, tried, shared-event, no-own-event, data-events, read, write, kms, …'),
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
  lastAttempt: time.nullable().describe('last call, whatever came of it'),
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
  unknownReasons: z
    .array(unknownReason)
    .exactOptional()
    .describe('why nobody knows whether an action of `unknown` was used'),
  /** Actions that identity policies allow and that are taken away again. */
  removed: z.object({ denied: count, outsideScp: count, outsideBoundary: count }),
  /** Most dangerous first, then unused ones first. */
  risks: z.array(riskShape),
  /** The next three are empty for users. Last active first. */
  people: z.array(seenCalls.extend({ sessionName: text, sourceIdentity: text.nullable() })),
  /** Most sessions first. */
  origins: z.array(origin),
  trust: z.array(trusted),
  /** Who answers for it, and what says so: `tag:Owner`, `exemption:EX-1`, `account`. */
  owner: z.object({ name: text, source: text }).nullable(),
  human: z.enum(['yes', 'no', 'unknown']),
  credentials: credentials.nullable().describe('of users, from the credential report'),
  /** Last use that AWS itself knows of, before the end of the period: a role's RoleLastUsed, a user's credential report. */
  awsLastUsed: z.object({ at: time, source: z.enum(['iam', 'credential-report']) }).nullable(),
  tags: texts.describe('for example admin, boundary, exempted, service-linked'),
  groups: texts,
  policiesAttached: texts.describe('names; `group/policy` where a group has it attached'),
  policiesInline: texts.describe('names; `group/policy` where it is in a group'),
  boundary: text.nullable(),
  missingPolicies: texts.describe('policies whose documents are in no file'),
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
  /** Of all policies, the boundary's last. */
  documents: z.array(documentDigest),
  /** Where the review is held against an earlier one. */
  sinceLast: sinceLastShape.exactOptional(),
  accountId,
  accountName: text,
});
export type PrincipalRecord = RecordOf<typeof principalShape>;
