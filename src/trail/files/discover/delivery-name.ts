import { basename } from 'node:path';
import { DAY } from '../../time.js';

/** What a log file's name says of it. */
export interface DeliveryName {
  readonly holds: 'events' | 'digests' | 'insights';
  /** When it was delivered: seconds since 1970, NaN for a date that is none. */
  readonly time: number;
}

/**
 * AWS's own names: `<account>_CloudTrail_<region>_<YYYYMMDDTHHmmZ>_<unique>.json.gz`, with `CloudTrail-Digest` and
 * `CloudTrail-Insight` for files without records of calls; the time is that of the delivery (CloudTrail User Guide:
 * CloudTrail log file names). In organisation trails the organisation's id may stand before the account's.
 */
const NAME =
  /^(?:o-[a-z0-9]+_)?\d{12}_CloudTrail(-Digest|-Insight)?_[a-z0-9-]+_(?:.+_)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:\d\d)?Z(?:_[A-Za-z0-9]+)?\.json(?:\.gz)?$/;

/** Clocks and names are not exact. */
export const SLACK = DAY;
/** Minutes are usual; days happen when a delivery failed and was repeated. */
export const LATEST_DELIVERY = 7 * DAY;

/**
 * How long before the delivery of its file an event may have happened, in seconds. All is read with the first of these, and once more
 * with the next where a file proves it wrong: what is remembered of events grows with it.
 */
export const LATENESS = [DAY, LATEST_DELIVERY + SLACK, Infinity] as const;

/** @returns null for names that are not AWS's: such a file may hold anything */
export function parseDeliveryName(path: string): DeliveryName | null {
  const match = NAME.exec(basename(path));
  if (match === null) return null;
  const [, kind, year, month, day, hour, minute] = match;
  return {
    holds: kind === undefined ? 'events' : kind === '-Digest' ? 'digests' : 'insights',
    time: Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`) / 1000,
  };
}

/** @returns seconds since 1970, -Infinity where nobody knows */
export const deliveryTime = (delivery: DeliveryName | null): number =>
  delivery === null || Number.isNaN(delivery.time) ? -Infinity : delivery.time;
