import { isObject } from '../../base/is-object.js';
import { isAggregated } from '../rules.js';

type Json = Record<string, unknown>;

export const object = (value: unknown): Json => (isObject(value) ? value : {});
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Whether a value is a CloudTrail record. */
export function isRecord(value: unknown): boolean {
  const { eventSource, eventName, eventTime } = object(value);
  return text(eventSource) !== null && text(eventName) !== null && eventTime !== undefined;
}

/** Known contents that are not records of calls, by the name of their count. */
export type OtherKind = 'aggregatedRecords' | 'notificationRecords' | 'digestFiles' | 'configFiles';

/**
 * Type of an entry that is not an API call (S3 User Guide: Event message structure).
 * @param field value of a key
 */
export function otherRecord(field: (name: 'eventCategory' | 'eventSource') => unknown): OtherKind | null {
  if (isAggregated(field('eventCategory'))) return 'aggregatedRecords';
  return text(field('eventSource'))?.startsWith('aws:') === true ? 'notificationRecords' : null;
}
