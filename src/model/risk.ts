import { z } from 'zod';
import { count, text } from './parts.js';
import type { RecordOf } from './record.js';
import { RISK_TAGS } from './risk-table.js';

/** One risk in the granted actions. */
export const riskShape = z.object({
  tag: z.enum(RISK_TAGS),
  /** Name of the method, for privilege escalation; null for the others. */
  method: text.nullable(),
  /** Granted actions behind the risk, sorted; unused ones first. */
  actions: z.array(z.object({ action: text, status: z.enum(['used', 'unused', 'unknown']) })),
  actionsLeftOut: count.exactOptional().describe('number of actions left out by --detail services'),
  /** Can be removed without affecting recorded use: a method if one of its actions is unused, another tag if all are. */
  unused: z.boolean(),
  limited: z.boolean().describe('limited by a condition or to some resources'),
});
export type RiskRecord = RecordOf<typeof riskShape>;
