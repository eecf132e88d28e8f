import type { Period } from '../period.js';
import { addCounts, compareText } from './aggregate.js';
import type { Actor, AssumptionRow, Chain, KeyActivity, SessionCall, SessionStart } from './types.js';

/** A role session lasts 12 hours at most (IAM User Guide: Methods to assume a role), so none reaches further back. */
export const LOOKBACK_HOURS = 12;

/** A chain with more sources than this, or one that bites its tail, is cut: the nearest are kept. */
export const MAX_CHAIN = 10;

type Growing<T> = { -readonly [K in keyof T]: T[K] };

interface Pair {
  readonly source: Actor;
  readonly roleArn: string;
  sessions: number;
  first: string;
  last: string;
  readonly chains: Map<string, Growing<Chain>>;
  readonly calls: Map<string, SessionCall>;
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
  const sessions = distinctSessions(starts);
  const byKey = new Map<string, SessionStart>();
  for (const start of sessions) if (start.sessionKey !== null) byKey.set(start.sessionKey, start);

  const callsByKey = new Map<string, KeyActivity[]>();
  for await (const call of activity) {
    if (!byKey.has(call.sessionKey)) continue;
    const list = callsByKey.get(call.sessionKey);
    if (list === undefined) callsByKey.set(call.sessionKey, [call]);
    else list.push(call);
  }

  const pairs = new Map<string, Pair>();
  for (const start of sessions) {
    const calls = start.sessionKey === null ? [] : (callsByKey.get(start.sessionKey) ?? []);
    const early = start.time < period.start;
    const firstCall = calls.reduce<string | null>(
      (min, c) => (min === null || c.first < min ? c.first : min),
      null,
    );
    if (early && firstCall === null) continue;
    const time = early && firstCall !== null ? firstCall : start.time;
    const pair = pairFor(pairs, start, time);
    pair.sessions += 1;
    if (time < pair.first) pair.first = time;
    if (time > pair.last) pair.last = time;
    addChain(pair.chains, pathTo(start, byKey), time);
    for (const call of calls) addCall(pair.calls, call);
  }
  return [...pairs.values()].map(toRow).sort(compareRows);
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

/** Of two ARNs of one role: the one with the path, which a copy that is redacted lacks. */
function withPath(roleArn: string, other: string): string {
  const plain = (arn: string): string => arn.replace(/:role\/.*\//s, ':role/');
  return roleArn === plain(other) ? other : roleArn;
}

/** The caller's own copy names the caller; the other account's copy has only an account and an id. */
function isBetter(a: SessionStart, b: SessionStart): boolean {
  const rank = (start: SessionStart): number => (start.source.kind === 'external' ? 1 : 0);
  return (
    rank(a) < rank(b) ||
    (rank(a) === rank(b) && compareText(`${a.time}${a.eventId}`, `${b.time}${b.eventId}`) < 0)
  );
}

function pairFor(pairs: Map<string, Pair>, start: SessionStart, time: string): Pair {
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
  if (time < chain.first) chain.first = time;
  if (time > chain.last) chain.last = time;
}

function addCall(calls: Map<string, SessionCall>, call: KeyActivity): void {
  const { eventSource, eventName, apiCall, outcome, count, first, last } = call;
  const key = [eventSource, eventName, apiCall, outcome].join('\n');
  const before = calls.get(key);
  calls.set(
    key,
    before === undefined
      ? { eventSource, eventName, apiCall, outcome, count, first, last }
      : addCounts(before, call),
  );
}

function toRow(pair: Pair): AssumptionRow {
  const chains = [...pair.chains].sort(([a], [b]) => compareText(a, b)).map(([, chain]) => chain);
  return {
    source: pair.source,
    roleArn: pair.roleArn,
    sessions: pair.sessions,
    first: pair.first,
    last: pair.last,
    origins: originsOf(chains),
    chains,
    calls: [...pair.calls].sort(([a], [b]) => compareText(a, b)).map(([, call]) => call),
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
