import { identify } from '../identity.js';
import { outcomeOf } from '../outcome.js';
import { personOf } from '../people.js';
import type { ActivityRow, Actor, KeyActivity, PersonRow, RawActor, SessionCall } from '../types.js';
import type { FieldName, Values } from './layouts.js';

export const ISSUER = 'userIdentity.sessionContext.sessionIssuer.arn';
const ISSUER_ID = 'userIdentity.sessionContext.sessionIssuer.principalId';
export const SESSION_KEY = 'userIdentity.accessKeyId';

export const SOURCE_IDENTITY = 'userIdentity.sessionContext.sourceIdentity';

export const CALL_FIELDS: readonly FieldName[] = ['eventSource', 'eventName', 'eventType', 'errorCode'];

/** What tells the callers apart where the issuer of the session names the role: the rest would name each session. */
export const ISSUED_FIELDS: readonly FieldName[] = [
  'recipientAccountId',
  ISSUER,
  ISSUER_ID,
  'userIdentity.accountId',
  ...CALL_FIELDS,
];

/** The same for all others. */
export const OTHER_FIELDS: readonly FieldName[] = [
  'recipientAccountId',
  'userIdentity.type',
  'userIdentity.arn',
  'userIdentity.principalId',
  'userIdentity.accountId',
  'userIdentity.invokedBy',
  ...CALL_FIELDS,
];

/** The same without what was called: only the outcome matters. */
export const WEEK_ISSUED_FIELDS: readonly FieldName[] = [
  ...ISSUED_FIELDS.filter((field) => !CALL_FIELDS.includes(field)),
  'errorCode',
];
export const WEEK_OTHER_FIELDS: readonly FieldName[] = [
  ...OTHER_FIELDS.filter((field) => !CALL_FIELDS.includes(field)),
  'errorCode',
];

/** All of both, for single records. */
export const RECORD_FIELDS: readonly FieldName[] = [...new Set([...ISSUED_FIELDS, ...OTHER_FIELDS])];

/** Who stands behind the sessions of roles. */
export const PERSON_FIELDS: readonly FieldName[] = [...ISSUED_FIELDS, 'userIdentity.arn', SOURCE_IDENTITY];

export const KEY_FIELDS: readonly FieldName[] = [SESSION_KEY, ISSUER, ...CALL_FIELDS];

export const actorOf = (values: Values): Actor => identify(rawActor(values));

function rawActor(values: Values): RawActor {
  const issuerArn = values[ISSUER] ?? null;
  const other = (field: FieldName): string | null => (issuerArn === null ? (values[field] ?? null) : null);
  return {
    type: values['userIdentity.type'] ?? null,
    arn: other('userIdentity.arn'),
    principalId: other('userIdentity.principalId'),
    accountId: values['userIdentity.accountId'] ?? null,
    issuerArn,
    issuerId: values[ISSUER_ID] ?? null,
    invokedBy: other('userIdentity.invokedBy'),
  };
}

/** The account whose trail recorded it, as far as the record says. */
export const recordedIn = (values: Values): string | null =>
  values.recipientAccountId ?? values['userIdentity.accountId'] ?? null;

/** Records that name no account at all are kept: they are somebody's. */
export function isInScope(values: Values, accountIds: ReadonlySet<string>): boolean {
  const account = recordedIn(values);
  return account === null || accountIds.has(account);
}

/** Calls made in a role's session have the session's own key. */
export const isRoleSession = (values: Values): boolean => values[ISSUER]?.includes(':role/') === true;

export interface Counted {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export function activityRow(values: Values, counted: Counted): ActivityRow {
  const actor = actorOf(values);
  const errorCode = values.errorCode ?? null;
  return {
    actor,
    recipientAccountId: recordedIn(values) ?? actor.accountId ?? 'unknown',
    eventSource: values.eventSource ?? '',
    eventName: values.eventName ?? '',
    apiCall: isApiCall(values),
    outcome: outcomeOf(errorCode),
    errorCode,
    count: counted.count,
    first: counted.first,
    last: counted.last,
  };
}

/** @returns null when the record is not of a role's session, or does not name it */
export function personRow(values: Values, counted: Counted): PersonRow | null {
  const person = personOf({
    issuerArn: values[ISSUER] ?? null,
    arn: values['userIdentity.arn'] ?? null,
    sourceIdentity: values[SOURCE_IDENTITY] ?? null,
  });
  if (person === null) return null;
  const { actor, recipientAccountId, eventSource, eventName, apiCall, outcome } = activityRow(
    values,
    counted,
  );
  const { count, first, last } = counted;
  const call = { eventSource, eventName, apiCall, outcome, count, first, last };
  return { actor, recipientAccountId, ...person, ...call };
}

export const keyActivity = (values: Values, counted: Counted): KeyActivity => ({
  sessionKey: values[SESSION_KEY] ?? '',
  ...sessionCall(values, counted),
});

export function sessionCall(values: Values, counted: Counted): SessionCall {
  return {
    eventSource: values.eventSource ?? '',
    eventName: values.eventName ?? '',
    apiCall: isApiCall(values),
    outcome: outcomeOf(values.errorCode ?? null),
    count: counted.count,
    first: counted.first,
    last: counted.last,
  };
}

/** CloudTrail User Guide, Record contents: eventType. */
function isApiCall(values: Values): boolean {
  return values.eventType !== 'AwsServiceEvent' && values.eventType !== 'AwsConsoleSignIn';
}
