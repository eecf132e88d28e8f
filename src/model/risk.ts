import { z } from 'zod';
import { count, text } from './parts.js';
import type { RecordOf } from './record.js';
import { RISK_TAGS } from './risk-table.js';

/** One way in which granted actions can hurt. */
export const riskShape = z.object({
  tag: z.enum(RISK_TAGS),
  /** Name of the method, for privilege escalation; null for the others. */
  method: text.nullable(),
  /** Granted actions that make it possible, sorted; unused ones first. */
  actions: z.array(z.object({ action: text, status: z.enum(['used', 'unused', 'unknown']) })),
  actionsLeftOut: count.exactOptional().describe('names that --detail services leaves out'),
  /** It can be taken away unnoticed: a method when one of its actions is unused, another tag when all of them are. */
  unused: z.boolean(),
  limited: z.boolean().describe('open under a condition or on some resources only'),
});
export type RiskRecord = RecordOf<typeof riskShape>;
