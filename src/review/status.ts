import { add, emptySet, has, intersect, members, subtract, union } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { ActivityRow } from '../trail/types.js';
import { readOrWrite } from './logged.js';

/** The calls credited to one action. Times are ISO 8601 UTC. */
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

/** What one principal's calls say about actions. Action names are in IAM's own case. */
export interface Credits {
  /** Index of the action -> its successful calls. */
  readonly used: ReadonlyMap<number, Usage>;
  /** Granted actions that a successful call may have exercised in place of the one it is credited to. */
  readonly maybe: ReadonlySet<number>;
  /** Action name, or `source:EventName` for an event without a known action, -> denied calls. */
  readonly denied: ReadonlyMap<string, number>;
  /** Keys as in `denied`. Whether the permission was there is not known. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Calls of any outcome that no action is known for. */
  readonly unmapped: ReadonlyMap<string, UnmappedCalls>;
  /** Numbers of events of any outcome; their sum is the number of events in the rows. */
  readonly events: { readonly mapped: number; readonly noPermission: number; readonly unmapped: number };
}

/** The fields of an activity row that crediting depends on (a session's calls have them too). */
export type CreditedCall = Pick<
  ActivityRow,
  'eventSource' | 'eventName' | 'apiCall' | 'outcome' | 'count' | 'first' | 'last'
> & { readonly errorCode?: string | null };

/** The status of every action of one principal, as four disjoint sets. */
export interface Statuses {
  readonly used: ActionSet;
  readonly unused: ActionSet;
  readonly unknown: ActionSet;
  readonly ungranted: ActionSet;
}

/**
 * Credits calls to actions. Only successful calls make an action used; denied and failed ones are counted apart.
 * An event that exercises one of several actions (`any`) is credited to those that are granted, or to the first
 * where none is: a call that succeeded was allowed by one of them, and no other is in evidence. Where one of them is the
 * rule (`first`) it alone is credited, and the others that are granted may have been used.
 */
export function creditActivity(catalog: Catalog, granted: ActionSet, rows: Iterable<CreditedCall>): Credits {
  const used = new Map<number, Usage>();
  const maybe = new Set<number>();
  const denied = new Map<string, number>();
  const failed = new Map<string, { count: number; errorCodes: Set<string> }>();
  const unmapped = new Map<string, UnmappedCalls>();
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
    const names =
      mapping.kind === 'unmapped'
        ? [`${row.eventSource}:${row.eventName}`]
        : actions.map((action) => catalog.actions[action] ?? String(action));
    for (const name of names) {
      if (row.outcome === 'denied') denied.set(name, (denied.get(name) ?? 0) + row.count);
      else countFailure(failed, name, row);
    }
  }
  return { used, maybe, denied, failed, unmapped, events };
}

/**
 * Which actions are used, unused, unknown and ungranted. A granted action that was not used is unknown, not unused,
 * when CloudTrail would not have recorded it: it has no API call of its own, or its calls are data events and the
 * trail holds none of its service (CloudTrail user guide: Logging data events); or when a call may have exercised it.
 *
 * @param dataEventSources event sources with data events (`s3.amazonaws.com`), or IAM prefixes (`s3`) where the
 *   configuration says that they are logged, or keys of `LoggedDataEvents` (`s3:read`) for reads or writes alone
 */
export function statuses(
  catalog: Catalog,
  granted: ActionSet,
  { used, maybe }: Pick<Credits, 'used' | 'maybe'>,
  dataEventSources: readonly string[],
): Statuses {
  const exercised = emptySet(catalog.actions.length);
  for (const action of used.keys()) add(exercised, action);
  const idle = subtract(granted, exercised);
  const possible = emptySet(catalog.actions.length);
  for (const action of maybe) add(possible, action);
  const unknown = intersect(idle, union(unrecordedActions(catalog, dataEventSources), possible));
  return {
    used: intersect(granted, exercised),
    unused: subtract(idle, unknown),
    unknown,
    ungranted: subtract(exercised, granted),
  };
}

// The same for every principal of an account, who all have the same list: worked out once for each.
const unrecordedByCatalog = new WeakMap<Catalog, WeakMap<readonly string[], ActionSet>>();

/** The actions that leave no event behind, given the services whose data events are logged. Do not change the set. */
export function unrecordedActions(catalog: Catalog, dataEventSources: readonly string[]): ActionSet {
  const bySources = unrecordedByCatalog.get(catalog) ?? new WeakMap<readonly string[], ActionSet>();
  unrecordedByCatalog.set(catalog, bySources);
  const known = bySources.get(dataEventSources);
  if (known !== undefined) return known;

  const logged = servicesWithDataEvents(catalog, dataEventSources);
  const set = emptySet(catalog.actions.length);
  for (const service of catalog.services) {
    for (let action = service.from; action < service.to; action += 1) {
      const recording = catalog.recording(action);
      const proved =
        recording === 'management' ||
        (recording === 'data' &&
          (logged.has(service.prefix) || logged.has(`${service.prefix}:${readOrWrite(catalog, action)}`)));
      if (!proved) add(set, action);
    }
  }
  bySources.set(dataEventSources, set);
  return set;
}

/** Those of the unknown actions whose data events are not logged; the others have no event of their own. */
export function notLogged(
  catalog: Catalog,
  unknown: ActionSet,
  dataEventSources: readonly string[],
): ActionSet {
  const set = emptySet(catalog.actions.length);
  for (const action of members(intersect(unknown, unrecordedActions(catalog, dataEventSources)))) {
    if (catalog.recording(action) === 'data') add(set, action);
  }
  return set;
}

/** Names of the set's actions, in the catalogue's order. */
export function actionNames(catalog: Catalog, set: ActionSet): string[] {
  return members(set, 0, catalog.actions.length).map((action) => catalog.actions[action] ?? '');
}

function servicesWithDataEvents(catalog: Catalog, sources: readonly string[]): Set<string> {
  const prefixes = new Set(catalog.services.map((service) => service.prefix));
  const logged = new Set<string>();
  for (const source of sources) {
    if (/:(read|write)$/.test(source)) {
      logged.add(source);
      continue;
    }
    const host = source.toLowerCase().replace(/\.amazonaws\.com$/, '');
    // runtime.sagemaker, streams.dynamodb: the last label is the service's own name.
    const label = host.split('.').at(-1) ?? host;
    const prefix = prefixes.has(host) ? host : (RENAMED.get(host) ?? label);
    if (prefixes.has(prefix)) logged.add(prefix);
  }
  return logged;
}

/** Hosts that record data events under a name that is not the IAM prefix of their service. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['monitoring', 'cloudwatch'],
  ['rdsdata', 'rds-data'],
  ['transcribestreaming', 'transcribe'],
  ['qconnect', 'wisdom'],
]);

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
