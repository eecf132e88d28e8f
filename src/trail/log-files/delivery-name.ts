import { basename } from 'node:path';
import { DAY_SECONDS } from '../../base/time.js';

type Content = 'events' | 'digests' | 'insights' | 'aggregates' | 'config' | 'otherServices';

/** Information in the name of a log file. */
export interface DeliveryName {
  readonly holds: Content;
  /** Time of delivery in seconds since 1970; NaN for an invalid date. */
  readonly time: number;
}

/**
 * AWS's file names: `<account>_CloudTrail_<region>_<YYYYMMDDTHHmmZ>_<unique>.json.gz`, with `CloudTrail-Digest`,
 * `CloudTrail-Insight` and `CloudTrail-Aggregated` for files without API calls. The time is the time of delivery
 * (CloudTrail User Guide: CloudTrail log file names). Names in organization trails can start with the ID of the organization.
 */
const NAME =
  /^(?:o-[a-z0-9]+_)?\d{12}_CloudTrail(-Digest|-Insight|-Aggregated)?_[a-z0-9-]+_(?:.+_)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:\d\d)?Z(?:_[A-Za-z0-9]+)?\.json(?:\.gz)?$/;

const CONTENT: Readonly<Record<string, Content>> = {
  '-Digest': 'digests',
  '-Insight': 'insights',
  '-Aggregated': 'aggregates',
};

/** Files of AWS Config (AWS Config Developer Guide: Delivery of configuration items to an Amazon S3 bucket). */
const CONFIG = /^\d{12}_Config_[a-z0-9-]+_Config(?:History|Snapshot)_/;
/** Folders beside that of CloudTrail into which other services write logs (Amazon S3, VPC, ELB, GuardDuty and AWS WAF guides). */
const OTHER_SERVICES =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/(?:elasticloadbalancing|GuardDuty|network-firewall|vpcdnsquerylogs|vpcflowlogs|WAFLogs)\//;

/** Clocks and delivery times are not exact. */
const SLACK = DAY_SECONDS;
/** Delivery takes minutes, or days if CloudTrail retries it. */
const LATEST_DELIVERY = 7 * DAY_SECONDS;

/** @returns null for other names: such a file can contain anything */
export function parseDeliveryName(path: string): DeliveryName | null {
  const match = NAME.exec(basename(path));
  if (match === null) {
    if (CONFIG.test(basename(path))) return { holds: 'config', time: NaN };
    return OTHER_SERVICES.test(path) ? { holds: 'otherServices', time: NaN } : null;
  }
  const [, kind, year, month, day, hour, minute] = match;
  return {
    holds: CONTENT[kind ?? ''] ?? 'events',
    time: Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`) / 1000,
  };
}

/** @returns seconds since 1970, -Infinity if unknown */
export const deliveryTime = (delivery: DeliveryName | null): number =>
  delivery === null || Number.isNaN(delivery.time) ? -Infinity : delivery.time;

/** Names of the counts of skipped files. */
const SKIPPED = {
  digests: 'digestFiles',
  insights: 'insightFiles',
  aggregates: 'aggregatedFiles',
  config: 'configFiles',
  otherServices: 'otherServiceFiles',
} as const satisfies Record<Exclude<Content, 'events'>, string>;

/** Reason for skipping a file, as the name of its count. */
export type SkipReason = (typeof SKIPPED)[keyof typeof SKIPPED] | 'filesOutsidePeriod';

/**
 * @param delivery null for an unknown name
 * @param window of the relevant events
 * @returns null if the file must be read, because it can contain relevant events
 */
export function skipReason(
  delivery: DeliveryName | null,
  window: { readonly lookback: string; readonly end: string },
): SkipReason | null {
  if (delivery === null) return null;
  if (delivery.holds !== 'events') return SKIPPED[delivery.holds];
  // A file contains events from before its delivery.
  const isEarly = delivery.time < Date.parse(window.lookback) / 1000 - SLACK;
  const isLate = delivery.time > Date.parse(window.end) / 1000 + LATEST_DELIVERY;
  return isEarly || isLate ? 'filesOutsidePeriod' : null;
}

/** CloudTrail User Guide: CloudTrail log file names; Finding your CloudTrail log files. */
const ACCOUNT = /^(?:o-[a-z0-9]+_)?(\d{12})_CloudTrail/;
const FOLDER = /(?:^|[\\/])AWSLogs[\\/](?:o-[a-z0-9]+[\\/])?(\d{12})(?=[\\/])/g;

/**
 * The account of the events in a file, by AWS's file and folder names. Other digits mean nothing: bucket names
 * contain the account of their owner.
 * @returns null if unknown or contradictory
 */
export function deliveredFor(path: string): string | null {
  const inName = ACCOUNT.exec(basename(path))?.[1];
  const inFolder = [...path.matchAll(FOLDER)].at(-1)?.[1];
  if (inName !== undefined && inFolder !== undefined && inName !== inFolder) return null;
  return inName ?? inFolder ?? null;
}
