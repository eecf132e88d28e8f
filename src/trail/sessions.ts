import type { Period } from '../period.js';
import { addCounts, compareText } from './aggregate.js';
import type { Actor, AssumptionRow, KeyActivity, SessionCall, SessionStart } from './types.js';

/** A role session lasts 12 hours at most (IAM User Guide: Methods to assume a role), so none reaches further back. */
export const LOOKBACK_HOURS = 12;

interface Pair {
  readonly source: Actor;
  readonly roleArn: string;
  sessions: number;
  first: string;
  last: string;
  readonly origins: Map<string, number>;
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
    const origin = originOf(start, byKey);
    pair.origins.set(origin, (pair.origins.get(origin) ?? 0) + 1);
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
  };
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
    pair = { source, roleArn, sessions: 0, first: time, last: time, origins: new Map(), calls: new Map() };
    pairs.set(key, pair);
  }
  return pair;
}

function originOf(start: SessionStart, byKey: ReadonlyMap<string, SessionStart>): string {
  const seen = new Set<SessionStart>();
  let current = start;
  while (!seen.has(current)) {
    seen.add(current);
    const parent = current.callerKey === null ? undefined : byKey.get(current.callerKey);
    if (parent === undefined) break;
    current = parent;
  }
  return current.source.arn;
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
  return {
    source: pair.source,
    roleArn: pair.roleArn,
    sessions: pair.sessions,
    first: pair.first,
    last: pair.last,
    origins: [...pair.origins]
      .map(([arn, sessions]) => ({ arn, sessions }))
      .sort((a, b) => compareText(a.arn, b.arn)),
    chains: [],
    calls: [...pair.calls].sort(([a], [b]) => compareText(a, b)).map(([, call]) => call),
  };
}
