import { required } from '../base/checked.js';
import { getOrInsertComputed } from '../base/maps.js';
import { findOperations, memoizeByEvent } from '../base/event-names.js';
import type { RequestPlan } from '../base/requests/plan.js';
import { parsePath, type RequestPath } from '../base/requests/path.js';
import type { FurtherAction } from './further-types.js';
import type { EventMapper } from './map-event.js';
import { PREFIX_TABLES } from './tables/prefixes.js';

/** data/catalog/further-actions.json, written by scripts/further-actions.mjs. Lists are strings separated by spaces. */
export interface FurtherTable {
  readonly reasons: Readonly<Record<string, string>>;
  /** By service of the operation. */
  readonly services: Readonly<Record<string, readonly FurtherEntry[]>>;
}

interface FurtherEntry {
  readonly action: string;
  readonly operations: string;
  readonly shownBy?: string;
  readonly instead?: string;
  /** Only and always with iam:PassRole. */
  readonly passedTo?: string;
  /** A key of `reasons`. */
  readonly hidden?: string;
  /** Paths without which `hidden` does not apply. */
  readonly when?: string;
}

export interface FurtherActions {
  /** See `Catalog.furtherActions`. */
  find(eventSource: string, eventName: string): readonly FurtherAction[];
  /** See `Catalog.requestPlan`. */
  readonly requestPlan: RequestPlan;
  /** See `Catalog.exercisedBy`. */
  exercisedBy(action: string): readonly number[];
  /** Indexes of actions that a parameter or a role shows in every operation that needs them. */
  readonly alwaysShown: ReadonlySet<number>;
}

const NONE: readonly FurtherAction[] = [];
/** Reason of operations whose roles are all in the request. */
const NO_ROLE = 'no-role';

/**
 * The part of a service is indexed on the first request for one of its events; the answer for an event is created
 * once.
 */
export function createFurtherActions(
  table: FurtherTable,
  indexOf: (action: string) => number | undefined,
  mapEvent: EventMapper,
): FurtherActions {
  const tables = new Map(Object.entries(table.services));
  const services = new Map<string, ReadonlyMap<string, OperationEntries>>();
  let plan: RequestPlan | undefined;
  const callers = new Map<string, readonly number[]>();
  let shown: ReadonlySet<number> | undefined;

  const operationsOf = (service: string): ReadonlyMap<string, OperationEntries> =>
    getOrInsertComputed(services, service, () => byOperation(tables.get(service) ?? []));

  const find = memoizeByEvent((eventSource, eventName): readonly FurtherAction[] => {
    const found = findOperations(PREFIX_TABLES, eventSource, eventName, operationsOf);
    if (found.length === 0) return NONE;
    const own = mapEvent(eventSource, eventName);
    return found.flatMap((entries) =>
      toFurtherActions(entries, table, indexOf, own.kind === 'actions' ? own : null),
    );
  });

  return {
    find,
    get requestPlan() {
      return (plan ??= requestPlan(table));
    },
    exercisedBy: (action) => getOrInsertComputed(callers, action, () => exercisedBy(table, action, mapEvent)),
    get alwaysShown() {
      return (shown ??= alwaysShown(table, indexOf));
    },
  };
}

interface OperationEntries {
  readonly operation: string;
  readonly entries: FurtherEntry[];
}

function byOperation(list: readonly FurtherEntry[]): ReadonlyMap<string, OperationEntries> {
  const operations = new Map<string, OperationEntries>();
  for (const entry of list) {
    for (const operation of entry.operations.split(' ')) {
      const found = getOrInsertComputed(operations, operation.toLowerCase(), () => ({
        operation,
        entries: [],
      }));
      found.entries.push(entry);
    }
  }
  return operations;
}

function toFurtherActions(
  { operation, entries }: OperationEntries,
  { reasons }: FurtherTable,
  indexOf: (action: string) => number | undefined,
  own: { readonly actions: readonly number[] } | null,
): FurtherAction[] {
  return entries.flatMap((entry): FurtherAction[] => {
    const action = indexOf(entry.action);
    if (action === undefined) return [];
    const why = entry.hidden === undefined ? '' : required(reasons[entry.hidden], entry.hidden);
    if (entry.passedTo !== undefined) {
      const passedTo = words(entry.passedTo).sort();
      return [
        {
          action,
          operation,
          evidence: {
            kind: 'role',
            paths: paths(entry.shownBy, operation),
            passedTo,
            why,
            whyNone: reasons[NO_ROLE] ?? '',
            indirect: entry.hidden !== NO_ROLE,
            when: paths(entry.when, operation),
          },
        },
      ];
    }
    const instead = entry.instead === undefined ? null : (indexOf(entry.instead) ?? null);
    // Actions of the event itself need no other evidence, unless the request shows which of them was used.
    if (instead === null && own?.actions.includes(action) === true) return [];
    if (entry.shownBy === undefined)
      return [{ action, operation, evidence: { kind: 'hidden', why, when: paths(entry.when, operation) } }];
    return [
      { action, operation, evidence: { kind: 'parameter', paths: paths(entry.shownBy, operation), instead } },
    ];
  });
}

const words = (text: string | undefined): string[] =>
  text === undefined || text === '' ? [] : text.split(' ');

const paths = (text: string | undefined, operation: string): RequestPath[] =>
  words(text).map((word) => parsePath(word, operation));

/** Without what no request can show. */
function requestPlan({ services }: FurtherTable): RequestPlan {
  const plans = Object.entries(services).flatMap(([service, entries]) => {
    const operations = entries.flatMap(({ operations, shownBy = '', when = '', passedTo }) => {
      const found = [...words(shownBy), ...words(when)].join(' ');
      const roles = passedTo !== undefined;
      return found === '' && !roles ? [] : [{ operations, paths: found, roles }];
    });
    return operations.length === 0 ? [] : [[service, operations] as const];
  });
  return { prefixes: PREFIX_TABLES, services: new Map(plans) };
}

/** Actions of the calls that may exercise an action. */
function exercisedBy({ services }: FurtherTable, name: string, mapEvent: EventMapper): readonly number[] {
  const actions = Object.entries(services).flatMap(([service, entries]) =>
    entries
      .filter(({ action }) => action === name)
      .flatMap(({ operations }) => words(operations))
      .flatMap((operation) => {
        const own = mapEvent(service, operation);
        return own.kind === 'actions' ? own.actions : [];
      }),
  );
  return [...new Set(actions)];
}

function alwaysShown(
  { services }: FurtherTable,
  indexOf: (action: string) => number | undefined,
): ReadonlySet<number> {
  const entries = Object.values(services).flat();
  const hidden = new Set(entries.filter(({ shownBy }) => shownBy === undefined).map(({ action }) => action));
  // TagResource is a separate call in every service, even if the AWS SDKs have dropped the service.
  const actions = entries
    .map(({ action }) => action)
    .filter((action) => !hidden.has(action) && !action.endsWith(':TagResource'));
  return new Set(actions.flatMap((action) => indexOf(action) ?? []));
}
