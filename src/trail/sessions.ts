import { at } from '../base/checked.js';
import { append, getOrInsertComputed, increment } from '../base/maps.js';
import { compareBy, compareText } from '../base/compare.js';
import type { Period } from '../period.js';
import type { SessionKey } from './distinct-starts.js';
import { iso } from '../base/time.js';
import type { Actor, AssumptionRow, Chain, KeyActivity, SessionCall, SessionStart } from './types.js';

/** A role session lasts 12 hours at most (IAM User Guide: Methods to assume a role), so none starts earlier. */
export const LOOKBACK_HOURS = 12;

/** A chain with more sources, or a cycle, is truncated: the nearest sources stay. */
export const MAX_CHAIN = 10;

type Growing<T> = { -readonly [K in keyof T]: T[K] };

/** Sessions of one source in one role that started in the period, by access key if known. */
export interface SessionSet<Key extends SessionKey = string> {
  readonly pair: SessionPair;
  readonly keys: readonly Key[];
}

interface ChainCounts {
  readonly path: readonly Actor[];
  sessions: number;
  /** Seconds since 1970, like `last`. */
  first: number;
  last: number;
}

/** All sessions of a source in a role, while counting. */
export interface SessionPair {
  readonly source: Actor;
  readonly roleArn: string;
  sessions: number;
  /** Seconds since 1970, like `last`. */
  first: number;
  last: number;
  readonly chains: Map<string, ChainCounts>;
  readonly calls: Map<string, Growing<SessionCall>>;
}

interface Session<Key extends SessionKey> extends Omit<SessionStart<Key>, 'eventId' | 'sharedEventId'> {
  /** Absent while it is unknown whether the session counts: it started before the period. */
  pair: SessionPair | undefined;
  /** Calls in it until then. */
  calls: KeyActivity<Key>[] | undefined;
}

/**
 * Joins the starts of role sessions with the calls in them, by access key of the session. One access key is one
 * session, even if the trails of both accounts recorded its start. A session that started before the period counts
 * from its first call in the period, or not at all. AWS services are sources too: a role that they use is in use.
 * Calls arrive in parts and are summed at once, so that millions need no memory.
 */
export class SessionJoin<Key extends SessionKey = string> {
  readonly #byKey = new Map<Key, Session<Key>>();
  #early: Session<Key>[] = [];
  /** By source key, then by role ARN. */
  readonly #pairs = new Map<string, Map<string, SessionPair>>();
  readonly #keys = new ActorKeys();
  readonly #begin: number;

  constructor(period: Period) {
    this.#begin = Date.parse(period.start) / 1000;
  }

  /** @param starts of different sessions; known sessions are ignored */
  start(starts: Iterable<SessionStart<Key>>): void {
    const sessions: Session<Key>[] = [];
    for (const start of starts) {
      if (start.sessionKey !== null && this.#byKey.has(start.sessionKey)) continue;
      const { sessionKey, callerKey, source, roleArn, time } = start;
      const session = { sessionKey, callerKey, source, roleArn, time, pair: undefined, calls: undefined };
      sessions.push(session);
      if (sessionKey !== null) this.#byKey.set(sessionKey, session);
    }
    for (const session of sessions) {
      if (session.time < this.#begin) this.#early.push(session);
      else this.#count(session, session.time);
    }
  }

  /**
   * Drops sessions that will get no more calls and start no more sessions.
   * @param before start time limit, in seconds since 1970
   */
  forget(before: number): void {
    for (const [key, { time }] of this.#byKey) if (time < before) this.#byKey.delete(key);
    this.#early = this.#early.filter(({ time }) => time >= before);
  }

  /** Sessions whose calls can be added together: all except those that started before the period. */
  sets(): SessionSet<Key>[] {
    const keysOf = new Map<SessionPair, Key[]>();
    for (const [key, { pair }] of this.#byKey) {
      if (pair === undefined) continue;
      append(keysOf, pair, key);
    }
    return [...keysOf].map(([pair, keys]) => ({ pair, keys }));
  }

  /** Keys of sessions that started before the period and do not count yet: their calls decide. */
  earlyKeys(): Key[] {
    return this.#early.flatMap(({ sessionKey, pair }) =>
      sessionKey === null || pair !== undefined ? [] : [sessionKey],
    );
  }

  /** Ignores calls with unknown keys. Negative counts correct what was added in excess. */
  add(call: KeyActivity<Key>): void {
    const session = this.#byKey.get(call.sessionKey);
    if (session === undefined) return;
    if (session.pair === undefined) (session.calls ??= []).push(call);
    else addCall(session.pair.calls, call);
  }

  /**
   * For callers that sum the calls of all sessions of a pair themselves and pass them to `addCall`.
   * @param first time of the session's first call in the period, in seconds since 1970: a session that started
   *   earlier counts from then, or not at all
   * @returns undefined for an unknown key
   */
  pairOf(sessionKey: Key, first: number | undefined): SessionPair | undefined {
    const session = this.#byKey.get(sessionKey);
    if (session === undefined || session.pair !== undefined || first === undefined) return session?.pair;
    return this.#count(session, first);
  }

  addCall(pair: SessionPair, call: SessionCall): void {
    addCall(pair.calls, call);
  }

  /** Sorted. Call it once, at the end. */
  rows(): AssumptionRow[] {
    for (const session of this.#early) {
      const { calls = [] } = session;
      const first = calls.map((call) => call.first).sort(compareText)[0];
      if (session.pair !== undefined || first === undefined) continue;
      const pair = this.#count(session, Date.parse(first) / 1000);
      for (const call of calls) addCall(pair.calls, call);
    }
    return [...this.#pairs.values()].flatMap((pairs) => [...pairs.values()].map(toRow)).sort(compareRows);
  }

  /** @param time of the start, or of the first call: seconds since 1970 */
  #count(session: Session<Key>, time: number): SessionPair {
    const pair = this.#pairFor(session, time);
    session.pair = pair;
    pair.sessions += 1;
    widen(pair, time, time);
    this.#addChain(pair.chains, session, time);
    return pair;
  }

  #pairFor({ source, roleArn }: Session<Key>, time: number): SessionPair {
    const key = this.#keys.of(source);
    const pairs = getOrInsertComputed(this.#pairs, key, () => new Map<string, SessionPair>());
    let pair = pairs.get(roleArn);
    if (pair === undefined) {
      pair = { source, roleArn, sessions: 0, first: time, last: time, chains: new Map(), calls: new Map() };
      pairs.set(roleArn, pair);
    }
    return pair;
  }

  #addChain(chains: SessionPair['chains'], session: Session<Key>, time: number): void {
    const path = pathTo(session, this.#byKey);
    const key = path.map((actor) => this.#keys.of(actor)).join('\n');
    const chain = chains.get(key);
    if (chain === undefined) {
      chains.set(key, { path, sessions: 1, first: time, last: time });
      return;
    }
    chain.sessions += 1;
    widen(chain, time, time);
  }
}

/** Equal strings for equal actors: many sessions have the same actor, often the same object. */
class ActorKeys {
  readonly #known = new Map<Actor, string>();

  of(actor: Actor): string {
    const key = getOrInsertComputed(this.#known, actor, () => orderOf([actor]));
    return key;
  }
}

/** Sort key of chains. */
const orderOf = (path: readonly Actor[]): string =>
  JSON.stringify(path.map(({ arn, id, kind }) => [arn, id, kind]));

function compareRows(a: AssumptionRow, b: AssumptionRow): number {
  return (
    compareText(a.source.arn, b.source.arn) ||
    compareText(a.source.id ?? '', b.source.id ?? '') ||
    compareText(a.roleArn, b.roleArn)
  );
}

/** Sources from the original caller to the one that started this session. */
function pathTo<Key extends SessionKey>(
  session: Session<Key>,
  byKey: ReadonlyMap<Key, Session<Key>>,
): Actor[] {
  const sessions = [session];
  for (let parent = parentOf(session, byKey); parent !== undefined; parent = parentOf(parent, byKey)) {
    if (sessions.length === MAX_CHAIN || sessions.includes(parent)) break;
    sessions.push(parent);
  }
  return sessions.map(({ source }) => source).reverse();
}

const parentOf = <Key extends SessionKey>(
  { callerKey }: Session<Key>,
  byKey: ReadonlyMap<Key, Session<Key>>,
): Session<Key> | undefined => (callerKey === null ? undefined : byKey.get(callerKey));

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

function widen<Time extends string | number>(
  times: { first: Time; last: Time },
  first: Time,
  last: Time,
): void {
  if (first < times.first) times.first = first;
  if (last > times.last) times.last = last;
}

function toRow(pair: SessionPair): AssumptionRow {
  const chains = [...pair.chains.values()]
    .map((chain) => ({ chain, order: orderOf(chain.path) }))
    .sort(compareBy(({ order }) => order))
    .map(({ chain }) => ({ ...chain, first: iso(chain.first), last: iso(chain.last) }));
  return {
    source: pair.source,
    roleArn: pair.roleArn,
    sessions: pair.sessions,
    first: iso(pair.first),
    last: iso(pair.last),
    origins: originsOf(chains),
    chains,
    calls: [...pair.calls]
      .filter(([, { count }]) => count > 0)
      .sort(compareBy(([key]) => key))
      .map(([, call]) => call),
  };
}

function originsOf(chains: readonly Chain[]): AssumptionRow['origins'] {
  const sessions = new Map<string, number>();
  for (const chain of chains) {
    increment(sessions, at(chain.path, 0).arn, chain.sessions);
  }
  return [...sessions].map(([arn, count]) => ({ arn, sessions: count })).sort(compareBy(({ arn }) => arn));
}
