import { basename } from 'node:path';
import type { Scope } from './collect.js';

/** Why a file need not be read, as the name of its count. */
export type Skipped = 'digestFiles' | 'insightFiles' | 'filesOutsidePeriod';

/**
 * AWS's own names: `<account>_CloudTrail_<region>_<YYYYMMDDTHHmmZ>_<unique>.json.gz`, with `CloudTrail-Digest` and
 * `CloudTrail-Insight` for files without records of calls; the time is that of the delivery (CloudTrail User Guide:
 * CloudTrail log file names). In organisation trails the organisation's id may stand before the account's.
 */
const NAME =
  /^(?:o-[a-z0-9]+_)?\d{12}_CloudTrail(-Digest|-Insight)?_[a-z0-9-]+_(?:.+_)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:\d\d)?Z(?:_[A-Za-z0-9]+)?\.json(?:\.gz)?$/;

/** Clocks and names are not exact. */
const SLACK = 86_400;
/** Minutes are usual; days happen when a delivery failed and was repeated. */
const LATEST_DELIVERY = 7 * 86_400;

/** @returns null for a file that must be read: by its name it may hold events of the period */
export function whySkip(path: string, scope: Scope): Skipped | null {
  const match = NAME.exec(basename(path));
  if (match === null) return null;
  const [, kind, year, month, day, hour, minute] = match;
  if (kind === '-Digest') return 'digestFiles';
  if (kind === '-Insight') return 'insightFiles';
  const delivered =
    Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`) / 1000;
  // A file holds what happened before its delivery.
  const isEarly = delivered < Date.parse(scope.lookback) / 1000 - SLACK;
  const isLate = delivered > Date.parse(scope.end) / 1000 + LATEST_DELIVERY;
  return isEarly || isLate ? 'filesOutsidePeriod' : null;
}
