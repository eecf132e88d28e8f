import type { Period } from '../period.js';
import { compareText } from './aggregate.js';
import type { Actor, AssumptionRow, Chain, KeyActivity, SessionCall, SessionStart } from './types.js';

/** A role session lasts 12 hours at most (IAM User Guide: Methods to assume a role), so none reaches further back. */
export const LOOKBACK_HOURS = 12;

/** A chain with more sources than this, or one that bites its tail, is cut: the nearest are kept. */
export const MAX_CHAIN = 10;

type Growing<T> = { -readonly [K in keyof T]: T[K] };

/** The sessions of one source in one role that began in the period, as far as their access keys are known. */
export interface SessionSet {
  readonly pair: SessionPair;
  readonly keys: readonly string[];
}

/** All sessions of a source in a role, while they are counted. */
export interface SessionPair {
  readonly source: Actor;
  readonly roleArn: string;
  sessions: number;
  first: string;
  last: string;
  readonly chains: Map<string, Growing<Chain>>;
  readonly calls: Map<string, Growing<SessionCall>>;
}

/**
 * Joins the starts of role sessions with what was done inside them, by the session's access key. One access key is one
 * session, also when the trails of both accounts recorded its start. A session that began before the period counts from
 * its first call in the period, or not at all. Sources that are AWS services are kept: a role they use is in use.
 */
export async function joinSessions(
  starts: Iterable<SessionStart>,
  activity: Iterable<KeyActivity> | AsyncIterable<KeyActivity>,
  period: Period,
): Promise<AssumptionRow[]> {
  const join = new SessionJoin(starts, period);
  for await (const call of activity) join.add(call);
  return join.rows();
}

/** The same for calls that come bit by bit: they are added up at once, so that millions need no room. */
export class SessionJoin {
  readonly #byKey = new Map<string, SessionStart>();
  readonly #pairs = new Map<string, SessionPair>();
  readonly #pairOf = new Map<SessionStart, SessionPair>();
  /** What was done in the sessions that began before the period: whether they count at all, it tells. */
  readonly #early = new Map<SessionStart, KeyActivity[]>();

  constructor(starts: Iterable<SessionStart>, period: Period) {
    const sessions = distinctSessions(starts);
    for (const start of sessions) if (start.sessionKey !== null) this.#byKey.set(start.sessionKey, start);
    for (const start of sessions) {
      if (start.time < period.start) this.#early.set(start, []);
      else this.#count(start, start.time);
    }
  }

  /** The sessions whose calls may be added without telling them apart: all but those that began before the period. */
  sets(): SessionSet[] {
    const keysOf = new Map<SessionPair, string[]>();
    for (const [{ sessionKey }, pair] of this.#pairOf) {
      if (sessionKey === null) continue;
      const keys = keysOf.get(pair);
      if (keys === undefined) keysOf.set(pair, [sessionKey]);
      else keys.push(sessionKey);
    }
    return [...keysOf].map(([pair, keys]) => ({ pair, keys }));
  }

  /** Of the sessions that began before the period: whether they count at all, their calls tell. */
  earlyKeys(): string[] {
    return [...this.#early.keys()].flatMap(({ sessionKey }) => sessionKey ?? []);
  }

  /** Calls with other keys are passed over. Counts below zero take off what was added too much. */
  add(call: KeyActivity): void {
    const start = this.#byKey.get(call.sessionKey);
    if (start === undefined) return;
    const pair = this.#pairOf.get(start);
    if (pair === undefined) this.#early.get(start)?.push(call);
    else addCall(pair.calls, call);
  }

  /**
   * For callers that add up themselves what was done in all sessions of a pair, and hand it to `addCall`.
   * @param first time of the session's first call in the period: one that began before counts from there
   * @returns undefined for a key that is no session's
   */
  pairOf(sessionKey: string, first: string): SessionPair | undefined {
    const start = this.#byKey.get(sessionKey);
    if (start === undefined) return undefined;
    return this.#early.delete(start) ? this.#count(start, first) : this.#pairOf.get(start);
  }

  addCall(pair: SessionPair, call: SessionCall): void {
    addCall(pair.calls, call);
  }

  /** Sorted. To be called once, at the end. */
  rows(): AssumptionRow[] {
    for (const [start, calls] of this.#early) {
      const first = calls.map((call) => call.first).sort(compareText)[0];
      if (first === undefined) continue;
      const pair = this.#count(start, first);
      for (const call of calls) addCall(pair.calls, call);
    }
    return [...this.#pairs.values()].map(toRow).sort(compareRows);
  }

  #count(start: SessionStart, time: string): SessionPair {
    const pair = pairFor(this.#pairs, start, time);
    this.#pairOf.set(start, pair);
    pair.sessions += 1;
    widen(pair, time, time);
    addChain(pair.chains, pathTo(start, this.#byKey), time);
    return pair;
  }
}

function compareRows(a: AssumptionRow, b: AssumptionRow): number {
  return (
    compareText(a.source.arn, b.source.arn) ||
    compareText(a.source.id ?? '', b.source.id ?? '') ||
    compareText(a.roleArn, b.roleArn)
  );
}

function distinctSessions(starts: Iterable<SessionStart>): SessionStart[] {
  const all = [...starts];
  const keyOfEvent = new Map<string, string>();
  for (const { sessionKey, sharedEventId } of all) {
    if (sessionKey !== null && sharedEventId !== null) keyOfEvent.set(sharedEventId, sessionKey);
  }
  const sessions = new Map<string, SessionStart>();
  for (const start of all) {
    const { sharedEventId } = start;
    const key =
      start.sessionKey ??
      (sharedEventId === null
        ? `${start.eventId} ${start.time} ${start.roleArn}`
        : (keyOfEvent.get(sharedEventId) ?? sharedEventId));
    const before = sessions.get(key);
    sessions.set(key, before === undefined ? start : mergeCopies(before, start));
  }
  return [...sessions.values()];
}

/** Either account's copy may have its keys redacted: what one lacks, the other supplies. */
function mergeCopies(a: SessionStart, b: SessionStart): SessionStart {
  const [better, other] = isBetter(b, a) ? [b, a] : [a, b];
  return {
    ...better,
    sessionKey: better.sessionKey ?? other.sessionKey,
    callerKey: better.callerKey ?? other.callerKey,
    roleArn: withPath(better.roleArn, other.roleArn),
  };
}

/** A role's ARN without its path, which records that are redacted lack: names are unique in an account (IAM User Guide: IAM identifiers). */
export const withoutPath = (roleArn: string): string => roleArn.replace(/:role\/.*\//s, ':role/');

/** Of two ARNs of one role: the one with the path. */
const withPath = (roleArn: string, other: string): string =>
  roleArn === withoutPath(other) ? other : roleArn;

/** The caller's own copy names the caller; the other account's copy has only an account and an id. */
function isBetter(a: SessionStart, b: SessionStart): boolean {
  const rank = (start: SessionStart): number => (start.source.kind === 'external' ? 1 : 0);
  return (
    rank(a) < rank(b) ||
    (rank(a) === rank(b) && compareText(`${a.time}${a.eventId}`, `${b.time}${b.eventId}`) < 0)
  );
}

function pairFor(pairs: Map<string, SessionPair>, start: SessionStart, time: string): SessionPair {
  const key = [start.source.kind, start.source.arn, start.source.id, start.roleArn].join('\n');
  let pair = pairs.get(key);
  if (pair === undefined) {
    const { source, roleArn } = start;
    pair = { source, roleArn, sessions: 0, first: time, last: time, chains: new Map(), calls: new Map() };
    pairs.set(key, pair);
  }
  return pair;
}

/** The sources from the first to the one that started this session. */
function pathTo(start: SessionStart, byKey: ReadonlyMap<string, SessionStart>): Actor[] {
  const sessions = [start];
  for (let parent = parentOf(start, byKey); parent !== undefined; parent = parentOf(parent, byKey)) {
    if (sessions.length === MAX_CHAIN || sessions.includes(parent)) break;
    sessions.push(parent);
  }
  return sessions.map(({ source }) => source).reverse();
}

const parentOf = (start: SessionStart, byKey: ReadonlyMap<string, SessionStart>): SessionStart | undefined =>
  start.callerKey === null ? undefined : byKey.get(start.callerKey);

function addChain(chains: Map<string, Growing<Chain>>, path: readonly Actor[], time: string): void {
  const key = JSON.stringify(path.map(({ arn, id, kind }) => [arn, id, kind]));
  const chain = chains.get(key);
  if (chain === undefined) {
    chains.set(key, { path, sessions: 1, first: time, last: time });
    return;
  }
  chain.sessions += 1;
  widen(chain, time, time);
}

function addCall(calls: SessionPair['calls'], call: SessionCall): void {
  const { eventSource, eventName, apiCall, outcome, count, first, last } = call;
  const key = `${eventSource}\n${eventName}\n${String(apiCall)}\n${outcome}`;
  const before = calls.get(key);
  if (before === undefined) {
    calls.set(key, { eventSource, eventName, apiCall, outcome, count, first, last });
    return;
  }
  before.count += count;
  widen(before, first, last);
}

function widen(times: { first: string; last: string }, first: string, last: string): void {
  if (first < times.first) times.first = first;
  if (last > times.last) times.last = last;
}

function toRow(pair: SessionPair): AssumptionRow {
  const chains = [...pair.chains].sort(([a], [b]) => compareText(a, b)).map(([, chain]) => chain);
  return {
    source: pair.source,
    roleArn: pair.roleArn,
    sessions: pair.sessions,
    first: pair.first,
    last: pair.last,
    origins: originsOf(chains),
    chains,
    calls: [...pair.calls]
      .filter(([, { count }]) => count > 0)
      .sort(([a], [b]) => compareText(a, b))
      .map(([, call]) => call),
  };
}

function originsOf(chains: readonly Chain[]): AssumptionRow['origins'] {
  const sessions = new Map<string, number>();
  for (const chain of chains) {
    const arn = chain.path[0]?.arn ?? '';
    sessions.set(arn, (sessions.get(arn) ?? 0) + chain.sessions);
  }
  return [...sessions]
    .map(([arn, count]) => ({ arn, sessions: count }))
    .sort((a, b) => compareText(a.arn, b.arn));
}
