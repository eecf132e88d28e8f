import { z } from 'zod';

/** What a trail records, as the user knows it; what is not said is told by the events. */
export interface RecordingConfig {
  /** Which management events. */
  readonly management?: 'all' | 'read-only' | 'write-only';
  /** Services whose events the trail leaves out; an empty list says that it leaves out none. */
  readonly exclude?: readonly ('kms' | 'rds-data')[];
  /** Whether the global events are there: those of IAM, AWS STS and CloudFront. */
  readonly global?: boolean;
}

export const recordingSchema = z.strictObject(
  {
    management: z
      .enum(['all', 'read-only', 'write-only'], 'is none of all, read-only, write-only')
      .optional(),
    exclude: z
      .array(z.enum(['kms', 'rds-data'], 'is neither kms nor rds-data'), 'must be a list like [kms]')
      .optional(),
    global: z
      .enum(['true', 'false'], 'is neither true nor false')
      .transform((value) => value === 'true')
      .optional(),
  },
  'must hold keys like management and exclude',
);

/** Undefined keys would be of the type of none. */
export function toRecording(raw: z.infer<typeof recordingSchema> | undefined): RecordingConfig {
  const { management, exclude, global } = raw ?? {};
  return {
    ...(management === undefined ? {} : { management }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(global === undefined ? {} : { global }),
  };
}
