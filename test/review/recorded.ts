import type { Catalog } from '../../src/catalog/types.js';
import { RECORDING_KINDS, type RecordingKind } from '../../src/review/recording/kinds.js';
import { unseenActions, type Unseen } from '../../src/review/recording/unseen.js';

/** Where the logs show events of every kind but some, and data events of the sources. */
export function unseenWith(
  catalog: Catalog,
  dataEvents: readonly string[],
  ...missing: readonly RecordingKind[]
): Unseen {
  const kinds = RECORDING_KINDS.map((kind) => ({
    kind,
    verdict: missing.includes(kind) ? ('not-seen' as const) : ('seen' as const),
    events: 1,
    example: null,
  }));
  return unseenActions(catalog, { kinds, dataEvents, regions: { regions: [], others: 'assumed' } });
}

/** Calls that say nothing. */
export const NO_CALLS = {
  used: new Map<number, never>(),
  maybe: new Set<number>(),
  tried: new Map<number, never>(),
  possible: new Map<number, never>(),
  unmappedSources: new Set<string>(),
};
