/**
 * What a CloudTrail record is. Every engine, `ingest` and `check` use these rules; the lists are used in
 * Elasticsearch queries. Pages are in the CloudTrail User Guide. Values ignore case: indices can hold them in lower
 * case.
 */
import type { Outcome } from './types.js';

type Text = string | null;

/**
 * `eventType` of records that are not API calls and need no IAM permission (CloudTrail record contents: eventType;
 * the examples of AWS Management Console sign-in events have both spellings). AwsConsoleAction is not listed: the
 * console needs permissions such as aws-portal:ViewBilling.
 */
export const NOT_API_CALLS = ['AwsServiceEvent', 'AwsConsoleSignIn', 'AwsConsoleSignin'] as const;

/** `eventType` of network activity events (CloudTrail record contents: eventType). */
export const NETWORK_ACTIVITY = ['AwsVpceEvent', 'AwsVpceEvents'] as const;

/**
 * `eventCategory`, or `eventType` if absent, of Insights events (CloudTrail record contents for Insights events for
 * trails).
 */
export const INSIGHT_CATEGORIES = ['Insight', 'AwsCloudTrailInsight'] as const;
export const INSIGHT_TYPES = ['AwsCloudTrailInsight'] as const;

/** `eventCategory` of data events (CloudTrail record contents: eventCategory). */
export const DATA_CATEGORIES = ['Data'] as const;

/** Error of a call denied by a VPC endpoint policy: no other event records it (Logging network activity events). */
const DENIED_BY_ENDPOINT = ['VpceAccessDenied'] as const;

/** `eventCategory` of aggregated data events, which name no caller (CloudTrail User Guide: Aggregating data events). */
const AGGREGATED_CATEGORIES = ['Aggregated'] as const;

/** `eventSource` of a service: also with the suffix of hosts in AWS China, and without suffix, as some shippers write it. */
const sourcesOf = (service: string): readonly string[] =>
  ['.amazonaws.com', '.amazonaws.com.cn', ''].map((suffix) => `${service}${suffix}`);

/** AWS STS operations that start a role session (IAM User Guide: Logging IAM and AWS STS API calls with CloudTrail). */
export const SESSION_STARTS = {
  sources: sourcesOf('sts'),
  names: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
} as const;

/**
 * Sign-in events state success in `responseElements`, under their own name; a failed one has no errorCode (AWS
 * Management Console sign-in events).
 */
export const SIGN_IN = {
  sources: sourcesOf('signin'),
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

/** Fields that determine type and outcome of a record; null if absent. */
export interface RecordFacts {
  readonly eventType: Text;
  readonly eventSource: Text;
  readonly errorCode: Text;
  /** `responseElements`, key in `SIGN_IN.answers`. */
  readonly signIn: Text;
}

const isOneOf = (list: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && list.some((known) => known.toLowerCase() === value.toLowerCase());

/** Whether a record is an API call, which needs an IAM permission. */
export const isApiCall = (eventType: Text): boolean => !isOneOf(NOT_API_CALLS, eventType);

/** Insights events describe other events, and have neither caller nor call at the top level. */
export const isInsight = (eventCategory: unknown, eventType: unknown): boolean =>
  typeof eventCategory === 'string' && eventCategory !== ''
    ? isOneOf(INSIGHT_CATEGORIES, eventCategory)
    : isOneOf(INSIGHT_TYPES, eventType);

export const isAggregated = (eventCategory: unknown): boolean =>
  isOneOf(AGGREGATED_CATEGORIES, eventCategory);

/** Whether a record says that a call used a VPC endpoint, in any category. */
export const isNetworkActivity = (eventType: Text): boolean => isOneOf(NETWORK_ACTIVITY, eventType);

/**
 * Whether another record has the same call. CloudTrail writes a network activity event for the owner of a VPC
 * endpoint in addition to the management or data event of a call. It is the only event for calls that the endpoint
 * policy denied (Logging network activity events).
 */
export const isNetworkCopy = ({
  eventType,
  errorCode,
}: Pick<RecordFacts, 'eventType' | 'errorCode'>): boolean =>
  isNetworkActivity(eventType) && !isOneOf(DENIED_BY_ENDPOINT, errorCode);

/**
 * Whether a record is a data event. Records before eventVersion 1.07 have no eventCategory.
 * @param managementEvent boolean, or its text
 */
export const isDataEvent = (eventCategory: Text, eventType: Text, managementEvent: unknown): boolean =>
  eventCategory === null
    ? String(managementEvent) === 'false' && !isNetworkActivity(eventType)
    : isOneOf(DATA_CATEGORIES, eventCategory);

/**
 * Error codes for a missing permission: AccessDenied, AccessDeniedException, UnauthorizedOperation,
 * Client.UnauthorizedOperation, Client.UnauthorizedAccess, UnauthorizedException, AuthorizationError,
 * NotAuthorizedException, VpceAccessDenied (by a VPC endpoint policy: CloudTrail record contents), … Errors about
 * credentials (AuthFailure, ExpiredToken) say nothing about permissions and are plain failures.
 */
const DENIED = /(^|\.)(Vpce)?(AccessDenied|Unauthori[sz]ed|NotAuthori[sz]ed|Authori[sz]ationError)/i;

/** Some services write an errorCode of null or '' for success. */
export function outcomeOf({ errorCode, eventSource, signIn }: Omit<RecordFacts, 'eventType'>): Outcome {
  if (errorCode !== null && errorCode !== '') return DENIED.test(errorCode) ? 'denied' : 'failed';
  const isFailedSignIn = isOneOf(SIGN_IN.sources, eventSource) && isOneOf(SIGN_IN.failures, signIn);
  return isFailedSignIn ? 'failed' : 'succeeded';
}

/** Whether a successful call started a role session. */
export const startsSession = (eventSource: string, eventName: string): boolean =>
  isOneOf(SESSION_STARTS.sources, eventSource) && isOneOf(SESSION_STARTS.names, eventName);

/**
 * The account whose trail recorded an event, as far as known: records before eventVersion 1.02 have no
 * recipientAccountId and were recorded in the caller's account only (CloudTrail record contents).
 */
export const recordedIn = (recipientAccountId: Text, callerAccountId: Text): Text =>
  recipientAccountId ?? callerAccountId;
