import { getOrInsertComputed } from '../maps.js';
import { findOperations, memoizeByEvent, type PrefixTables } from '../event-names.js';
import { parsePath, type RequestPath } from './path.js';

/**
 * What to look for in the requests of calls. Plain data that can be sent to threads: the catalog makes it
 * (`Catalog.requestPlan`), and engines, which have no catalog, use it.
 */
export interface RequestPlan {
  readonly prefixes: PrefixTables;
  /** By IAM prefix. */
  readonly services: ReadonlyMap<string, readonly OperationPaths[]>;
}

interface OperationPaths {
  /** Names of API operations, separated by spaces. */
  readonly operations: string;
  /** IDs of paths, separated by spaces. */
  readonly paths: string;
  /** Roles and instance profiles count anywhere in the request. */
  readonly roles: boolean;
}

/** What to look for in the requests of one call. */
export interface CallPlan {
  readonly paths: readonly RequestPath[];
  readonly roles: boolean;
}

/** @returns null for most calls: their requests show no further action */
export type FindCallPlan = (eventSource: string, eventName: string) => CallPlan | null;

/** Finds what to look for in the request of a call; returns the same object for the same call. */
export function createCallPlans({ prefixes, services }: RequestPlan): FindCallPlan {
  const operations = new Map<string, ReadonlyMap<string, CallPlan>>();
  const operationsOf = (prefix: string): ReadonlyMap<string, CallPlan> =>
    getOrInsertComputed(operations, prefix, () => byOperation(services.get(prefix) ?? []));
  return memoizeByEvent((eventSource, eventName) => {
    const [first, ...others] = findOperations(prefixes, eventSource, eventName, operationsOf);
    return first === undefined ? null : others.reduce(merge, first);
  });
}

function byOperation(list: readonly OperationPaths[]): ReadonlyMap<string, CallPlan> {
  const plans = new Map<string, CallPlan>();
  for (const { operations, paths, roles } of list) {
    for (const operation of operations.split(' ')) {
      const key = operation.toLowerCase();
      const words = paths === '' ? [] : paths.split(' ');
      const plan: CallPlan = { paths: words.map((word) => parsePath(word, operation)), roles };
      const before = plans.get(key);
      plans.set(key, before === undefined ? plan : merge(before, plan));
    }
  }
  return plans;
}

function merge(a: CallPlan, b: CallPlan): CallPlan {
  const ids = new Set(a.paths.map(({ id }) => id));
  return { paths: [...a.paths, ...b.paths.filter(({ id }) => !ids.has(id))], roles: a.roles || b.roles };
}
