import { z } from 'zod';
import type { RecordOf } from './record.js';

// Parts that several records share.

export const text = z.string();
export const texts = z.array(text);
export const count = z.int().min(0);
export const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  .describe('ISO 8601 UTC');
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const arn = z.string().regex(/^arn:/);
export const accountId = z.string().regex(/^\d{12}$/);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const period = z.object({ start: time, end: time }).describe('the end is excluded');
export const tool = z.object({ name: z.literal('cloudtracker'), version: text });
export const actionData = z.object({ updatedAt: text, actions: count });
export const coverage = z.object({
  accountId: text,
  events: count,
  first: time.nullable(),
  last: time.nullable(),
  emptyDays: z.array(day),
  dataEventSources: z.array(text),
  regions: z.array(z.object({ region: text, events: count })).describe('events by awsRegion'),
  digests: z
    .object({
      files: count.describe('number of digest files in the period'),
      signed: count.describe('number of digest files with a valid signature'),
      regions: texts.describe('Regions with digest files'),
      provenDays: z.array(day).describe('UTC days whose log files are complete and unchanged'),
    })
    .describe('proof by digest files of CloudTrail; absent without digest files')
    .exactOptional(),
});
export const gaps = z.array(z.object({ accountId: text.nullable(), reason: text }));

export const usedAction = z.object({ action: text, count, firstUsed: time, lastUsed: time });
export type UsedAction = RecordOf<typeof usedAction>;

/** Calls of one caller: all events, by outcome, and used actions. */
export const seenCalls = z.object({
  events: count,
  succeeded: count,
  denied: count,
  failed: count,
  first: time,
  last: time,
  actions: z.array(usedAction),
});
export type SeenCalls = RecordOf<typeof seenCalls>;

export const eventCount = z.object({ eventSource: text, eventName: text, count });

/** An exemption in the configuration; `expired` compares its end with the period. */
export const exemption = z.object({
  id: text,
  arn: text.describe('ARN pattern of exempted principals'),
  reason: text,
  owner: text,
  expires: day.nullable(),
  expired: z.boolean(),
});

export const principalType = z.enum(['user', 'role']);
/** `active`: a call in the period succeeded. `incomplete`: events or policies of the principal may be missing. */
export const state = z.enum(['active', 'inactive', 'incomplete']);
export type State = RecordOf<typeof state>;
export const decision = z.enum(['keep', 'reduce', 'remove', 'investigate']);
export type Decision = RecordOf<typeof decision>;
