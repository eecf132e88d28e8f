import { identify } from '../identity.js';
import { outcomeOf } from '../outcome.js';
import type { ActivityRow, Actor, KeyActivity, RawActor } from '../types.js';
import type { FieldName, Values } from './fields.js';

export const ISSUER = 'userIdentity.sessionContext.sessionIssuer.arn';
export const ISSUER_ID = 'userIdentity.sessionContext.sessionIssuer.principalId';
export const SESSION_KEY = 'userIdentity.accessKeyId';

const CALL_FIELDS: readonly FieldName[] = ['eventSource', 'eventName', 'eventType', 'errorCode'];

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

/** All of both, for single records. */
export const RECORD_FIELDS: readonly FieldName[] = [...new Set([...ISSUED_FIELDS, ...OTHER_FIELDS])];

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

interface Counted {
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

export function keyActivity(values: Values, counted: Counted): KeyActivity {
  return {
    sessionKey: values[SESSION_KEY] ?? '',
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
