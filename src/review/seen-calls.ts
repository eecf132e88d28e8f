import type { ActionSet, Catalog } from '../catalog/types.js';
import type { CreditedCall } from './credits.js';
import type { SeenCalls } from './principal-parts.js';
import { usedActions } from './used-actions.js';

/** @param granted an event with alternative actions counts for those that are granted, otherwise for the first */
export function seenCalls(catalog: Catalog, granted: ActionSet, rows: readonly CreditedCall[]): SeenCalls {
  const calls = (outcome?: CreditedCall['outcome']): number =>
    rows.reduce((sum, row) => sum + (outcome === undefined || row.outcome === outcome ? row.count : 0), 0);
  return {
    events: calls(),
    succeeded: calls('succeeded'),
    denied: calls('denied'),
    failed: calls('failed'),
    first: rows.reduce((first, row) => (first === '' || row.first < first ? row.first : first), ''),
    last: rows.reduce((last, row) => (row.last > last ? row.last : last), ''),
    actions: usedActions(catalog, granted, rows),
  };
}
