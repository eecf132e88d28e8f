import { z } from 'zod';
import {
  accountId,
  actionData,
  count,
  coverage,
  eventCount,
  exemption,
  gaps,
  period,
  seenCalls,
  text,
  tool,
} from './parts.js';
import type { RecordOf } from './record.js';

/** json/report.json. */
export const reportShape = z.object({
  schemaVersion: z.literal(2),
  review: z.object({
    id: text,
    period,
    /** The earlier review that this one is held against. */
    previous: z.object({ id: text, period }).exactOptional(),
    tool,
    actionData,
  }),
  accounts: z.array(
    z.object({
      id: accountId,
      name: text,
      listed: count.describe('entries in the IAM file'),
      counts: z.object({
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
      decisions: z.object({ keep: count, reduce: count, remove: count, investigate: count }),
      coverage,
      days: z.object({
        all: count.describe('days of the period'),
        covered: count.describe('days with an event'),
        firstWeek: z.object({ all: count, covered: count }),
        lastWeek: z.object({ all: count, covered: count }),
        quiet: z.boolean().describe('says the configuration'),
        enough: z.boolean().describe('a principal without calls can be called unused'),
      }),
      recording: z
        .object({
          kinds: z.array(
            z.object({
              kind: z.enum(['read', 'write', 'kms', 'rds-data', 'sts', 'global']),
              verdict: z.enum(['seen', 'stated', 'assumed', 'not-seen', 'excluded']),
              events: count.describe('of anybody in the account'),
              example: text.nullable(),
            }),
          ),
          dataEvents: z
            .array(text)
            .describe('services with data events; `:read` or `:write` where only these'),
        })
        .describe('what the logs could have shown'),
      trailOnly: z.array(seenCalls.extend({ kind: text, arn: text, id: text.nullable(), accountId: text })),
      warnings: z.array(text),
    }),
  ),
  mapping: z.object({
    events: count,
    mappedEvents: count,
    noPermissionEvents: count,
    unmapped: z.array(eventCount),
  }),
  incomplete: gaps,
  exemptions: z.array(exemption.extend({ principals: count.describe('that it marks') })),
  warnings: z.array(text),
});
export type ReportRecord = RecordOf<typeof reportShape>;
export type AccountRecord = ReportRecord['accounts'][number];
