// The answers of engines: calls grouped and counted, never single events.

/** succeeded: no errorCode. denied: authorization error. failed: any other errorCode, permission unknown. */
export type Outcome = 'succeeded' | 'denied' | 'failed';

/** The caller, from `userIdentity` (CloudTrail userIdentity element). */
export interface Actor {
  readonly kind:
    | 'user'
    | 'role'
    | 'root'
    | 'federated'
    | 'saml'
    | 'web-identity'
    | 'identity-center'
    | 'service'
    | 'external'
    | 'unknown';
  /** ARN of a user or role with path; otherwise the best known name (service host, account ID, principal ID). */
  readonly arn: string;
  /** Unique ID (AIDA…, AROA…), or null. */
  readonly id: string | null;
  /** Account of the actor, or null. */
  readonly accountId: string | null;
}

/** Fields that identify the actor, null if absent: engines group by these. */
export interface RawActor {
  readonly type: string | null;
  /** userIdentity.arn; can be null if issuerArn is set (it then has a session name). */
  readonly arn: string | null;
  /** userIdentity.principalId; can be null if issuerArn is set. */
  readonly principalId: string | null;
  readonly accountId: string | null;
  readonly issuerArn: string | null;
  readonly issuerId: string | null;
  readonly invokedBy: string | null;
}

/** Calls of one actor, grouped. Sorted, one row per key. */
export interface ActivityRow {
  readonly actor: Actor;
  /** Account whose trail recorded it: recipientAccountId, or the account of the actor, or `unknown`. */
  readonly recipientAccountId: string;
  readonly eventSource: string;
  readonly eventName: string;
  /** False for events of AWS services and sign-ins, which need no IAM permission. */
  readonly apiCall: boolean;
  /**
   * Known only from network activity events: the call was made, but the trail may not record such calls of others.
   * Absent if management or data events have the calls.
   */
  readonly networkActivity?: true;
  readonly outcome: Outcome;
  readonly errorCode: string | null;
  readonly count: number;
  /** ISO 8601 UTC, seconds. */
  readonly first: string;
  readonly last: string;
}

/** Calls of one actor in one week, by outcome. */
export interface WeekRow {
  readonly actor: Actor;
  readonly recipientAccountId: string;
  /** Monday of the week in UTC, YYYY-MM-DD. */
  readonly week: string;
  readonly outcome: Outcome;
  readonly count: number;
}

/** A successful AssumeRole* record. Engines pass these to `SessionJoin`, with access keys or numbers for them. */
export interface SessionStart<Key extends string | number = string> {
  /** responseElements.credentials.accessKeyId, or null when redacted or absent. */
  readonly sessionKey: Key | null;
  /** userIdentity.accessKeyId of the caller: the parent session in a role chain. */
  readonly callerKey: Key | null;
  readonly source: Actor;
  readonly roleArn: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly sharedEventId: string | null;
  readonly eventId: string;
}

/** Calls made with one session's access key, grouped. */
export interface KeyActivity<Key extends string | number = string> {
  readonly sessionKey: Key;
  readonly eventSource: string;
  readonly eventName: string;
  readonly apiCall: boolean;
  readonly outcome: Outcome;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export type SessionCall = Omit<KeyActivity, 'sessionKey'>;

/** All sessions that one source started in one role. Sorted by sourceArn, then roleArn. */
export interface AssumptionRow {
  readonly source: Actor;
  readonly roleArn: string;
  readonly sessions: number;
  readonly first: string;
  readonly last: string;
  /** Original callers of the chains, with the number of sessions; the source itself if it is not a session. */
  readonly origins: readonly { readonly arn: string; readonly sessions: number }[];
  /** The same by path: from the original caller over every role to `source`; sorted by path. */
  readonly chains: readonly Chain[];
  readonly calls: readonly SessionCall[];
}

/** One path by which role sessions started (role chaining). */
export interface Chain {
  /** Sources in order; the last one is the source of the row. The role itself is not included. */
  readonly path: readonly Actor[];
  readonly sessions: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Calls in role sessions, by person: session name, and source identity if set (IAM User Guide: Monitor and control
 * actions taken with assumed roles).
 */
export interface PersonRow extends SessionCall {
  /** The role. */
  readonly actor: Actor;
  readonly recipientAccountId: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | null;
}

/** Maximum number of resources per actor and event; more are not listed. */
export const MAX_RESOURCES = 20;

/** Resources of one actor's successful calls of one type. */
export interface ResourceRow {
  readonly actor: Actor;
  readonly recipientAccountId: string;
  readonly eventSource: string;
  readonly eventName: string;
  /**
   * Sorted ARNs, at most MAX_RESOURCES; those from request parameters have `*` for the Region. Empty unless
   * `complete`.
   */
  readonly resources: readonly string[];
  /** False if there are more than MAX_RESOURCES, or if some calls name no resource: an incomplete list is useless. */
  readonly complete: boolean;
}

/** Maximum number of roles per row; more are not listed. */
export const MAX_PASSED_ROLES = 100;

/** Calls that passed one role, or instance profile. */
export interface PassedRole {
  /** An ARN, or `role/NAME` and `instance-profile/NAME` if the request has only the name. */
  readonly role: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Calls whose requests can show further actions, split by what the requests contain. The rows of an activity row
 * add up to its count.
 */
export interface RequestRow extends ActivityRow {
  /** `missing`: null, empty, fully redacted, omitted by CloudTrail, or not available in this source. */
  readonly parameters: 'whole' | 'missing';
  /** IDs of the paths that are present and not empty, sorted; empty for missing requests. */
  readonly found: readonly string[];
  /**
   * Sorted, at most MAX_PASSED_ROLES. A call with several roles counts for each. Empty unless the plan looks for
   * roles: calls with and without roles are different rows.
   */
  readonly roles: readonly PassedRole[];
  /** False if there are more than MAX_PASSED_ROLES. */
  readonly rolesComplete: boolean;
}
