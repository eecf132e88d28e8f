import { z } from 'zod';
import { count, text } from './parts.js';

const names = z.array(text);
const decision = z.enum(['keep', 'revoke', 'modify', 'abstain']);
const outcome = z.enum([
  'revoked',
  'no-rights',
  'no-credentials',
  're-created',
  'not-revoked',
  'narrowed',
  'widened',
  'not-narrowed',
  'removed',
  'kept',
  'kept-idle',
  'undecided',
  'unknown',
]);
const change = z.enum(['new', 'changed', 'same', 'gone', 'not-reviewed']);

/** `sinceLast` in a line of principals.ndjson. */
export const sinceLastShape = z.looseObject({
  change,
  decision: decision.nullable(),
  outcome: outcome.nullable(),
});

/** A line of json/changes.ndjson. */
export const changeShape = z.looseObject({
  arn: text,
  id: text,
  type: z.enum(['user', 'role']),
  name: text,
  accountId: text,
  accountName: text,
  change,
  state: z.enum(['active', 'inactive', 'incomplete']).nullable(),
  decision: z
    .looseObject({
      line: count.describe('of the file of decisions'),
      decision: decision.nullable(),
      reviewer: text,
      reviewedAt: text.describe('YYYY-MM-DD, or as written where the date is in doubt'),
      justification: text,
      ticket: text,
      remediatedAt: text,
      remediationEvidence: text,
    })
    .nullable(),
  outcome: outcome.nullable(),
  sentence: text,
  added: z.array(z.looseObject({ policies: names, actions: names })),
  removed: names,
  relisted: z.looseObject({ gained: count, lost: count }),
  policies: z.looseObject({ added: names, removed: names, changed: names }),
  groups: z.looseObject({ joined: names, left: names }),
  boundary: z.looseObject({ before: text.nullable(), now: text.nullable() }).nullable(),
  trusted: z.looseObject({ added: names, removed: names }),
  admin: z.looseObject({ before: z.boolean().nullable(), now: z.boolean().nullable() }),
  granted: z.looseObject({ before: count.nullable(), now: count.nullable() }),
  unusedStillGranted: count.nullable(),
  renamedFrom: text.nullable(),
});

/** json/catalog.json: the actions that a report knows, without the service's prefix. */
export const catalogShape = z.looseObject({
  schemaVersion: z.literal(1),
  updatedAt: text,
  services: z.record(text, names),
});
