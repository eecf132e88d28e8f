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
    /** The last review, with `--previous`. */
    previous: z.object({ id: text, period }).exactOptional(),
    tool,
    actionData,
  }),
  accounts: z.array(
    z.object({
      id: accountId,
      name: text,
      listed: count.describe('number of principals in the IAM file'),
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
        all: count.describe('number of days in the period'),
        covered: count.describe('number of days with events, or proven to have none'),
        withEvents: count.describe('number of days with events'),
        proven: count.describe('number of days that digest files prove complete'),
        firstWeek: z.object({ all: count, covered: count }),
        lastWeek: z.object({ all: count, covered: count }),
        quiet: z.boolean().describe('set in the configuration'),
        enough: z.boolean().describe('enough days with events to suggest removal'),
      }),
      recording: z
        .object({
          kinds: z.array(
            z.object({
              kind: z.enum(['read', 'write', 'kms', 'rds-data', 'sts', 'global']),
              verdict: z.enum(['seen', 'stated', 'assumed', 'not-seen', 'excluded']),
              events: count.describe('number of events, from all callers'),
              example: text.nullable(),
            }),
          ),
          regions: z.object({
            regions: z.array(
              z.object({
                region: text,
                events: count.describe('number of events, from all callers'),
                verdict: z.enum(['seen', 'stated', 'excluded']),
              }),
            ),
            others: z
              .enum(['stated', 'assumed', 'not-seen', 'excluded'])
              .describe('whether other Regions are recorded'),
          }),
          dataEvents: z.array(text).describe('services with data events; `:read` or `:write` if only these'),
        })
        .describe('what the logs could have shown'),
      doubt: text
        .nullable()
        .describe('a use in records of AWS that the logs do not show: they are incomplete'),
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
  exemptions: z.array(exemption.extend({ principals: count.describe('number of exempted principals') })),
  warnings: z.array(text),
});
export type ReportRecord = RecordOf<typeof reportShape>;
export type AccountRecord = ReportRecord['accounts'][number];
