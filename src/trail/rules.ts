/**
 * What a CloudTrail record is. Every engine, `ingest` and `check` read records by these rules; the lists are what queries of
 * Elasticsearch ask for. The pages are those of the CloudTrail User Guide. Values are compared without case: indices may hold
 * them in lower case.
 */
import type { Outcome } from './types.js';

type Text = string | null;

/**
 * The values of `eventType` of records that are no API calls and need no IAM permission (CloudTrail record contents: eventType;
 * the examples of AWS Management Console sign-in events have both spellings). AwsConsoleAction is not among them: the console
 * asks for permissions of its own, such as aws-portal:ViewBilling.
 */
export const NOT_API_CALLS = ['AwsServiceEvent', 'AwsConsoleSignIn', 'AwsConsoleSignin'] as const;

/** `eventType` of network activity events (CloudTrail record contents: eventType). */
export const NETWORK_ACTIVITY = ['AwsVpceEvent', 'AwsVpceEvents'] as const;

/** `eventCategory`, or else `eventType`, of Insights events (CloudTrail record contents for Insights events for trails). */
export const INSIGHT_CATEGORIES = ['Insight', 'AwsCloudTrailInsight'] as const;
export const INSIGHT_TYPES = ['AwsCloudTrailInsight'] as const;

/** `eventCategory` of data events (CloudTrail record contents: eventCategory). */
export const DATA_CATEGORIES = ['Data'] as const;

/** The error of a call that the policy of a VPC endpoint denied: no other event records it (Logging network activity events). */
export const DENIED_BY_ENDPOINT = ['VpceAccessDenied'] as const;

/** `eventCategory` of summaries of data events, which name no caller (CloudTrail User Guide: Aggregating data events). */
const AGGREGATED_CATEGORIES = ['Aggregated'] as const;

/** AWS STS operations that start a session of a role (IAM User Guide: Logging IAM and AWS STS API calls with CloudTrail). */
export const SESSION_STARTS = {
  sources: ['sts.amazonaws.com'],
  names: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
} as const;

/**
 * Sign-in events say in `responseElements`, under their own name, whether they succeeded; a failed one has no errorCode
 * (AWS Management Console sign-in events).
 */
export const SIGN_IN = {
  sources: ['signin.amazonaws.com'],
  answers: [
    'ConsoleLogin',
    'CheckMfa',
    'SwitchRole',
    'ExitRole',
    'RenewRole',
    'PasswordRecoveryRequested',
    'PasswordRecoveryCompleted',
    'PasswordUpdated',
  ],
  failures: ['Failure', 'failure'],
} as const;

/** What tells the kind and the outcome of a record; null: the record has no such field. */
export interface RecordFacts {
  readonly eventType: Text;
  readonly eventSource: Text;
  readonly errorCode: Text;
  /** `responseElements` under one of `SIGN_IN.answers`. */
  readonly signIn: Text;
}

const isOneOf = (list: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && list.some((known) => known.toLowerCase() === value.toLowerCase());

/** Whether a record reports an API call, which needs an IAM permission. */
export const isApiCall = (eventType: Text): boolean => !isOneOf(NOT_API_CALLS, eventType);

/** Insights events are about other events, and name no caller and no call at the top. */
export const isInsight = (eventCategory: unknown, eventType: unknown): boolean =>
  typeof eventCategory === 'string' && eventCategory !== ''
    ? isOneOf(INSIGHT_CATEGORIES, eventCategory)
    : isOneOf(INSIGHT_TYPES, eventType);

export const isAggregated = (eventCategory: unknown): boolean =>
  isOneOf(AGGREGATED_CATEGORIES, eventCategory);

/** Whether a record says that a call went through a VPC endpoint, in whatever way the call itself is recorded. */
export const isNetworkActivity = (eventType: Text): boolean => isOneOf(NETWORK_ACTIVITY, eventType);

/**
 * Whether a record reports a call that another record reports too. CloudTrail writes a network activity event for the owner of
 * a VPC endpoint besides the management or data event of a call; only of calls that the endpoint's policy denied it is the one
 * event (Logging network activity events).
 */
export const isNetworkCopy = ({
  eventType,
  errorCode,
}: Pick<RecordFacts, 'eventType' | 'errorCode'>): boolean =>
  isNetworkActivity(eventType) && !isOneOf(DENIED_BY_ENDPOINT, errorCode);

/**
 * Whether a record is a data event. Records before eventVersion 1.07 have no eventCategory.
 * @param managementEvent a boolean, or a word for it
 */
export const isDataEvent = (eventCategory: Text, eventType: Text, managementEvent: unknown): boolean =>
  eventCategory === null
    ? String(managementEvent) === 'false' && !isNetworkActivity(eventType)
    : isOneOf(DATA_CATEGORIES, eventCategory);

/**
 * Error codes by which services say that the caller lacks the permission: AccessDenied, AccessDeniedException,
 * UnauthorizedOperation, Client.UnauthorizedOperation, Client.UnauthorizedAccess, UnauthorizedException, AuthorizationError,
 * NotAuthorizedException, VpceAccessDenied (by a VPC endpoint policy: CloudTrail record contents), … Errors about the
 * credentials themselves (AuthFailure, ExpiredToken) say nothing about permissions and are plain failures.
 */
const DENIED = /(^|\.)(Vpce)?(AccessDenied|Unauthori[sz]ed|NotAuthori[sz]ed|Authori[sz]ationError)/i;

/** Some services write an errorCode of null or nothing for success. */
export function outcomeOf({ errorCode, eventSource, signIn }: Omit<RecordFacts, 'eventType'>): Outcome {
  if (errorCode !== null && errorCode !== '') return DENIED.test(errorCode) ? 'denied' : 'failed';
  const isFailedSignIn = isOneOf(SIGN_IN.sources, eventSource) && isOneOf(SIGN_IN.failures, signIn);
  return isFailedSignIn ? 'failed' : 'succeeded';
}

/** Whether a call that succeeded started a session of a role. */
export const startsSession = (eventSource: string, eventName: string): boolean =>
  isOneOf(SESSION_STARTS.sources, eventSource) && isOneOf(SESSION_STARTS.names, eventName);

/**
 * The account whose trail recorded an event, as far as the record says: before eventVersion 1.02 there is no
 * recipientAccountId, and only the caller's own account was recorded (CloudTrail record contents).
 */
export const recordedIn = (recipientAccountId: Text, callerAccountId: Text): Text =>
  recipientAccountId ?? callerAccountId;
