import { append, getOrInsertComputed, increment } from '../base/maps.js';
import { compareBy, compareText } from '../base/compare.js';
import type { Period } from '../period.js';
import type { SessionKey } from './distinct-starts.js';
import { iso } from '../base/time.js';
import type { Actor, AssumptionRow, Chain, KeyActivity, SessionCall, SessionStart } from './types.js';

/** A role session lasts 12 hours at most (IAM User Guide: Methods to assume a role), so none reaches further back. */
export const LOOKBACK_HOURS = 12;

/** A chain with more sources than this, or one that bites its tail, is cut: the nearest are kept. */
export const MAX_CHAIN = 10;

type Growing<T> = { -readonly [K in keyof T]: T[K] };

/** The sessions of one source in one role that began in the period, as far as their access keys are known. */
export interface SessionSet<Key extends SessionKey = string> {
  readonly pair: SessionPair;
  readonly keys: readonly Key[];
}

interface ChainCounts {
  readonly path: readonly Actor[];
  sessions: number;
  /** Seconds since 1970, as the other. */
  first: number;
  last: number;
}

/** All sessions of a source in a role, while they are counted. */
export interface SessionPair {
  readonly source: Actor;
  readonly roleArn: string;
  sessions: number;
  /** Seconds since 1970, as the other. */
  first: number;
  last: number;
  readonly chains: Map<string, ChainCounts>;
  readonly calls: Map<string, Growing<SessionCall>>;
}

interface Session<Key extends SessionKey> extends Omit<SessionStart<Key>, 'eventId' | 'sharedEventId'> {
  /** Absent while it is not known whether it counts at all: it began before the period. */
  pair: SessionPair | undefined;
  /** What was done in it meanwhile. */
  calls: KeyActivity<Key>[] | undefined;
}

/**
 * Joins the starts of role sessions with what was done inside them, by the session's access key. One access key is one
 * session, also when the trails of both accounts recorded its start. A session that began before the period counts from
 * its first call in the period, or not at all. Sources that are AWS services are kept: a role they use is in use. Calls
 * come bit by bit and are added up at once, so that millions need no room.
 */
export class SessionJoin<Key extends SessionKey = string> {
  readonly #byKey = new Map<Key, Session<Key>>();
  #early: Session<Key>[] = [];
  /** By the keys of sources and the ARNs of roles. */
  readonly #pairs = new Map<string, Map<string, SessionPair>>();
  readonly #keys = new ActorKeys();
  readonly #begin: number;

  constructor(period: Period) {
    this.#begin = Date.parse(period.start) / 1000;
  }

  /** @param starts of different sessions. One that is known already is passed over */
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
   * Forgets sessions of which no call comes any more, nor another session that was started from them.
   * @param before when they began: seconds since 1970
   */
  forget(before: number): void {
    for (const [key, { time }] of this.#byKey) if (time < before) this.#byKey.delete(key);
    this.#early = this.#early.filter(({ time }) => time >= before);
  }

  /** The sessions whose calls may be added without telling them apart: all but those that began before the period. */
  sets(): SessionSet<Key>[] {
    const keysOf = new Map<SessionPair, Key[]>();
    for (const [key, { pair }] of this.#byKey) {
      if (pair === undefined) continue;
      append(keysOf, pair, key);
    }
    return [...keysOf].map(([pair, keys]) => ({ pair, keys }));
  }

  /** Of the sessions that began before the period and do not count yet: whether they do, their calls tell. */
  earlyKeys(): Key[] {
    return this.#early.flatMap(({ sessionKey, pair }) =>
      sessionKey === null || pair !== undefined ? [] : [sessionKey],
    );
  }

  /** Calls with other keys are passed over. Counts below zero take off what was added too much. */
  add(call: KeyActivity<Key>): void {
    const session = this.#byKey.get(call.sessionKey);
    if (session === undefined) return;
    if (session.pair === undefined) (session.calls ??= []).push(call);
    else addCall(session.pair.calls, call);
  }

  /**
   * For callers that add up themselves what was done in all sessions of a pair, and hand it to `addCall`.
   * @param first time of the session's first call in the period, in seconds since 1970: one that began before counts from there,
   *   or not at all
   * @returns undefined for a key that is no session's
   */
  pairOf(sessionKey: Key, first: number | undefined): SessionPair | undefined {
    const session = this.#byKey.get(sessionKey);
    if (session === undefined || session.pair !== undefined || first === undefined) return session?.pair;
    return this.#count(session, first);
  }

  addCall(pair: SessionPair, call: SessionCall): void {
    addCall(pair.calls, call);
  }

  /** Sorted. To be called once, at the end. */
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

  /** @param time when it began, or was seen first: seconds since 1970 */
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

/** Texts that are the same for the same actors: many sessions have one, of which engines hand over one object. */
class ActorKeys {
  readonly #known = new Map<Actor, string>();

  of(actor: Actor): string {
    const key = getOrInsertComputed(this.#known, actor, () => orderOf([actor]));
    return key;
  }
}

/** Chains are in the order of these. */
const orderOf = (path: readonly Actor[]): string =>
  JSON.stringify(path.map(({ arn, id, kind }) => [arn, id, kind]));

function compareRows(a: AssumptionRow, b: AssumptionRow): number {
  return (
    compareText(a.source.arn, b.source.arn) ||
    compareText(a.source.id ?? '', b.source.id ?? '') ||
    compareText(a.roleArn, b.roleArn)
  );
}

/** The sources from the first to the one that started this session. */
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
    const arn = chain.path[0]?.arn ?? '';
    increment(sessions, arn, chain.sessions);
  }
  return [...sessions].map(([arn, count]) => ({ arn, sessions: count })).sort(compareBy(({ arn }) => arn));
}
