import type { Scope } from './collect.js';
import { deliveryOf, LATEST_DELIVERY, SLACK } from './delivery.js';

/** Why a file need not be read, as the name of its count. */
export type Skipped = 'digestFiles' | 'insightFiles' | 'filesOutsidePeriod';

/** @returns null for a file that must be read: by its name it may hold events of the period */
export function whySkip(path: string, scope: Scope): Skipped | null {
  const delivery = deliveryOf(path);
  if (delivery === null) return null;
  if (delivery.holds === 'digests') return 'digestFiles';
  if (delivery.holds === 'insights') return 'insightFiles';
  // A file holds what happened before its delivery.
  const isEarly = delivery.time < Date.parse(scope.lookback) / 1000 - SLACK;
  const isLate = delivery.time > Date.parse(scope.end) / 1000 + LATEST_DELIVERY;
  return isEarly || isLate ? 'filesOutsidePeriod' : null;
}
