import { z } from 'zod';
import { sinceLastShape } from './loop-shapes.js';
import { accountId, actionData, arn, count, coverage, day, gaps, period, text, time, tool } from './parts.js';

const texts = z.array(text);
const decision = z.enum(['keep', 'reduce', 'remove', 'investigate']);
const countedAction = z.looseObject({ action: text, count });
const usedAction = z.looseObject({ action: text, count, firstUsed: time, lastUsed: time });
const eventCount = z.looseObject({ eventSource: text, eventName: text, count });
const origins = z.array(z.looseObject({ arn: text, sessions: count }));
const policy = z.looseObject({
  name: text,
  document: z.looseObject({
    Version: text,
    Statement: z.array(
      z.looseObject({
        Sid: text.optional(),
        Effect: z.enum(['Allow', 'Deny']),
        Action: texts.optional(),
        NotAction: texts.optional(),
        Resource: texts.optional(),
        NotResource: texts.optional(),
        Condition: z.unknown().optional(),
      }),
    ),
  }),
  size: count.describe('characters without whitespace'),
});
const statement = z.looseObject({
  source: z.enum(['identity', 'boundary', 'scp']),
  policy: text,
  statement: count.describe('position in the policy, from 1'),
  sid: text.nullable(),
  conditional: z.boolean(),
  resourceLimited: z.boolean(),
});

const change = z.looseObject({
  kind: z.enum([
    'remove-user',
    'remove-role',
    'replace-policies',
    'change-permission-set',
    'detach-policy',
    'leave-group',
    'remove-trust',
  ]),
  target: text.nullable(),
  sentence: text,
  actionsRemoved: count,
});
const risk = z.looseObject({
  tag: z.enum([
    'privilege-escalation',
    'credential-exposure',
    'data-exfiltration',
    'resource-exposure',
    'infrastructure-modification',
  ]),
  method: text.nullable(),
  actions: z.array(z.looseObject({ action: text, status: z.enum(['used', 'unused', 'unknown']) })),
  actionsLeftOut: count.optional().describe('names that --detail services leaves out'),
  unused: z.boolean(),
  limited: z.boolean().describe('open under a condition or on some resources only'),
});
const exemption = z.looseObject({
  id: text,
  arn: text.describe('pattern of the principals that it marks'),
  reason: text,
  owner: text,
  expires: day.nullable(),
  expired: z.boolean(),
});
const trusted = z.looseObject({
  kind: text,
  value: text,
  accountId: text.nullable(),
  statement: count,
  conditions: z.array(text),
  inverted: z.boolean(),
  sessions: count,
  lastAssumed: time.nullable(),
  findings: z.array(text),
});
const outcomes = z.looseObject({
  events: count,
  succeeded: count,
  denied: count,
  failed: count,
  first: time,
  last: time,
  actions: z.array(usedAction),
});

/** A line of principals.ndjson. `--detail services` leaves out `unused`, `unknown` and `unknownReasons`. */
export const principalShape = z.looseObject({
  arn,
  id: text,
  type: z.enum(['user', 'role']),
  name: text,
  path: text,
  createdAt: time.nullable(),
  lastActivity: time.nullable().describe('last successful call'),
  lastAttempt: time.nullable().describe('last call, whatever came of it'),
  state: z.enum(['active', 'inactive', 'incomplete']),
  services: z.array(
    z.looseObject({
      service: text,
      granted: count,
      used: count,
      unused: count,
      unknown: count,
      ungranted: count,
      lastUsed: time.nullable(),
      grantedBy: z.array(text),
    }),
  ),
  used: z.array(
    usedAction.extend({
      conditional: z.boolean(),
      resourceLimited: z.boolean(),
      grantedBy: z.array(text),
      allowedBy: z.array(statement),
      deniedBy: z.array(statement),
    }),
  ),
  ungranted: z.array(usedAction.extend({ why: text })),
  unused: z.array(text).optional(),
  unknown: z.array(text).optional(),
  weeks: z.array(
    z.looseObject({ week: day.describe('a Monday, UTC'), succeeded: count, denied: count, failed: count }),
  ),
  denied: z.array(countedAction),
  failed: z.array(countedAction.extend({ errorCodes: z.array(text) })),
  unmappedEvents: z.array(eventCount),
  suggestion: z.looseObject({
    decision,
    reason: text,
    strict: z.array(policy),
    cautious: z.array(policy),
    observed: z.array(policy),
    actionsRemoved: count,
    changes: z.array(change),
  }),
  unknownReasons: z
    .array(
      z.looseObject({
        kind: text.describe('incomplete, tried, shared-event, no-own-event, data-events, read, write, kms, …'),
        reason: text,
        actions: z.array(text),
      }),
    )
    .optional()
    .describe('why nobody knows whether an action of `unknown` was used'),
  removed: z.looseObject({ denied: count, outsideScp: count, outsideBoundary: count }),
  risks: z.array(risk),
  people: z.array(outcomes.extend({ sessionName: text, sourceIdentity: text.nullable() })),
  origins: z.array(
    z.looseObject({ kind: text, path: z.array(text), sessions: count, first: time, last: time }),
  ),
  trust: z.array(trusted),
  owner: z.looseObject({ name: text, source: text }).nullable(),
  human: z.enum(['yes', 'no', 'unknown']),
  credentials: z
    .looseObject({
      console: z.boolean(),
      mfa: z.boolean(),
      activeKeys: count,
      oldestKeySince: time.nullable(),
      lastUsed: time.nullable(),
      lastUsedService: text.nullable().describe('service that was called then'),
    })
    .nullable()
    .describe('of users, from the credential report'),
  awsLastUsed: z.looseObject({ at: time, source: z.enum(['iam', 'credential-report']) }).nullable(),
  tags: texts.describe('for example admin, boundary, exempted, service-linked'),
  groups: texts,
  policiesAttached: texts.describe('names; `group/policy` where a group has it attached'),
  policiesInline: texts.describe('names; `group/policy` where it is in a group'),
  boundary: text.nullable(),
  missingPolicies: texts.describe('policies whose documents are in no file'),
  counts: z.looseObject({
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
  documents: z.array(
    z.looseObject({ policy: text, arn: text.nullable(), boundary: z.boolean(), digest: text }),
  ),
  sinceLast: sinceLastShape.optional(),
  accountId,
  accountName: text,
});

/** A line of json/<accountId>/assumptions.ndjson. */
export const assumptionShape = z.looseObject({
  sourceArn: text,
  sourceType: z.enum(['user', 'role']),
  roleArn: arn,
  allowed: z.enum(['yes', 'no', 'conditional', 'unknown']),
  assumed: z.boolean(),
  known: z.boolean().describe('false where it was not seen, and the logs could not have shown it'),
  sessions: count,
  firstAssumed: time.nullable(),
  lastAssumed: time.nullable(),
  actions: z.array(usedAction),
  origins,
  sourceName: text,
  sourceAccountId: text,
  roleName: text,
  roleAccountId: text,
});

/** json/report.json. */
export const reportShape = z.looseObject({
  schemaVersion: z.literal(2),
  review: z.looseObject({ id: text, period, tool, actionData }),
  accounts: z.array(
    z.looseObject({
      id: accountId,
      name: text,
      listed: count.describe('entries in the IAM file'),
      counts: z.looseObject({
        principals: count,
        users: count,
        roles: count,
        active: count,
        inactive: count,
        incomplete: count,
        granted: count,
        used: count,
        unused: count,
        unknown: count,
        ungranted: count,
      }),
      decisions: z.looseObject({ keep: count, reduce: count, remove: count, investigate: count }),
      coverage,
      days: z.looseObject({
        all: count.describe('days of the period'),
        covered: count.describe('days with an event'),
        firstWeek: z.looseObject({ all: count, covered: count }),
        lastWeek: z.looseObject({ all: count, covered: count }),
        quiet: z.boolean().describe('says the configuration'),
        enough: z.boolean().describe('a principal without calls can be called unused'),
      }),
      recording: z
        .looseObject({
          kinds: z.array(
            z.looseObject({
              kind: z.enum(['read', 'write', 'kms', 'rds-data', 'sts', 'global']),
              verdict: z.enum(['seen', 'stated', 'assumed', 'not-seen', 'excluded']),
              events: count.describe('of anybody in the account'),
              example: text.nullable(),
            }),
          ),
          dataEvents: z.array(text).describe('services with data events; `:read` or `:write` where only these'),
        })
        .describe('what the logs could have shown'),
      trailOnly: z.array(outcomes.extend({ kind: text, arn: text, id: text.nullable(), accountId: text })),
      warnings: z.array(text),
    }),
  ),
  mapping: z.looseObject({
    events: count,
    mappedEvents: count,
    noPermissionEvents: count,
    unmapped: z.array(eventCount),
  }),
  incomplete: gaps,
  exemptions: z.array(exemption.extend({ principals: count.describe('that it marks') })),
  warnings: z.array(text),
});

/** A line of json/queries.ndjson, which there is for logs in Elasticsearch. */
export const queryShape = z.looseObject({
  kind: text.describe('what it was for'),
  index: text,
  startedAt: text.describe('ISO 8601 UTC with milliseconds'),
  status: z.enum(['answered', 'failed']),
  reason: text.optional(),
  pages: count,
  retries: count,
  tookMilliseconds: count.describe('as Elasticsearch counts it, all pages together'),
  shards: count,
  documents: count.describe('that match'),
  hits: count.describe('documents of the answer'),
  buckets: count.describe('of its outermost aggregations'),
  body: z.unknown().describe('search of the first page: lists and access key ids shortened'),
});
