import { z } from 'zod';
import { arn, count, principalType, text, time, usedAction } from './parts.js';
import type { RecordOf } from './record.js';

/** A line of json/<accountId>/assumptions.ndjson. */
export const assumptionShape = z.object({
  sourceArn: text,
  sourceType: principalType,
  roleArn: arn,
  allowed: z.enum(['yes', 'no', 'conditional', 'unknown']),
  assumed: z.boolean(),
  known: z.boolean().describe('false if not seen, and the logs could not have shown it'),
  sessions: count,
  firstAssumed: time.nullable(),
  lastAssumed: time.nullable(),
  actions: z.array(usedAction),
  origins: z.array(z.object({ arn: text, sessions: count })),
  sourceName: text,
  sourceAccountId: text,
  roleName: text,
  roleAccountId: text,
});
export type AssumptionRecord = RecordOf<typeof assumptionShape>;
