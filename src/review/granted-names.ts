import { has, members } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import { unrecordedActions } from './status.js';
import type { GrantedService } from './types.js';

/** How many answers are kept: most principals share their grants with many others. An administrator's takes 200 kB. */
const KEPT = 256;

export interface GrantedNames {
  /** The same object for the same grants under the same logging, while it is kept. */
  of(granted: ActionSet, dataEvents: readonly string[]): ReadonlyMap<string, GrantedService>;
}

/** The names of what is granted, made once for all principals with the same grants. */
export function createGrantedNames(catalog: Catalog): GrantedNames {
  const kept = new Map<string, ReadonlyMap<string, GrantedService>>();
  return {
    of(granted, dataEvents) {
      const unrecorded = unrecordedActions(catalog, dataEvents);
      const key = `${bits(granted)}${bits(unrecorded)}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = namesOf(catalog, granted, unrecorded);
      if (kept.size >= KEPT) kept.clear();
      kept.set(key, made);
      return made;
    },
  };
}

const bits = (set: ActionSet): string =>
  Buffer.from(set.buffer, set.byteOffset, set.byteLength).toString('latin1');

function namesOf(
  catalog: Catalog,
  granted: ActionSet,
  unrecorded: ActionSet,
): ReadonlyMap<string, GrantedService> {
  const services = new Map<string, GrantedService>();
  for (const { prefix, from, to } of catalog.services) {
    const [recorded, notLogged, noCall]: [string[], string[], string[]] = [[], [], []];
    for (const action of members(granted, from, to)) {
      const name = catalog.actions[action] ?? '';
      if (!has(unrecorded, action)) recorded.push(name);
      else (catalog.recording(action) === 'data' ? notLogged : noCall).push(name);
    }
    if (recorded.length + notLogged.length + noCall.length > 0)
      services.set(prefix, { service: prefix, recorded, notLogged, noCall });
  }
  return services;
}
