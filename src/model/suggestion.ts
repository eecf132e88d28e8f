import { z } from 'zod';
import { count, decision, text, texts } from './parts.js';
import type { RecordOf } from './record.js';

/** A policy that AWS accepts unchanged. */
const policy = z.object({
  name: text,
  document: z.object({
    Version: text,
    Statement: z.array(
      z.object({
        Sid: text.exactOptional(),
        Effect: z.enum(['Allow', 'Deny']),
        Action: texts.exactOptional(),
        NotAction: texts.exactOptional(),
        Resource: texts.exactOptional(),
        NotResource: texts.exactOptional(),
        Condition: z.unknown().exactOptional(),
      }),
    ),
  }),
  size: count.describe('characters without whitespace'),
});

/** One possible change, and the number of actions that it removes. */
const change = z.object({
  kind: z.enum([
    'remove-user',
    'remove-role',
    'replace-policies',
    'change-permission-set',
    'detach-policy',
    'leave-group',
    'remove-trust',
  ]),
  /** Policy name or ARN, permission set, group name or trusted principal; null for the principal itself. */
  target: text.nullable(),
  sentence: text,
  /** Number of granted actions that the change removes by itself. */
  actionsRemoved: count,
});

export const suggestionShape = z.object({
  decision,
  reason: text,
  strict: z.array(policy),
  cautious: z.array(policy),
  /** `strict`, limited to the resources in the logs. */
  observed: z.array(policy),
  /** Number of granted actions that the cautious documents remove. */
  actionsRemoved: count,
  changes: z.array(change),
});
export type SuggestionRecord = RecordOf<typeof suggestionShape>;
