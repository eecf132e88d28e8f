import { z } from 'zod';
import { recordingSchema } from './recording.js';
import type { SourceSection } from './section.js';

// Every scalar is text: YAML is parsed without types, so account IDs keep leading zeros.
export const text = z.string('must be text').min(1, 'is empty');
const day = text
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date like 2026-12-31')
  .refine(isDay, 'is not a day of the calendar');
/** One path or several. */
export const paths = z
  .union([text, z.array(text).min(1, 'is empty')], 'is neither a path nor a list of paths')
  .transform((value) => (typeof value === 'string' ? [value] : value));

const account = z.strictObject(
  {
    name: text,
    id: text.regex(/^\d{12}$/, 'is not 12 digits (leading zeros count)'),
    iam: text,
    scp: paths.optional(),
    credential_report: text.optional(),
    boundary: paths.optional(),
    owner: text.optional(),
    quiet: z.enum(['true', 'false'], 'is neither true nor false').optional(),
    recording: recordingSchema.optional(),
  },
  'must hold name, id and iam',
);

const exemption = z.strictObject(
  {
    id: text,
    arn: text,
    owner: text,
    reason: text,
    expires: day.optional(),
  },
  'must hold id, arn, owner, reason and expires',
);

/** Keys that do not depend on the source of logs. */
const base = z.strictObject({
  accounts: z.array(account, 'must be a list of accounts').min(1, 'is empty: list at least one account'),
  index: text.optional(),
  exemptions: z.array(exemption, 'must be a list').optional(),
  data_events: z
    .array(text.regex(/^[a-z0-9-]+$/, 'is not an IAM service prefix like s3'), 'must be a list like [s3]')
    .optional(),
  recording: recordingSchema.optional(),
  owner_tags: z
    .array(text, 'must be a list of tag keys like [owner, team]')
    .min(1, 'is empty: leave it out, or name a tag key')
    .optional(),
  /** Athena source of the original: mentioned in the message if no other source is configured. */
  athena: z.unknown().optional(),
});

/** Keys as written, before paths are resolved and variables replaced, and one key per source of logs. */
export type RawConfig = z.infer<typeof base>;

/** Schema of config.yaml with the sections of these sources. */
export function configSchema(sources: readonly Pick<SourceSection, 'key' | 'shape'>[]): z.ZodType<RawConfig> {
  // The types do not know their keys: each section reads the result of its own shape.
  const sections: object = Object.fromEntries(sources.map(({ key, shape }) => [key, shape.optional()]));
  return base.extend({ ...sections });
}

/** Keys that are allowed under the (mapping) path. */
export function knownKeys(
  path: readonly (string | number)[],
  sources: readonly Pick<SourceSection, 'key' | 'keys'>[],
): readonly string[] {
  if (path.at(-1) === 'recording') return Object.keys(recordingSchema.shape);
  switch (path[0]) {
    case undefined:
      return [...Object.keys(base.shape).filter((key) => key !== 'athena'), ...sources.map(({ key }) => key)];
    case 'accounts':
      return Object.keys(account.shape);
    case 'exemptions':
      return Object.keys(exemption.shape);
    default:
      return sources.find(({ key }) => key === path[0])?.keys ?? [];
  }
}

/** YYYY-MM-DD, an existing date. */
function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
