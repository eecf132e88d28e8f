import { countOf, increment } from '../../base/maps.js';
import { at } from '../../base/checked.js';
import { compareText } from '../../base/compare.js';
import { withoutPath } from '../distinct-starts.js';
import type { SessionSet } from '../sessions.js';
import type { Tuning } from './tuning.js';

/** Sets of sessions, each of another role. */
export interface Batch {
  /** Keys of all sessions. */
  readonly keys: readonly string[];
  /** By role ARN without path. */
  readonly sets: ReadonlyMap<string, SessionSet>;
}

export interface Plan {
  readonly batches: readonly Batch[];
  /** Keys of the sessions that are in no batch. */
  readonly others: readonly string[];
}

/**
 * Plans few queries for many sets of sessions. The calls of a session are identified by its key, but the session
 * within a set is irrelevant; if a query has one set per role, the role identifies the set. So the answer has a
 * group per call of a set, instead of a group per call of a session, which would be ten times as many, hardly fewer
 * than events.
 */
export function planOf(sets: readonly SessionSet[], tuning: Tuning): Plan {
  /** One set, or part of a set, per role: the largest first. */
  const rounds: SessionSet[][] = [];
  const roundsOf = new Map<string, number>();
  for (const part of sets.flatMap((set) => partsOf(set, tuning.keysPerQuery)).sort(largestFirst)) {
    const role = withoutPath(part.pair.roleArn);
    const round = countOf(roundsOf, role);
    increment(roundsOf, role);
    (rounds[round] ??= []).push(part);
  }
  const batches: Batch[] = [];
  const others: string[] = [];
  for (const batch of rounds.flatMap((round) => batchesOf(round, tuning))) {
    if (batch.keys.length >= tuning.fewestKeys) batches.push(batch);
    else others.push(...batch.keys);
  }
  return { batches, others };
}

/** Splits into parts with at most this many keys. */
export function partsOf<T extends { readonly keys: readonly string[] }>(whole: T, most: number): T[] {
  const keys = [...whole.keys].sort();
  const parts: T[] = [];
  for (let from = 0; from < keys.length; from += most)
    parts.push({ ...whole, keys: keys.slice(from, from + most) });
  return parts;
}

function largestFirst(a: SessionSet, b: SessionSet): number {
  return b.keys.length - a.keys.length || compareText(at(a.keys, 0), at(b.keys, 0));
}

function batchesOf(sets: readonly SessionSet[], { keysPerQuery, setsPerQuery }: Tuning): Batch[] {
  const batches: { readonly keys: string[]; readonly sets: Map<string, SessionSet> }[] = [];
  for (const set of sets) {
    let batch = batches.at(-1);
    if (
      batch === undefined ||
      batch.keys.length + set.keys.length > keysPerQuery ||
      batch.sets.size === setsPerQuery
    ) {
      batch = { keys: [], sets: new Map() };
      batches.push(batch);
    }
    batch.keys.push(...set.keys);
    batch.sets.set(withoutPath(set.pair.roleArn), set);
  }
  return batches;
}
