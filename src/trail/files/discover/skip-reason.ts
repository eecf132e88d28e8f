import type { ReadWindow } from '../count/collector.js';
import { LATEST_DELIVERY, SLACK, type DeliveryName } from './delivery-name.js';

/** Why a file is not read, as the name of its count. */
export type SkipReason = 'digestFiles' | 'insightFiles' | 'filesOutsidePeriod';

/**
 * @param delivery null for a name that tells nothing
 * @returns null for a file that must be read: it may hold events of the period
 */
export function skipReason(delivery: DeliveryName | null, scope: ReadWindow): SkipReason | null {
  if (delivery === null) return null;
  if (delivery.holds === 'digests') return 'digestFiles';
  if (delivery.holds === 'insights') return 'insightFiles';
  // A file holds events from before its delivery.
  const isEarly = delivery.time < Date.parse(scope.lookback) / 1000 - SLACK;
  const isLate = delivery.time > Date.parse(scope.end) / 1000 + LATEST_DELIVERY;
  return isEarly || isLate ? 'filesOutsidePeriod' : null;
}
