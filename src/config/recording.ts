import { z } from 'zod';
import { VALUE_ERRORS } from '../wording/configuration.js';

/** What a trail records, as stated by the user. Missing values are inferred from events. */
export interface RecordingConfig {
  /** Recorded management events. */
  readonly management?: 'all' | 'read-only' | 'write-only';
  /** Services that the trail excludes; an empty list means none. */
  readonly exclude?: readonly ('kms' | 'rds-data')[];
  /** Regions whose events are recorded. */
  readonly regions?: 'all' | readonly string[];
  /** Whether events of global services (IAM, AWS STS, CloudFront) are recorded. */
  readonly global?: boolean;
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;

export const recordingSchema = z.strictObject(
  {
    management: z.enum(['all', 'read-only', 'write-only'], VALUE_ERRORS.management).optional(),
    exclude: z.array(z.enum(['kms', 'rds-data'], VALUE_ERRORS.excluded), VALUE_ERRORS.exclude).optional(),
    regions: z
      .union([z.literal('all'), z.array(z.string().regex(REGION, VALUE_ERRORS.region)).min(1)], {
        error: VALUE_ERRORS.regions,
      })
      .optional(),
    global: z
      .enum(['true', 'false'], VALUE_ERRORS.boolean)
      .transform((value) => value === 'true')
      .optional(),
  },
  VALUE_ERRORS.recording,
);

/** With exactOptionalPropertyTypes, undefined values are not allowed. */
export function toRecording(raw: z.infer<typeof recordingSchema> | undefined): RecordingConfig {
  const { management, exclude, regions, global } = raw ?? {};
  return {
    ...(management === undefined ? {} : { management }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(regions === undefined ? {} : { regions }),
    ...(global === undefined ? {} : { global }),
  };
}
