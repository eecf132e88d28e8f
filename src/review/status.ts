import { increment } from '../base/maps.js';
import { add, emptySet, has, intersect, isEmpty, members, subtract } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { ActivityRow } from '../trail/types.js';
import { provesPermission } from './error-codes.js';
import type { UnknownGroup, Unseen } from './recording/unseen.js';
import { prefixesOf } from './source-prefixes.js';

/** Calls that count for one action. Times are ISO 8601 UTC. */
interface Usage {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

interface Failure {
  readonly count: number;
  readonly errorCodes: ReadonlySet<string>;
}

interface UnmappedCalls {
  readonly eventSource: string;
  readonly eventName: string;
  readonly count: number;
}

/** Unsuccessful calls of one action. */
interface Attempts {
  readonly denied: number;
  readonly failed: number;
  readonly errorCodes: ReadonlySet<string>;
}

/** What the calls of one principal show about actions. Action names are in IAM's spelling. */
export interface Credits {
  /** Action index -> successful calls. */
  readonly used: ReadonlyMap<number, Usage>;
  /** Granted actions that a successful call may have used instead of the one for which it counts. */
  readonly maybe: ReadonlySet<number>;
  /** Action index -> unsuccessful calls, whether used or not. */
  readonly tried: ReadonlyMap<number, Attempts>;
  /** Event sources of successful calls without known action. */
  readonly unmappedSources: ReadonlySet<string>;
  /** Action name, or `source:EventName` without known action, -> denied calls. */
  readonly denied: ReadonlyMap<string, number>;
  /** Keys like `denied`. Whether the caller had the permission is unknown. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Calls of any outcome without known action. */
  readonly unmapped: ReadonlyMap<string, UnmappedCalls>;
  /** Numbers of events of any outcome; their sum is the number of events in the rows. */
  readonly events: { readonly mapped: number; readonly noPermission: number; readonly unmapped: number };
}

/** Fields of an activity row that determine its actions (calls in sessions have them too). */
export type CreditedCall = Pick<
  ActivityRow,
  'eventSource' | 'eventName' | 'apiCall' | 'outcome' | 'count' | 'first' | 'last'
> & { readonly errorCode?: string | null };

/** Status of every action of one principal, as four disjoint sets; `why` divides `unknown`. */
export interface Statuses {
  readonly used: ActionSet;
  readonly unused: ActionSet;
  readonly unknown: ActionSet;
  readonly ungranted: ActionSet;
  readonly why: readonly UnknownGroup[];
}

/**
 * Maps calls to actions. Only successful calls make an action used, and calls whose error follows authorization;
 * denied and failed calls are counted separately. An event with alternative actions (`any`) counts for those that
 * are granted, or for the first if none is: one of them allowed the call. If one is the rule (`first`), it alone
 * counts, and the others that are granted may have been used.
 */
export function creditActivity(catalog: Catalog, granted: ActionSet, rows: Iterable<CreditedCall>): Credits {
  const used = new Map<number, Usage>();
  const maybe = new Set<number>();
  const denied = new Map<string, number>();
  const failed = new Map<string, { count: number; errorCodes: Set<string> }>();
  const tried = new Map<number, { denied: number; failed: number; errorCodes: Set<string> }>();
  const unmapped = new Map<string, UnmappedCalls>();
  const unmappedSources = new Set<string>();
  const events = { mapped: 0, noPermission: 0, unmapped: 0 };

  for (const row of rows) {
    const mapping = row.apiCall ? catalog.mapEvent(row.eventSource, row.eventName) : null;
    if (mapping === null || mapping.kind === 'no-permission') {
      events.noPermission += row.count;
      continue;
    }
    if (mapping.kind === 'unmapped') {
      events.unmapped += row.count;
      countUnmapped(unmapped, row);
      if (row.outcome === 'succeeded') unmappedSources.add(row.eventSource);
    } else {
      events.mapped += row.count;
    }
    const actions = mapping.kind === 'actions' ? credited(mapping.mode, mapping.actions, granted) : [];
    if (row.outcome === 'succeeded') {
      for (const action of actions) used.set(action, mergeUsage(used.get(action), row));
      if (mapping.kind === 'actions' && mapping.mode === 'first') {
        for (const action of mapping.actions)
          if (!actions.includes(action) && has(granted, action)) maybe.add(action);
      }
      continue;
    }
    const proves = row.outcome === 'failed' && provesPermission(row.eventSource, row.errorCode ?? null);
    for (const action of actions) {
      if (proves) used.set(action, mergeUsage(used.get(action), row));
      else countAttempt(tried, action, row);
    }
    const names =
      mapping.kind === 'unmapped'
        ? [`${row.eventSource}:${row.eventName}`]
        : actions.map((action) => catalog.actions[action] ?? String(action));
    for (const name of names) {
      if (row.outcome === 'denied') increment(denied, name, row.count);
      else countFailure(failed, name, row);
    }
  }
  return { used, maybe, tried, unmappedSources, denied, failed, unmapped, events };
}

/**
 * Divides actions into used, unused, unknown and ungranted. A granted action without use is unknown, not unused, if
 * its use would leave no event (`unseen`), if it was only tried, or if a call may have used it.
 */
export function statuses(
  catalog: Catalog,
  granted: ActionSet,
  credit: Pick<Credits, 'used' | 'maybe' | 'tried' | 'unmappedSources'>,
  unseen: Unseen,
): Statuses {
  const exercised = setOf(catalog, credit.used.keys());
  const why: UnknownGroup[] = [];
  let unused = subtract(granted, exercised);
  const idle = unused;
  const candidates = [
    ...triedGroups(catalog, credit.tried),
    sharedGroup(catalog, credit.maybe),
    ...unseen.groups,
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
  };
}

function triedGroups(catalog: Catalog, tried: Credits['tried']): UnknownGroup[] {
  const groups = new Map<string, UnknownGroup>();
  for (const [action, { denied, failed, errorCodes }] of tried) {
    const reason = { kind: 'tried' as const, denied, failed, errorCodes: [...errorCodes].sort() };
    const key = JSON.stringify(reason);
    const group = groups.get(key) ?? { reason, actions: emptySet(catalog.actions.length) };
    add(group.actions, action);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const sharedGroup = (catalog: Catalog, maybe: Credits['maybe']): UnknownGroup => ({
  reason: { kind: 'shared-event' },
  actions: setOf(catalog, maybe),
});

/** Some unknown action of the service allowed the successful call. */
function unmappedGroups(catalog: Catalog, sources: Credits['unmappedSources']): UnknownGroup[] {
  const prefixes = new Set([...sources].flatMap(prefixesOf));
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
  return members(set, 0, catalog.actions.length).map((action) => catalog.actions[action] ?? '');
}

function credited(
  mode: 'all' | 'any' | 'first',
  actions: readonly number[],
  granted: ActionSet,
): readonly number[] {
  if (mode === 'all') return actions;
  const allowed = actions.filter((action) => has(granted, action));
  if (allowed.length === 0) return actions.slice(0, 1);
  return mode === 'first' ? allowed.slice(0, 1) : allowed;
}

function mergeUsage(before: Usage | undefined, row: CreditedCall): Usage {
  if (before === undefined) return { count: row.count, first: row.first, last: row.last };
  return {
    count: before.count + row.count,
    first: row.first < before.first ? row.first : before.first,
    last: row.last > before.last ? row.last : before.last,
  };
}

function countAttempt(
  tried: Map<number, { denied: number; failed: number; errorCodes: Set<string> }>,
  action: number,
  row: CreditedCall,
): void {
  const entry = tried.get(action) ?? { denied: 0, failed: 0, errorCodes: new Set<string>() };
  tried.set(action, entry);
  if (row.outcome === 'denied') entry.denied += row.count;
  else entry.failed += row.count;
  if (row.outcome === 'failed' && row.errorCode !== undefined && row.errorCode !== null)
    entry.errorCodes.add(row.errorCode);
}

function countFailure(
  failed: Map<string, { count: number; errorCodes: Set<string> }>,
  name: string,
  row: CreditedCall,
): void {
  const entry = failed.get(name) ?? { count: 0, errorCodes: new Set<string>() };
  entry.count += row.count;
  if (row.errorCode !== undefined && row.errorCode !== null) entry.errorCodes.add(row.errorCode);
  failed.set(name, entry);
}

function countUnmapped(unmapped: Map<string, UnmappedCalls>, row: CreditedCall): void {
  const { eventSource, eventName } = row;
  const key = `${eventSource} ${eventName}`;
  unmapped.set(key, { eventSource, eventName, count: (unmapped.get(key)?.count ?? 0) + row.count });
}
