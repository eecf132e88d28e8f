import { at } from '../base/checked.js';
import { compareText } from '../base/compare.js';
import { add, emptySet, intersect, isEmpty, members, subtract } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Credits } from './credits.js';
import { insideGroups, unrecordedInside } from './inside.js';
import type { UnknownGroup, Unseen } from './recording/unseen.js';
import { prefixesOf } from './source-prefixes.js';
import { groupByReason } from './unknown-groups.js';

/** Status of every action of one principal, as four disjoint sets; `why` divides `unknown`. */
export interface Statuses {
  readonly used: ActionSet;
  readonly unused: ActionSet;
  readonly unknown: ActionSet;
  readonly ungranted: ActionSet;
  readonly why: readonly UnknownGroup[];
  /** IAM prefixes of services with a successful call that matches no known action; sorted. */
  readonly unmappedServices: readonly string[];
}

/**
 * Divides actions into used, unused, unknown and ungranted. A granted action without use is unknown, not unused, if
 * its use would leave no event (`unseen`), if it was only tried, or if a call may have used it.
 */
export function statuses(
  catalog: Catalog,
  granted: ActionSet,
  credit: Pick<Credits, 'used' | 'maybe' | 'possible' | 'tried' | 'unmappedSources'>,
  unseen: Unseen,
): Statuses {
  const exercised = setOf(catalog, credit.used.keys());
  const why: UnknownGroup[] = [];
  let unused = subtract(granted, exercised);
  const idle = unused;
  const candidates = [
    ...triedGroups(catalog, credit.tried),
    sharedGroup(catalog, credit.maybe),
    ...insideGroups(catalog, credit.possible),
    ...unseen.groups,
    unrecordedInside(catalog, granted, unseen),
  ];
  for (const group of [...candidates, ...unmappedGroups(catalog, credit.unmappedSources)]) {
    const actions = intersect(unused, group.actions);
    if (isEmpty(actions)) continue;
    why.push({ ...group, actions });
    unused = subtract(unused, actions);
  }
  return {
    used: intersect(granted, exercised),
    unused,
    unknown: subtract(idle, unused),
    ungranted: subtract(exercised, granted),
    why,
    unmappedServices: [...unmappedServices(catalog, credit.unmappedSources)].sort(compareText),
  };
}

const triedGroups = (catalog: Catalog, tried: Credits['tried']): UnknownGroup[] =>
  groupByReason(
    catalog,
    Array.from(tried, ([action, { denied, failed, errorCodes }]) => [
      action,
      { kind: 'tried', denied, failed, errorCodes: [...errorCodes].sort() },
    ]),
  );

const sharedGroup = (catalog: Catalog, maybe: Credits['maybe']): UnknownGroup => ({
  reason: { kind: 'shared-event' },
  actions: setOf(catalog, maybe),
});

/** A service that the catalog does not have has the last part of its event source as prefix. */
function unmappedServices(catalog: Catalog, sources: Credits['unmappedSources']): Set<string> {
  const known = new Set(catalog.services.map(({ prefix }) => prefix));
  return new Set(
    [...sources].flatMap((source) => {
      const prefixes = prefixesOf(source).filter((prefix) => /^[a-z][a-z0-9-]*$/.test(prefix));
      const inCatalog = prefixes.filter((prefix) => known.has(prefix));
      return inCatalog.length > 0 ? inCatalog : prefixes.slice(-1);
    }),
  );
}

/** Some unknown action of the service allowed the successful call. */
function unmappedGroups(catalog: Catalog, sources: Credits['unmappedSources']): UnknownGroup[] {
  const prefixes = unmappedServices(catalog, sources);
  return catalog.services
    .filter(({ prefix }) => prefixes.has(prefix))
    .map(({ prefix, from, to }) => ({
      reason: { kind: 'unmapped-call', service: prefix },
      actions: setOf(catalog, range(from, to)),
    }));
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

function setOf(catalog: Catalog, actions: Iterable<number>): ActionSet {
  const set = emptySet(catalog.actions.length);
  for (const action of actions) add(set, action);
  return set;
}

/** Names of the set's actions, in catalog order. */
export function actionNames(catalog: Catalog, set: ActionSet): string[] {
  return members(set, 0, catalog.actions.length).map((action) => at(catalog.actions, action));
}
