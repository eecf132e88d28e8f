import { z } from 'zod';
import { text } from './schema.js';
import { VALUE_ERRORS } from '../wording/configuration.js';

const port = text
  .regex(/^\d{1,5}$/, VALUE_ERRORS.port)
  .refine((value) => Number(value) >= 1 && Number(value) <= 65_535, VALUE_ERRORS.port);
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** Milliseconds, written with Elasticsearch time units (API conventions: time units). */
const duration = text.regex(/^[1-9]\d{0,5}(ms|s|m|h)$/, VALUE_ERRORS.duration).transform(millisecondsIn);
/** Null for no deadline. */
const deadline = text
  .regex(/^(none|[1-9]\d{0,5}(ms|s|m|h))$/, VALUE_ERRORS.durationOrNone)
  .transform((value) => (value === 'none' ? null : millisecondsIn(value)));

/** The section `elasticsearch` as written. */
export const elasticsearchShape = z.strictObject(
  {
    host: text.optional(),
    port: port.optional(),
    node: text.optional(),
    nodes: z.array(text, VALUE_ERRORS.list).min(1, 'is empty').optional(),
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
      .refine((value) => /^[0-9A-F]{64}$/.test(value), VALUE_ERRORS.fingerprint)
      .optional(),
    cert: text.optional(),
    key: text.optional(),
    key_passphrase: text.optional(),
    key_passphrase_file: text.optional(),
    tls_verify: z.enum(['true', 'false'], VALUE_ERRORS.boolean).optional(),
    index: text.optional(),
    key_prefix: z.string(VALUE_ERRORS.text).optional(),
    timestamp_field: text.optional(),
    mapping: z.enum(['auto', 'raw', 'ecs'], VALUE_ERRORS.mapping).optional(),
    request_timeout: duration.optional(),
    retry_for: duration.optional(),
    deadline: deadline.optional(),
  },
  VALUE_ERRORS.elasticsearch,
);

export type RawElasticsearch = z.infer<typeof elasticsearchShape>;

function millisecondsIn(value: string): number {
  return parseInt(value, 10) * UNITS[value.replace(/\d+/, '') as keyof typeof UNITS];
}
