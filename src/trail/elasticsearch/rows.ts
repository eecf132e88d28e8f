import { identify } from '../identity.js';
import { personOf, sessionNameOf } from '../people.js';
import {
  isApiCall,
  isNetworkActivity,
  isNetworkCopy,
  outcomeOf,
  recordedIn,
  type RecordFacts,
} from '../rules.js';
import type { ActivityRow, Actor, KeyActivity, PersonRow, RawActor, SessionCall } from '../types.js';
import { SIGN_IN_FIELDS, type FieldName, type Values } from './layouts.js';

export const ISSUER = 'userIdentity.sessionContext.sessionIssuer.arn';
const ISSUER_ID = 'userIdentity.sessionContext.sessionIssuer.principalId';
export const SESSION_KEY = 'userIdentity.accessKeyId';

export const SOURCE_IDENTITY = 'userIdentity.sessionContext.sourceIdentity';

export const CALL_FIELDS: readonly FieldName[] = ['eventSource', 'eventName', 'eventType', 'errorCode'];

/** Fields that identify the caller if the session issuer is the role: others would identify each session. */
export const ISSUED_FIELDS: readonly FieldName[] = [
  'recipientAccountId',
  ISSUER,
  ISSUER_ID,
  'userIdentity.accountId',
  ...CALL_FIELDS,
];

/** The same for all other callers. */
export const OTHER_FIELDS: readonly FieldName[] = [
  'recipientAccountId',
  'userIdentity.type',
  'userIdentity.arn',
  'userIdentity.principalId',
  'userIdentity.accountId',
  'userIdentity.invokedBy',
  ...CALL_FIELDS,
];

/** The same without the call: only the outcome matters. */
export const WEEK_ISSUED_FIELDS: readonly FieldName[] = [
  ...ISSUED_FIELDS.filter((field) => !CALL_FIELDS.includes(field)),
  'errorCode',
];
export const WEEK_OTHER_FIELDS: readonly FieldName[] = [
  ...OTHER_FIELDS.filter((field) => !CALL_FIELDS.includes(field)),
  'errorCode',
];

/** All fields of both. */
export const RECORD_FIELDS: readonly FieldName[] = [...new Set([...ISSUED_FIELDS, ...OTHER_FIELDS])];

/** The same for single records. */
export const SINGLE_FIELDS: readonly FieldName[] = [...RECORD_FIELDS, ...SIGN_IN_FIELDS];

/** Fields that identify the person behind a role session. */
export const PERSON_FIELDS: readonly FieldName[] = [...ISSUED_FIELDS, 'userIdentity.arn', SOURCE_IDENTITY];

/** The same if `userIdentity.arn` does not have the session name. */
export const UNNAMED_PERSON_FIELDS: readonly FieldName[] = [
  ...ISSUED_FIELDS,
  'userIdentity.principalId',
  SOURCE_IDENTITY,
];

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

/** The account whose trail recorded it, as far as known. */
export const accountIn = (values: Values): string | null =>
  recordedIn(values.recipientAccountId ?? null, values['userIdentity.accountId'] ?? null);

function factsIn(values: Values): RecordFacts {
  const answered = SIGN_IN_FIELDS.find((field) => (values[field] ?? null) !== null);
  return {
    eventType: values.eventType ?? null,
    eventSource: values.eventSource ?? null,
    errorCode: values.errorCode ?? null,
    signIn: answered === undefined ? null : (values[answered] ?? null),
  };
}

/** Whether another record has the same call. */
export const isCopy = (values: Values): boolean => isNetworkCopy(factsIn(values));

/** Records without any account are included: their account is unknown. */
export function isInScope(values: Values, accountIds: ReadonlySet<string>): boolean {
  const account = accountIn(values);
  return account === null || accountIds.has(account);
}

/** Calls in a role session have the key of the session. */
export const isRoleSession = (values: Values): boolean => values[ISSUER]?.includes(':role/') === true;

export interface Counted {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export function activityRow(values: Values, counted: Counted): ActivityRow {
  const actor = actorOf(values);
  const facts = factsIn(values);
  return {
    actor,
    recipientAccountId: accountIn(values) ?? actor.accountId ?? 'unknown',
    ...callIn(values, facts),
    ...(isNetworkActivity(facts.eventType) ? { networkActivity: true as const } : {}),
    errorCode: facts.errorCode,
    count: counted.count,
    first: counted.first,
    last: counted.last,
  };
}

/** @returns null if the record is not from a role session, has no session name, or is a copy */
export function personRow(values: Values, counted: Counted): PersonRow | null {
  const person = personOf({
    issuerArn: values[ISSUER] ?? null,
    arn: values['userIdentity.arn'] ?? null,
    principalId: values['userIdentity.principalId'] ?? null,
    sourceIdentity: values[SOURCE_IDENTITY] ?? null,
  });
  if (person === null || isCopy(values)) return null;
  const { actor, recipientAccountId, eventSource, eventName, apiCall, outcome } = activityRow(
    values,
    counted,
  );
  const { count, first, last } = counted;
  const call = { eventSource, eventName, apiCall, outcome, count, first, last };
  return { actor, recipientAccountId, ...person, ...call };
}

/** The ARN of a call in a role session, if it lacks the session name; otherwise null. */
export function unnamedArn(values: Values): string | null {
  const arn = values['userIdentity.arn'] ?? null;
  return isRoleSession(values) && arn !== null && sessionNameOf(arn) === null ? arn : null;
}

export const keyActivity = (values: Values, counted: Counted): KeyActivity => ({
  sessionKey: values[SESSION_KEY] ?? '',
  ...sessionCall(values, counted),
});

export const sessionCall = (values: Values, { count, first, last }: Counted): SessionCall => ({
  ...callIn(values, factsIn(values)),
  ...{ count, first, last },
});

/** All queries require source and name. */
const callIn = (
  { eventSource, eventName }: Values,
  facts: RecordFacts,
): Omit<SessionCall, keyof Counted> => ({
  eventSource: eventSource ?? '',
  eventName: eventName ?? '',
  apiCall: isApiCall(facts.eventType),
  outcome: outcomeOf(facts),
});
