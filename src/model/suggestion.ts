import { z } from 'zod';
import { count, decision, text, texts } from './parts.js';
import type { RecordOf } from './record.js';

/** A policy that AWS accepts as it is. */
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

/** One thing that a person can do, and what it takes away. */
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
  /** Policy name or ARN, permission set, group name, trusted principal; null where it is the principal itself. */
  target: text.nullable(),
  sentence: text,
  /** Granted actions that the change alone would take away. */
  actionsRemoved: count,
});

export const suggestionShape = z.object({
  decision,
  reason: text,
  strict: z.array(policy),
  cautious: z.array(policy),
  /** `strict` on the resources that the logs show. */
  observed: z.array(policy),
  /** Granted actions that the cautious documents would take away. */
  actionsRemoved: count,
  changes: z.array(change),
});
export type SuggestionRecord = RecordOf<typeof suggestionShape>;
