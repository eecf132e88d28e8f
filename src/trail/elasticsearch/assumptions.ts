import { assumedRole } from '../identity.js';
import { outcomeOf } from '../outcome.js';
import { joinSessions, LOOKBACK_HOURS } from '../sessions.js';
import type { AssumptionRow, KeyActivity, SessionStart } from '../types.js';
import { groups } from './composite.js';
import { identityOf, type Extras } from './duplicates.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName, Values } from './layouts.js';
import {
  actorOf,
  isInScope,
  isRoleSession,
  keyActivity,
  KEY_FIELDS,
  RECORD_FIELDS,
  SESSION_KEY,
} from './rows.js';
import { hasErrorCode, hasTooLongValue, hasValue, scopeQuery, type Scope } from './scopes.js';

const START_NAMES = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];
const START_FIELDS: readonly FieldName[] = [
  ...RECORD_FIELDS,
  'eventID',
  'sharedEventID',
  SESSION_KEY,
  'requestParameters.roleArn',
  'requestParameters.roleSessionName',
  'responseElements.credentials.accessKeyId',
  'responseElements.assumedRoleUser.arn',
];

/** The role sessions of the period with what was done in them. */
export async function readAssumptions(reader: IndexReader, extras: Extras): Promise<AssumptionRow[]> {
  const starts: SessionStart[] = [];
  await Promise.all(
    reader.scopes.map((scope) =>
      reader.guardInTurn(scope, 'reading role sessions', () => readStarts(reader, scope, starts)),
    ),
  );
  const keys = [...new Set(starts.flatMap(({ sessionKey }) => sessionKey ?? []))].sort();
  const calls: KeyActivity[] = [];
  const { keysPerQuery } = reader.searcher.tuning;
  await Promise.all(
    reader.scopes.flatMap((scope) =>
      Array.from({ length: Math.ceil(keys.length / keysPerQuery) }, (_, part) =>
        reader.guardInTurn(scope, 'reading what was done in role sessions', () =>
          readCalls(reader, scope, keys.slice(part * keysPerQuery, (part + 1) * keysPerQuery), calls),
        ),
      ),
    ),
  );
  reader.count('sessionStarts', starts.length);
  return joinSessions(starts, mergeCalls(calls, extras).values(), reader.period);
}

async function readStarts(reader: IndexReader, scope: Scope, starts: SessionStart[]): Promise<void> {
  const { table, span, searcher } = reader;
  const filter = [
    hasValue(table, 'eventSource', ['sts.amazonaws.com']),
    hasValue(table, 'eventName', START_NAMES),
  ];
  const mustNot = [hasErrorCode(table)];
  const since = { from: span.from - LOOKBACK_HOURS * 3_600_000, to: span.to };
  const found = await foldHits(
    searcher.of('sessions'),
    table,
    scopeQuery(table, scope, since, { filter, mustNot }),
    START_FIELDS,
    () => ({ seen: new Set<string>(), starts: new Array<SessionStart>() }),
    (result, hit) => {
      const identity = identityOf(hit);
      if (identity !== null && result.seen.has(identity)) return;
      if (identity !== null) result.seen.add(identity);
      const start = sessionStart(hit);
      if (start !== null && isInScope(hit.values, reader.accountIds)) result.starts.push(start);
    },
  );
  for (const start of found.starts) starts.push(start);
}

function sessionStart({ values, time }: Hit): SessionStart | null {
  // A code too long for its keyword is not indexed: the query finds those records as if they had succeeded.
  if (outcomeOf(values.errorCode ?? null) !== 'succeeded') return null;
  const roleArn = assumedRole(
    values['requestParameters.roleArn'] ?? null,
    values['responseElements.assumedRoleUser.arn'] ?? null,
  );
  if (roleArn === null) return null;
  return {
    sessionKey: values['responseElements.credentials.accessKeyId'] ?? null,
    callerKey: values[SESSION_KEY] ?? null,
    source: actorOf(values),
    roleArn,
    sessionName: values['requestParameters.roleSessionName'] ?? null,
    time,
    sharedEventId: values.sharedEventID ?? null,
    eventId: values.eventID ?? '',
  };
}

async function readCalls(
  reader: IndexReader,
  scope: Scope,
  keys: readonly string[],
  calls: KeyActivity[],
): Promise<void> {
  const { table, span } = reader;
  const searcher = reader.searcher.of('session calls');
  const inSessions = hasValue(table, SESSION_KEY, keys);
  const tooLong = hasTooLongValue(table, KEY_FIELDS);
  const by: readonly FieldName[] =
    scope.accountId === null ? [...KEY_FIELDS, 'userIdentity.accountId'] : KEY_FIELDS;
  const isWanted = (values: Values): boolean =>
    isRoleSession(values) && (scope.accountId !== null || isInScope(values, reader.accountIds));
  const grouped = scopeQuery(table, scope, span, { filter: [inSessions], mustNot: [tooLong] });
  for await (const group of groups(searcher, table, grouped, by)) {
    if (isWanted(group.values)) calls.push(keyActivity(group.values, group));
  }
  const single = scopeQuery(table, scope, span, { filter: [inSessions, tooLong] });
  const found = await foldHits(
    searcher,
    table,
    single,
    by,
    () => new Array<KeyActivity>(),
    (result, { values, time }) => {
      if (isWanted(values)) result.push(keyActivity(values, { count: 1, first: time, last: time }));
    },
  );
  for (const call of found) calls.push(call);
}

/** One row per session and call, without what the index holds twice. */
function mergeCalls(calls: readonly KeyActivity[], extras: Extras): Map<string, KeyActivity> {
  const merged = new Map<string, KeyActivity>();
  const add = (call: KeyActivity, isExtra: boolean): void => {
    const key = JSON.stringify([
      call.sessionKey,
      call.eventSource,
      call.eventName,
      call.apiCall,
      call.outcome,
    ]);
    const before = merged.get(key);
    if (before !== undefined) {
      const first = call.first < before.first ? call.first : before.first;
      const last = call.last > before.last ? call.last : before.last;
      merged.set(key, { ...before, count: before.count + call.count, first, last });
    } else if (!isExtra) merged.set(key, call);
  };
  const sessions = new Set<string>();
  for (const call of calls) {
    add(call, false);
    sessions.add(call.sessionKey);
  }
  for (const session of sessions) for (const call of extras.calls.get(session) ?? []) add(call, true);
  return merged;
}
