import { z } from 'zod';
import { recordingSchema } from './recording.js';
import type { SourceSection } from './section.js';
import { VALUE_ERRORS } from '../wording/configuration.js';

// Every scalar is text: YAML is parsed without types, so account IDs keep leading zeros.
export const text = z.string(VALUE_ERRORS.text).min(1, VALUE_ERRORS.empty);
const day = text.regex(/^\d{4}-\d{2}-\d{2}$/, VALUE_ERRORS.date).refine(isDay, VALUE_ERRORS.noSuchDay);
/** One path or several. */
export const paths = z
  .union([text, z.array(text).min(1, VALUE_ERRORS.empty)], VALUE_ERRORS.paths)
  .transform((value) => (typeof value === 'string' ? [value] : value));

const account = z.strictObject(
  {
    name: text,
    id: text.regex(/^\d{12}$/, VALUE_ERRORS.accountId),
    iam: text,
    scp: paths.optional(),
    credential_report: text.optional(),
    boundary: paths.optional(),
    owner: text.optional(),
    quiet: z.enum(['true', 'false'], VALUE_ERRORS.boolean).optional(),
    recording: recordingSchema.optional(),
  },
  VALUE_ERRORS.account,
);

const exemption = z.strictObject(
  {
    id: text,
    arn: text,
    owner: text,
    reason: text,
    expires: day.optional(),
  },
  VALUE_ERRORS.exemption,
);

/** Keys that do not depend on the source of logs. */
const base = z.strictObject({
  accounts: z.array(account, VALUE_ERRORS.accounts).min(1, VALUE_ERRORS.noAccounts),
  index: text.optional(),
  exemptions: z.array(exemption, VALUE_ERRORS.list).optional(),
  data_events: z
    .array(text.regex(/^[a-z0-9-]+$/, VALUE_ERRORS.servicePrefix), VALUE_ERRORS.servicePrefixes)
    .optional(),
  recording: recordingSchema.optional(),
  owner_tags: z.array(text, VALUE_ERRORS.tagKeys).min(1, VALUE_ERRORS.noTagKeys).optional(),
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
