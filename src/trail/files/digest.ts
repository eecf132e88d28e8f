import { identify } from '../identity.js';
import { outcomeOf } from '../outcome.js';
import { type Person, personOf } from '../people.js';
import { resourcesOf } from '../resources/extract.js';
import { absorb, type Resources } from '../resources/set.js';
import { isoSeconds } from '../time.js';
import type { ActivityRow, KeyActivity, SessionStart } from '../types.js';
import type { Contents } from './containers.js';
import { readRecord, type LogRecord } from './record.js';

/** What is kept of a file: each kind of call once, and per event a few numbers. Plain data, so that a thread can send it. */
export interface FileDigest {
  readonly groups: readonly Group[];
  /** Per event: index into `groups`; seconds since 1970; identity hash (0: no eventID, never a duplicate). */
  readonly group: Int32Array;
  readonly time: Float64Array;
  readonly identity: Float64Array;
  readonly starts: readonly { readonly event: number; readonly start: SessionStart }[];
  /** Per group, of all its events (a duplicate names the same again); null where they do not count. */
  readonly resources: readonly (Resources | null)[];
  readonly counts: Readonly<Record<CountName, number>>;
  /** Lines or entries that are not JSON: what they held is lost. */
  readonly damaged: number;
}

export type CountName =
  | 'recordsRead'
  | 'recordsOutsidePeriod'
  | 'recordsOtherAccounts'
  | 'recordsNotEvents'
  | 'malformedRecords'
  | 'digestFiles';

type Timeless<T> = Omit<T, 'count' | 'first' | 'last'>;

export interface Group {
  readonly activity: Timeless<ActivityRow>;
  /** The same call as part of a role session, when it was made with a session's key. */
  readonly session: Timeless<KeyActivity> | null;
  /** Who stands behind a call in a role's session. */
  readonly person: Person | null;
  readonly dataEvent: boolean;
  /** Before the period: only the starts of sessions that reach into it matter. */
  readonly lookback: boolean;
}

export interface Scope {
  readonly start: string;
  readonly end: string;
  /** Start of the time in which sessions may have begun that reach into the period. */
  readonly lookback: string;
  readonly accountIds: readonly string[];
}

const STARTS = new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

export function digestContents(contents: Contents, scope: Scope): FileDigest {
  const accounts = new Set(scope.accountIds);
  const groups: Group[] = [];
  const indexes = new Map<string, number>();
  const [group, time, identity]: [number[], number[], number[]] = [[], [], []];
  const starts: { event: number; start: SessionStart }[] = [];
  const resources: (Resources | null)[] = [];
  const counts = {
    recordsRead: 0,
    recordsOutsidePeriod: 0,
    recordsOtherAccounts: 0,
    recordsNotEvents: 0,
    malformedRecords: contents.malformed,
    digestFiles: contents.digest ? 1 : 0,
  };
  for (const value of contents.records) {
    counts.recordsRead += 1;
    const record = readRecord(value);
    const when = record === null ? null : isoSeconds(record.eventTime);
    if (record === null || when === null) {
      counts.malformedRecords += 1;
      continue;
    }
    if (record.category === 'Insight' || record.category === 'AwsCloudTrailInsight') {
      counts.recordsNotEvents += 1;
      continue;
    }
    if (record.recipientAccountId !== null && !accounts.has(record.recipientAccountId)) {
      counts.recordsOtherAccounts += 1;
      continue;
    }
    const start = sessionStart(record, when);
    const lookback = when < scope.start;
    if (when >= scope.end || when < scope.lookback || (lookback && start === null)) {
      counts.recordsOutsidePeriod += 1;
      continue;
    }
    if (start !== null) starts.push({ event: group.length, start });
    const index = indexOf(groups, indexes, record, lookback);
    group.push(index);
    const found = resourcesIn(record, groups[index]);
    const before = resources[index] ?? null;
    resources[index] = before === null || found === null ? found : absorb(before, found);
    time.push(Date.parse(when) / 1000);
    identity.push(record.eventId === null ? 0 : identityHash(record, when));
  }
  return {
    groups,
    group: Int32Array.from(group),
    time: Float64Array.from(time),
    identity: Float64Array.from(identity),
    starts,
    resources,
    counts,
    damaged: contents.malformed,
  };
}

function indexOf(
  groups: Group[],
  indexes: Map<string, number>,
  record: LogRecord,
  lookback: boolean,
): number {
  const { actor: raw, person, eventSource, eventName, errorCode, apiCall, dataEvent } = record;
  const sessionKey = raw.issuerArn?.includes(':role/') === true ? record.accessKeyId : null;
  const key = JSON.stringify([
    Object.values(raw),
    record.recipientAccountId,
    eventSource,
    eventName,
    errorCode,
    apiCall,
    dataEvent,
    sessionKey,
    lookback,
    // Only of sessions; one access key is one session, so there are hardly more groups for it.
    raw.issuerArn === null ? null : [person.arn, person.sourceIdentity],
  ]);
  let index = indexes.get(key);
  if (index === undefined) {
    const actor = identify(raw);
    const outcome = outcomeOf(errorCode);
    index = groups.length;
    indexes.set(key, index);
    groups.push({
      activity: {
        actor,
        recipientAccountId: record.recipientAccountId ?? actor.accountId ?? 'unknown',
        eventSource,
        eventName,
        apiCall,
        outcome,
        errorCode,
      },
      session: sessionKey === null ? null : { sessionKey, eventSource, eventName, apiCall, outcome },
      person: personOf(person),
      dataEvent,
      lookback,
    });
  }
  return index;
}

/** @returns null for calls whose resources do not count: from before the period, no API call, not succeeded */
function resourcesIn(record: LogRecord, group: Group | undefined): Resources | null {
  if (group === undefined || group.lookback) return null;
  const { activity } = group;
  if (activity.outcome !== 'succeeded' || !activity.apiCall) return null;
  return resourcesOf(activity, record.listedArns, (name) => {
    const value = record.requestParameters[name];
    return typeof value === 'string' ? value : undefined;
  });
}

function sessionStart(record: LogRecord, time: string): SessionStart | null {
  const { roleArn, sessionKey, sessionName } = record.session;
  if (!STARTS.has(record.eventName) || record.eventSource !== 'sts.amazonaws.com') return null;
  if (record.errorCode !== null || roleArn === null) return null;
  return {
    sessionKey,
    callerKey: record.accessKeyId,
    source: identify(record.actor),
    roleArn,
    sessionName,
    time,
    sharedEventId: record.sharedEventId,
    eventId: record.eventId ?? '',
  };
}

/**
 * 53 bits of what makes two records the same event: id, time, source, name and account. Ids alone are reused by redacted
 * and example data. Among 2 million events a false match has a chance of 1 in 4,000. (cyrb53: public domain.)
 */
function identityHash(record: LogRecord, time: string): number {
  const text = `${record.eventId ?? ''} ${time} ${record.eventSource} ${record.eventName} ${record.recipientAccountId ?? ''}`;
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0) + 1;
}
