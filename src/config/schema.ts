import { z } from 'zod';

// Every scalar arrives as text: YAML would read the account id 012345678901 as a number.
const text = z.string().min(1, 'must not be empty');

const account = z.strictObject({
  name: text,
  id: z.string().regex(/^\d{12}$/, 'must be the 12 digits of an AWS account id'),
  iam: text,
  scp: text.optional(),
  boundary: text.optional(),
  credential_report: text.optional(),
});

const elasticsearch = z.strictObject({
  host: text.optional(),
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .optional(),
  node: text.optional(),
  nodes: z.array(text).min(1).optional(),
  cloud_id: text.optional(),
  index: text.optional(),
  key_prefix: z.string().optional(),
  timestamp_field: text.optional(),
  api_key: text.optional(),
  username: text.optional(),
  password: text.optional(),
  ca: text.optional(),
  mapping: z.enum(['auto', 'raw', 'ecs']).optional(),
});

const exemption = z.strictObject({
  id: text,
  arn: text,
  owner: text,
  reason: text,
  expires: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, YYYY-MM-DD')
    .optional(),
});

/** config.yaml as people write it; the original's files are valid as they are. */
export const configSchema = z.strictObject({
  accounts: z.array(account).min(1, 'must list at least one account'),
  index: text.optional(),
  elasticsearch: elasticsearch.optional(),
  files: z.strictObject({ path: text }).optional(),
  exemptions: z.array(exemption).optional(),
  data_events: z.array(text).optional(),
});

export type ConfigFile = z.infer<typeof configSchema>;
