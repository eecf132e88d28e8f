import type { RecordingVerdict } from '../review/recording/kinds.js';
import type { RecordingKind } from '../review/recording/kinds.js';
import { capitalized } from './lists.js';

/** Event types that a trail can leave out. */
export const EVENT_KINDS: Readonly<Record<RecordingKind, string>> = {
  read: 'read events',
  write: 'write events',
  kms: 'AWS KMS events',
  'rds-data': 'RDS Data API events',
  sts: 'AWS STS events',
  global: 'global service events (IAM, CloudFront)',
};

export const eventKindTitle = (kind: RecordingKind): string => capitalized(EVENT_KINDS[kind]);

/** Regions beside event types. */
export const REGION_KINDS = {
  one: (region: string): string => `Region ${region}`,
  others: 'Other Regions',
} as const;

/**
 * Trail settings that leave an event type out (CloudTrail User Guide: Logging management events; Global service
 * events).
 */
export const TRAIL_SETTINGS: Readonly<Record<RecordingKind, string>> = {
  read: 'Management events, API activity: Write only',
  write: 'Management events, API activity: Read only',
  kms: 'Management events, Exclude AWS KMS events',
  'rds-data': 'Management events, Exclude Amazon RDS Data API events',
  sts: 'single-Region trail',
  global: 'single-Region trail',
};

/** Shown instead of the number of events, if no number proves whether the trail records the type. */
export const RECORDING_VERDICTS: Readonly<Partial<Record<RecordingVerdict, string>>> = {
  stated: 'stated in the configuration',
  assumed: 'too few events to tell',
  'not-seen': '',
  excluded: 'stated in the configuration',
};
