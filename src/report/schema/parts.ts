import { z } from 'zod';

// Objects are loose: later versions may add keys, and a reader that checks with an older schema goes on working.
export const text = z.string();
export const count = z.int().min(0);
export const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  .describe('ISO 8601 UTC');
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const arn = z.string().regex(/^arn:/);
export const accountId = z.string().regex(/^\d{12}$/);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const period = z.looseObject({ start: time, end: time }).describe('half-open: end is excluded');
export const tool = z.looseObject({ name: z.literal('cloudtracker'), version: text });
export const actionData = z.looseObject({ updatedAt: text, actions: count });
export const coverage = z.looseObject({
  accountId: text,
  events: count,
  first: time.nullable(),
  last: time.nullable(),
  emptyDays: z.array(day),
  dataEventSources: z.array(text),
});
export const gaps = z.array(z.looseObject({ accountId: text.nullable(), reason: text }));
