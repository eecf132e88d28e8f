import { z } from 'zod';
import { recordingSchema } from './recording.js';

// Every scalar is text here: the YAML is read without types, so that ids keep their digits.
const text = z.string('must be text').min(1, 'is empty');
const port = text
  .regex(/^\d{1,5}$/, 'is not a port number')
  .refine((value) => Number(value) >= 1 && Number(value) <= 65_535, 'is not a port number');
const day = text
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date like 2026-12-31')
  .refine(isDay, 'is not a day of the calendar');
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** With Elasticsearch's time units (API conventions: time units); in milliseconds. */
const duration = text
  .regex(/^[1-9]\d{0,5}(ms|s|m|h)$/, 'is not a time like 90s, 5m or 2h')
  .transform((value) => parseInt(value, 10) * UNITS[value.replace(/\d+/, '') as keyof typeof UNITS]);

const elasticsearch = z.strictObject(
  {
    host: text.optional(),
    port: port.optional(),
    node: text.optional(),
    nodes: z.array(text, 'must be a list').min(1, 'is empty').optional(),
    cloud_id: text.optional(),
    api_key: text.optional(),
    api_key_file: text.optional(),
    username: text.optional(),
    password: text.optional(),
    password_file: text.optional(),
    bearer_token: text.optional(),
    bearer_token_file: text.optional(),
    ca: text.optional(),
    ca_fingerprint: text
      .transform((value) => value.replaceAll(':', '').toUpperCase())
      .refine(
        (value) => /^[0-9A-F]{64}$/.test(value),
        'is not a SHA-256 fingerprint of 64 hexadecimal digits',
      )
      .optional(),
    cert: text.optional(),
    key: text.optional(),
    key_passphrase: text.optional(),
    key_passphrase_file: text.optional(),
    tls_verify: z.enum(['true', 'false'], 'is neither true nor false').optional(),
    index: text.optional(),
    key_prefix: z.string('must be text').optional(),
    timestamp_field: text.optional(),
    mapping: z.enum(['auto', 'raw', 'ecs'], 'is none of auto, raw, ecs').optional(),
    request_timeout: duration.optional(),
    retry_for: duration.optional(),
    deadline: duration.optional(),
  },
  'must hold keys like host and index',
);

const files = z.strictObject({ path: text }, 'must hold a key path');

/** One path or several. */
const paths = z
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

/** config.yaml with its keys as written, before paths and secrets are filled in. */
export const configSchema = z.strictObject({
  accounts: z.array(account, 'must be a list of accounts').min(1, 'is empty: list at least one account'),
  elasticsearch: elasticsearch.optional(),
  files: files.optional(),
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
  /** The original's Athena source: named in the message when nothing else is configured. */
  athena: z.unknown().optional(),
});

export type RawConfig = z.infer<typeof configSchema>;
export type RawElasticsearch = NonNullable<RawConfig['elasticsearch']>;

/** The keys that may stand under the (mapping) path. */
export function knownKeys(path: readonly (string | number)[]): readonly string[] {
  if (path.at(-1) === 'recording') return Object.keys(recordingSchema.shape);
  switch (path[0]) {
    case undefined:
      return Object.keys(configSchema.shape).filter((key) => key !== 'athena');
    case 'elasticsearch':
      return Object.keys(elasticsearch.shape);
    case 'files':
      return Object.keys(files.shape);
    case 'accounts':
      return Object.keys(account.shape);
    case 'exemptions':
      return Object.keys(exemption.shape);
    default:
      return [];
  }
}

/** YYYY-MM-DD that exists in the calendar. */
export function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
