import type { ActionSet } from '../catalog/types.js';
import type { IamWarning, MissingPolicy } from './faults.js';

export type PrincipalType = 'user' | 'role';

/** operator -> condition key -> values, as in a policy document; values are always lists. */
export type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A trust policy's Principal element: `AWS`, `Service`, `Federated`, `CanonicalUser` -> values; `*` is {AWS: ['*']}. */
export type TrustPrincipals = Readonly<Record<string, readonly string[]>>;

/** One normalized statement: single values become lists. */
export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actionKind: 'Action' | 'NotAction';
  /** Patterns as written. */
  readonly actions: readonly string[];
  readonly resourceKind: 'Resource' | 'NotResource';
  /** Patterns as written; empty in trust policies. */
  readonly resources: readonly string[];
  readonly condition?: Condition;
  /** Trust policies only. */
  readonly principalKind?: 'Principal' | 'NotPrincipal';
  readonly principals?: TrustPrincipals;
}

export interface PolicyDocument {
  /** Policy variables work only in 2012-10-17 (IAM JSON policy elements: Version). */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
}

export interface Policy {
  readonly name: string;
  /** null for an inline policy. */
  readonly arn: string | null;
  readonly kind: 'managed' | 'inline';
  readonly document: PolicyDocument;
}

/** A policy of a principal, and how it is attached. */
export interface AttachedPolicy {
  readonly policy: Policy;
  /** Name of its group, or null for a policy of the principal itself. */
  readonly group: string | null;
}

export type Boundary =
  | { readonly kind: 'none' }
  | { readonly kind: 'policy'; readonly arn: string; readonly policy: Policy }
  /** No file has its document. */
  | { readonly kind: 'missing'; readonly arn: string };

interface PrincipalBase {
  readonly arn: string;
  /** Unique id: AIDA… or AROA…. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly accountId: string;
  /** ISO 8601 UTC, or null if the file has none. */
  readonly createdAt: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly AttachedPolicy[];
  /** Their grants are unknown. Sorted by kind and name. */
  readonly missingPolicies: readonly MissingPolicy[];
  readonly boundary: Boundary;
}

export interface User extends PrincipalBase {
  readonly type: 'user';
  readonly groups: readonly string[];
}

export interface Role extends PrincipalBase {
  readonly type: 'role';
  readonly trust: PolicyDocument;
  readonly serviceLinked: boolean;
  /** RoleLastUsed.LastUsedDate, ISO 8601 UTC: AWS's own record, for the last 400 days. */
  readonly lastUsed: string | null;
  /** ARNs of the instance profiles that contain the role. */
  readonly instanceProfiles: readonly string[];
}

export type Principal = User | Role;

/** Content of the authorization details of one account. */
export interface IamAccount {
  readonly id: string;
  readonly name: string;
  /** Users and roles, sorted by ARN (code points). */
  readonly principals: readonly Principal[];
  /** Number of users and roles in the file, readable or not: compared with the rows of a report. */
  readonly listed: number;
  readonly warnings: readonly IamWarning[];
}

/** A statement that applies to an action, and its position. */
export interface StatementRef {
  readonly source: 'identity' | 'boundary' | 'scp';
  /** Name as in `grantedBy` (`group/policy` for a group policy), or the name of the boundary or SCP. */
  readonly policy: string;
  /** Position in its document, from 1. */
  readonly statement: number;
  readonly sid: string | null;
  readonly conditional: boolean;
  readonly resourceLimited: boolean;
}

/** Why an action is granted or is not. */
export interface Explanation {
  /** First reason that applies, in the order of the policy evaluation logic: an explicit Deny wins. */
  readonly verdict: 'granted' | 'denied' | 'not-allowed' | 'outside-scp' | 'outside-boundary';
  /** Identity-based statements that allow it, in the order of the policies. */
  readonly allowedBy: readonly StatementRef[];
  /** Deny statements of any source that apply to it; those with a condition or on some resources only limit it. */
  readonly deniedBy: readonly StatementRef[];
}

/** What a principal's policies allow. */
export interface Grants {
  /** Identity-based policies ∩ boundary ∩ SCPs, minus what is denied unconditionally on `*`. */
  readonly granted: ActionSet;
  /** Granted by a pattern with the service name: `s3:*`, but not `*` or NotAction. */
  readonly named: ActionSet;
  /**
   * If the bit is absent here, some granting statement has no Condition (first set) or no resource limit (second
   * set).
   */
  readonly conditional: ActionSet;
  readonly resourceLimited: ActionSet;
  /** Names of the policies that grant the action, sorted (`group/policy` for a group policy). */
  grantedBy(action: number): readonly string[];
  /** The same for all granted actions in [from, to). */
  grantedByIn(from: number, to: number): readonly string[];
  explain(action: number): Explanation;
  /** Allowed by identity-based policies but blocked by others; disjoint sets, by the verdict of `explain`. */
  readonly removed: {
    readonly denied: ActionSet;
    readonly outsideScp: ActionSet;
    readonly outsideBoundary: ActionSet;
  };
  /** Granted action patterns that match no known action, as written; sorted. */
  readonly unknownPatterns: readonly string[];
  /** Actions that the policies allow in these Regions only, by simple conditions on aws:RequestedRegion. */
  onlyIn(regions: ReadonlySet<string>): ActionSet;
  /** The identity-based policies, within the boundary, allow every action on every resource without conditions. */
  readonly admin: boolean;
}

export type Allowed = 'yes' | 'no' | 'conditional' | 'unknown';

/** A user or role that can assume a role by today's policies. */
export interface AllowedAssumption {
  readonly sourceArn: string;
  readonly roleArn: string;
  readonly allowed: 'yes' | 'conditional';
}

/**
 * Type of a principal in an Allow statement of a trust policy (IAM JSON policy elements: Principal). `everyone`:
 * `*`. `deleted`: a unique ID, by which IAM replaces a deleted user or role. `federated`: a SAML or OIDC provider.
 */
export type TrustKind =
  'everyone' | 'account' | 'user' | 'role' | 'session' | 'deleted' | 'service' | 'federated' | 'other';

/** One principal in one statement of a trust policy. */
export interface TrustEntry {
  readonly kind: TrustKind;
  /** As written in the policy. */
  readonly value: string;
  /** Account of the principal, or null if it has none. */
  readonly accountId: string | null;
  /** Position of the statement in the trust policy, from 1. */
  readonly statement: number;
  /** Condition keys with operator and values, `StringEquals sts:ExternalId = a; b`, sorted. */
  readonly conditions: readonly string[];
  /** NotPrincipal: everyone except the value. */
  readonly inverted: boolean;
}

export interface SuggestedStatement {
  readonly Effect: Statement['effect'];
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Condition;
}

/** A policy ready for `aws iam put-…-policy` / `create-policy`. */
export interface SuggestedPolicy {
  readonly name: string;
  /** In AWS's element order. */
  readonly document: { readonly Version: string; readonly Statement: readonly SuggestedStatement[] };
  /** Characters without whitespace. */
  readonly size: number;
}

export interface SuggestedPolicies {
  readonly strict: readonly SuggestedPolicy[];
  readonly cautious: readonly SuggestedPolicy[];
  /** `strict`, limited to the resources in the logs; empty if not narrower than `strict`. */
  readonly observed: readonly SuggestedPolicy[];
}
