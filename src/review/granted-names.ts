import { at } from '../base/checked.js';
import { has, members } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Unseen } from './recording/unseen.js';
import type { GrantedService } from './types.js';

/**
 * Number of cached results: most principals share their grants with many others. The result for an administrator
 * takes 200 kB.
 */
const MAX_CACHED = 256;

export interface GrantedNames {
  /** The same object for the same grants and recorded events, while cached. */
  of(granted: ActionSet, unseen: Unseen): ReadonlyMap<string, GrantedService>;
}

/** Names of granted actions, created once for all principals with the same grants. */
export function createGrantedNames(catalog: Catalog): GrantedNames {
  const cache = new Map<string, ReadonlyMap<string, GrantedService>>();
  const numbers = new Map<Unseen, number>();
  return {
    of(granted, unseen) {
      const number = numbers.get(unseen) ?? numbers.size;
      numbers.set(unseen, number);
      const key = `${number} ${bits(granted)}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const made = namesOf(catalog, granted, unseen);
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(key, made);
      return made;
    },
  };
}

const bits = (set: ActionSet): string =>
  Buffer.from(set.buffer, set.byteOffset, set.byteLength).toString('latin1');

function namesOf(
  catalog: Catalog,
  granted: ActionSet,
  { groups, all }: Unseen,
): ReadonlyMap<string, GrantedService> {
  const services = new Map<string, GrantedService>();
  const names = (actions: readonly number[]): string[] =>
    actions.map((action) => at(catalog.actions, action));
  for (const { prefix, from, to } of catalog.services) {
    const actions = members(granted, from, to);
    if (actions.length === 0) continue;
    const unseen = groups.flatMap(({ reason, actions: set }) => {
      const hidden = actions.filter((action) => has(set, action));
      return hidden.length === 0 ? [] : [{ reason, actions: names(hidden) }];
    });
    const recorded = names(actions.filter((action) => !has(all, action)));
    services.set(prefix, { service: prefix, recorded, unseen });
  }
  return services;
}
