import { basename } from 'node:path';
import { DAY_SECONDS } from '../../../base/time.js';
import type { ReadWindow } from '../count/collector.js';

/** Information in the name of a log file. */
export interface DeliveryName {
  readonly holds: 'events' | 'digests' | 'insights';
  /** Time of delivery in seconds since 1970; NaN for an invalid date. */
  readonly time: number;
}

/**
 * AWS's file names: `<account>_CloudTrail_<region>_<YYYYMMDDTHHmmZ>_<unique>.json.gz`, with `CloudTrail-Digest` and
 * `CloudTrail-Insight` for files without API calls. The time is the time of delivery (CloudTrail User Guide:
 * CloudTrail log file names). Names in organization trails can start with the ID of the organization.
 */
const NAME =
  /^(?:o-[a-z0-9]+_)?\d{12}_CloudTrail(-Digest|-Insight)?_[a-z0-9-]+_(?:.+_)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:\d\d)?Z(?:_[A-Za-z0-9]+)?\.json(?:\.gz)?$/;

/** Clocks and delivery times are not exact. */
const SLACK = DAY_SECONDS;
/** Delivery takes minutes, or days if CloudTrail retries it. */
const LATEST_DELIVERY = 7 * DAY_SECONDS;

/**
 * Maximum age of an event at the delivery of its file, in seconds. Memory grows with it, so reading starts with the
 * first value, and starts again with the next one if a file has an older event.
 */
export const LATENESS = [DAY_SECONDS, LATEST_DELIVERY + SLACK, Infinity] as const;

/** @returns null for other names: such a file can contain anything */
export function parseDeliveryName(path: string): DeliveryName | null {
  const match = NAME.exec(basename(path));
  if (match === null) return null;
  const [, kind, year, month, day, hour, minute] = match;
  return {
    holds: kind === undefined ? 'events' : kind === '-Digest' ? 'digests' : 'insights',
    time: Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`) / 1000,
  };
}

/** @returns seconds since 1970, -Infinity if unknown */
export const deliveryTime = (delivery: DeliveryName | null): number =>
  delivery === null || Number.isNaN(delivery.time) ? -Infinity : delivery.time;

/** Reason for skipping a file, as the name of its count. */
export type SkipReason = 'digestFiles' | 'insightFiles' | 'filesOutsidePeriod';

/**
 * @param delivery null for an unknown name
 * @returns null if the file must be read, because it can contain events of the period
 */
export function skipReason(delivery: DeliveryName | null, scope: ReadWindow): SkipReason | null {
  if (delivery === null) return null;
  if (delivery.holds === 'digests') return 'digestFiles';
  if (delivery.holds === 'insights') return 'insightFiles';
  // A file contains events from before its delivery.
  const isEarly = delivery.time < Date.parse(scope.lookback) / 1000 - SLACK;
  const isLate = delivery.time > Date.parse(scope.end) / 1000 + LATEST_DELIVERY;
  return isEarly || isLate ? 'filesOutsidePeriod' : null;
}
