import { getOrInsertComputed } from './maps.js';

/** IAM prefixes of event sources (without `.amazonaws.com`) that differ from the source. */
export interface PrefixTables {
  readonly first: ReadonlyMap<string, string>;
  /** A second prefix that is equally valid for the events. */
  readonly second: ReadonlyMap<string, string>;
}

/** Possible names of an event in AWS's lists of actions and operations, most likely first. */
export interface EventNames {
  /** eventSource without `.amazonaws.com`. */
  readonly host: string;
  /** IAM prefixes. */
  readonly prefixes: readonly string[];
  /** A second prefix that is equally valid, or null. */
  readonly second: string | null;
  /** The name as recorded, then without its API version. Use the shorter name only if the full one is unknown. */
  readonly names: readonly string[];
}

/** @param eventSource full source, `s3.amazonaws.com` */
export function eventNames(tables: PrefixTables, eventSource: string, eventName: string): EventNames {
  const host = eventSource.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, '');
  return {
    host,
    prefixes: [...new Set([tables.first.get(host) ?? host, host, host.split('.').at(-1) ?? host])],
    second: tables.second.get(host) ?? null,
    names: [eventName, ...withoutVersion(eventName)],
  };
}

/**
 * Drops the API version of `CreateFunction20150331v2`, `CreateDistribution2020_05_31` or `ListObjectsV2`; longest
 * name first.
 */
function withoutVersion(name: string): string[] {
  const names: string[] = [];
  for (const pattern of [/v\d{1,2}$/i, /\d{4}_\d{2}_\d{2}$/, /\d{8}$/, /\d{8}v\d{1,2}$/i]) {
    const short = name.replace(pattern, '');
    if (short !== name && short !== '') names.push(short);
  }
  return names;
}

/**
 * Values of the operations that an event may be, from the first of its names that any of its prefixes knows.
 * @param operationsOf values of a prefix by operation in lower case
 */
export function findOperations<T>(
  tables: PrefixTables,
  eventSource: string,
  eventName: string,
  operationsOf: (prefix: string) => ReadonlyMap<string, T>,
): readonly T[] {
  const { prefixes, second, names } = eventNames(tables, eventSource, eventName);
  const all = second === null ? prefixes : [...prefixes, second];
  for (const name of names) {
    const found = all.flatMap((prefix) => operationsOf(prefix).get(name.toLowerCase()) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

/** The function with an answer computed once for each event, so that the same event gets the same object. */
export function memoizeByEvent<T>(
  answer: (eventSource: string, eventName: string) => T,
): (eventSource: string, eventName: string) => T {
  const answers = new Map<string, Map<string, T>>();
  return (eventSource, eventName) => {
    const bySource = getOrInsertComputed(answers, eventSource, () => new Map<string, T>());
    return getOrInsertComputed(bySource, eventName, () => answer(eventSource, eventName));
  };
}
