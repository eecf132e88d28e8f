import type { Period } from '../../period.js';
import { assumedRole } from '../identity.js';
import { outcomeOf } from '../outcome.js';
import { LOOKBACK_HOURS, SessionJoin } from '../sessions.js';
import type { AssumptionRow, KeyActivity, SessionStart } from '../types.js';
import type { GroupOptions } from './composite.js';
import { identityOf, type Extras } from './duplicates.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName, Values } from './layouts.js';
import { withOriginal } from './original.js';
import {
  actorOf,
  isInScope,
  isRoleSession,
  ISSUER,
  keyActivity,
  KEY_FIELDS,
  RECORD_FIELDS,
  SESSION_KEY,
} from './rows.js';
import {
  hasErrorCode,
  hasTooLongValue,
  hasValue,
  isOfRole,
  scopeQuery,
  type Query,
  type Scope,
  type Span,
} from './scopes.js';
import { groupsIn } from './slices.js';

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

/** The role sessions of the period with what was done in them; a session may start in one group of indices and act in another. */
export async function readAssumptions(
  parts: readonly { readonly reader: IndexReader; readonly extras: Extras }[],
  period: Period,
): Promise<AssumptionRow[]> {
  const starts: SessionStart[] = [];
  for (const { reader } of parts) {
    await Promise.all(
      reader.scopes.map((scope) =>
        reader.guardInTurn(scope, 'reading role sessions', () => readStarts(reader, scope, starts)),
      ),
    );
    warnOfGaps(reader);
  }
  const join = new SessionJoin(starts, period);
  for (const { reader } of parts) await readCalls(reader, join);
  for (const { extras } of parts)
    for (const calls of extras.calls.values()) for (const call of calls) join.add(call);
  return join.rows();
}

async function readStarts(reader: IndexReader, scope: Scope, starts: SessionStart[]): Promise<void> {
  const { table, span } = reader;
  const filter = [
    hasValue(table, 'eventSource', ['sts.amazonaws.com']),
    hasValue(table, 'eventName', START_NAMES),
  ];
  const mustNot = [hasErrorCode(table)];
  // Older shippers kept parameters as text only.
  const isText = !table.fields.has('responseElements.credentials.accessKeyId');
  const since = { from: span.from - LOOKBACK_HOURS * 3_600_000, to: span.to };
  const found = await foldHits(
    reader.ask(scope, 'sessions'),
    table,
    scopeQuery(table, scope, since, { filter, mustNot }),
    isText ? [...START_FIELDS, 'original'] : START_FIELDS,
    () => ({ seen: new Set<string>(), starts: new Array<SessionStart>(), unnamed: 0 }),
    (result, hit) => {
      const identity = identityOf(hit);
      if (identity !== null && result.seen.has(identity)) return;
      if (identity !== null) result.seen.add(identity);
      if (!isInScope(hit.values, reader.accountIds)) return;
      const start = sessionStart({ ...hit, values: withOriginal(hit.values) });
      if (start === 'unnamed') result.unnamed += 1;
      else if (start !== null) result.starts.push(start);
    },
  );
  for (const start of found.starts) starts.push(start);
  reader.count('sessionStartsWithoutRole', found.unnamed);
  reader.count(
    'sessionStartsWithoutKey',
    found.starts.filter(({ sessionKey }) => sessionKey === null).length,
  );
  reader.count('sessionStarts', found.starts.length);
}

/** @returns null: it did not succeed; `unnamed`: which role it was for is not known */
function sessionStart({ values, time }: Pick<Hit, 'values' | 'time'>): SessionStart | 'unnamed' | null {
  // A code too long for its keyword is not indexed: the query finds those records as if they had succeeded.
  if (outcomeOf(values.errorCode ?? null) !== 'succeeded') return null;
  const roleArn = assumedRole(
    values['requestParameters.roleArn'] ?? null,
    values['responseElements.assumedRoleUser.arn'] ?? null,
  );
  if (roleArn === null) return 'unnamed';
  return {
    sessionKey: values['responseElements.credentials.accessKeyId'] ?? null,
    callerKey: values[SESSION_KEY] ?? null,
    source: actorOf(values),
    roleArn,
    time,
    sharedEventId: values.sharedEventID ?? null,
    eventId: values.eventID ?? '',
  };
}

/**
 * The calls of a few sessions are asked for by their keys. Those of many are all calls of roles' sessions, in slices of time: else
 * each part of the index would be asked once for each ten thousand keys.
 */
async function readCalls(reader: IndexReader, join: SessionJoin): Promise<void> {
  const { table, span, searcher } = reader;
  const { keysPerQuery, sessionSliceDocuments } = searcher.tuning;
  const keys = [...join.keys()].sort();
  if (keys.length === 0) return;
  const isFew = keys.length <= keysPerQuery;
  const ofSessions = isFew ? [hasValue(table, SESSION_KEY, keys)] : [];
  const inTurn = (scope: Scope, work: () => Promise<void>): Promise<void> =>
    reader.guardInTurn(scope, 'reading what was done in role sessions', work);
  const parts: { readonly scope: Scope; readonly span: Span }[] = [];
  let documents = 0;
  await Promise.all(
    reader.scopes.map(async (scope) => {
      if (isFew) parts.push({ scope, span });
      else
        await inTurn(scope, async () => {
          for (const window of await reader.windows(scope, sessionSliceDocuments)) {
            parts.push({ scope, span: window });
            documents += window.documents;
          }
        });
    }),
  );
  const options = documents < MANY_CALLS * keys.length ? EVERY_SECOND : {};
  await Promise.all([
    // An issuer that is too long is not indexed.
    ...reader.scopes.map((scope) => inTurn(scope, () => readSingly(reader, scope, ofSessions, join))),
    ...parts.map((part) => inTurn(part.scope, () => readGroups(reader, part, ofSessions, options, join))),
  ]);
}

/** Below so many calls a session on average, hardly two are alike: times are cheaper as part of a group than inside it. */
const MANY_CALLS = 50;
const EVERY_SECOND: GroupOptions = { every: 'second', firstAndLast: false };

/** What tells the calls apart; of records without recipientAccountId also whether they are in scope. */
const callFields = ({ accountIds }: Scope): readonly FieldName[] =>
  accountIds === null ? [...KEY_FIELDS, 'userIdentity.accountId'] : KEY_FIELDS;

const isWanted = (values: Values, scope: Scope, { accountIds }: IndexReader): boolean =>
  scope.accountIds !== null || isInScope(values, accountIds);

async function readGroups(
  reader: IndexReader,
  { scope, span }: { readonly scope: Scope; readonly span: Span },
  ofSessions: readonly Query[],
  options: GroupOptions,
  join: SessionJoin,
): Promise<void> {
  const { table } = reader;
  const filter = [...ofSessions, isOfRole(table)];
  const mustNot = [hasTooLongValue(table, KEY_FIELDS)];
  const queryOf = (part: Span): Query => scopeQuery(table, scope, part, { filter, mustNot });
  const by = callFields(scope).filter((field) => field !== ISSUER);
  const searcher = reader.ask(scope, 'session calls');
  await groupsIn(searcher, table, span, queryOf, by, options, (group) => {
    if (isWanted(group.values, scope, reader)) join.add(keyActivity(group.values, group));
  });
}

async function readSingly(
  reader: IndexReader,
  scope: Scope,
  filter: readonly Query[],
  join: SessionJoin,
): Promise<void> {
  const { table, span } = reader;
  const found = await foldHits(
    reader.ask(scope, 'session calls'),
    table,
    scopeQuery(table, scope, span, { filter: [...filter, hasTooLongValue(table, KEY_FIELDS)] }),
    callFields(scope),
    () => new Array<KeyActivity>(),
    (result, { values, time }) => {
      if (isRoleSession(values) && isWanted(values, scope, reader))
        result.push(keyActivity(values, { count: 1, first: time, last: time }));
    },
  );
  for (const call of found) join.add(call);
}

/** Parts of the answer that the documents do not have, whatever the fields of the index. */
function warnOfGaps({ counts, warnings }: IndexReader): void {
  const [starts, withoutKey, withoutRole] = [
    'sessionStarts',
    'sessionStartsWithoutKey',
    'sessionStartsWithoutRole',
  ].map((name) => counts.get(name) ?? 0) as [number, number, number];
  if (withoutRole > 0) {
    warnings.add(
      `${withoutRole} starts of role sessions do not say of which role, as their parameters are redacted or text only: ` +
        'they are not among the assumptions.',
    );
  }
  if (starts > 0 && withoutKey === starts) {
    warnings.add(
      `None of ${starts} starts of role sessions names the key of the session, so this is not available: what was done in ` +
        'sessions, by who started them.',
    );
  }
}
