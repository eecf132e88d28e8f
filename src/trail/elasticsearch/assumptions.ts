import type { Period } from '../../period.js';
import { assumedRole } from '../identity.js';
import { Once } from '../once.js';
import { outcomeOf } from '../outcome.js';
import { LOOKBACK_HOURS, SessionJoin } from '../sessions.js';
import type { AssumptionRow, SessionStart } from '../types.js';
import { identityOf, type Extras } from './duplicates.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName } from './layouts.js';
import { withOriginal } from './original.js';
import { actorOf, isInScope, RECORD_FIELDS, SESSION_KEY } from './rows.js';
import { hasErrorCode, hasValue, scopeQuery, type Scope } from './scopes.js';
import { readCalls } from './session-calls.js';

const START_NAMES = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];
const START_FIELDS: readonly FieldName[] = [
  ...RECORD_FIELDS.filter((field) => field !== 'eventType'),
  'eventID',
  'sharedEventID',
  SESSION_KEY,
  'requestParameters.roleArn',
  'responseElements.credentials.accessKeyId',
  'responseElements.assumedRoleUser.arn',
];

/** The role sessions of the period with what was done in them; a session may start in one group of indices and act in another. */
export async function readAssumptions(
  parts: readonly { readonly reader: IndexReader; readonly extras: Extras }[],
  period: Period,
): Promise<AssumptionRow[]> {
  const starts: SessionStart[] = [];
  const once = new Once();
  for (const { reader } of parts) {
    await Promise.all(
      reader.scopes.map((scope) =>
        reader.guardInTurn(scope, 'reading role sessions', () => readStarts(reader, scope, once, starts)),
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

async function readStarts(
  reader: IndexReader,
  scope: Scope,
  once: Once,
  starts: SessionStart[],
): Promise<void> {
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
      const start = sessionStart({ ...hit, values: withOriginal(hit.values) }, once);
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
function sessionStart(
  { values, time }: Pick<Hit, 'values' | 'time'>,
  once: Once,
): SessionStart | 'unnamed' | null {
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
    source: once.actor(actorOf(values)),
    roleArn: once.text(roleArn),
    time,
    sharedEventId: values.sharedEventID ?? null,
    eventId: values.eventID ?? '',
  };
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
