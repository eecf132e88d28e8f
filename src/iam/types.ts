import type { ActionSet } from '../catalog/types.js';

export type PrincipalType = 'user' | 'role';

/** operator -> condition key -> values, as in a policy document; values always a list. */
export type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A trust policy's Principal element: `AWS`, `Service`, `Federated`, `CanonicalUser` -> values; `*` is {AWS: ['*']}. */
export type TrustPrincipals = Readonly<Record<string, readonly string[]>>;

/** One statement, normalised: lists are lists, nothing else changed. */
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

/** A policy of a principal and the way it got there. */
export interface AttachedPolicy {
  readonly policy: Policy;
  /** Name of the group it comes through, or null when it is the principal's own. */
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
  /** ISO 8601 UTC, or null when the file has none. */
  readonly createdAt: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly AttachedPolicy[];
  /** ARNs of attached policies whose document the file does not hold: what they grant is not known. */
  readonly missingPolicies: readonly string[];
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
  /** RoleLastUsed.LastUsedDate, ISO 8601 UTC: AWS's own witness, 400 days of history. */
  readonly lastUsed: string | null;
}

export type Principal = User | Role;

/** What one account's authorization details hold. */
export interface IamAccount {
  readonly id: string;
  readonly name: string;
  /** Users and roles, sorted by ARN (code points). */
  readonly principals: readonly Principal[];
  /** Entries in the file's lists of users and roles, readable or not: what the rows of a report are held against. */
  readonly listed: number;
  readonly warnings: readonly string[];
}

/** A statement that has a say about an action, and where it stands. */
export interface StatementRef {
  readonly source: 'identity' | 'boundary' | 'scp';
  /** Name as in `grantedBy` (`group/policy` through a group); the boundary's or SCP's name. */
  readonly policy: string;
  /** Position in its document, from 1. */
  readonly statement: number;
  readonly sid: string | null;
  readonly conditional: boolean;
  readonly resourceLimited: boolean;
}

/** Why an action is granted or is not. */
export interface Explanation {
  /** The first that applies, in the order of the policy evaluation logic: an explicit Deny wins. */
  readonly verdict: 'granted' | 'denied' | 'not-allowed' | 'outside-scp' | 'outside-boundary';
  /** Identity statements that allow it, in the order of the policies. */
  readonly allowedBy: readonly StatementRef[];
  /** Deny statements about it, of any source; those with a condition or on some resources only limit it. */
  readonly deniedBy: readonly StatementRef[];
}

/** What a principal's policies allow. */
export interface Grants {
  /** Identity policies ∩ boundary ∩ SCPs, minus what is denied unconditionally on `*`. */
  readonly granted: ActionSet;
  /** Granted by a pattern that names the service: `s3:*` does, `*` and NotAction do not. */
  readonly named: ActionSet;
  /** Some granting statement has no Condition and no limiting Resource where the bit is absent from these two. */
  readonly conditional: ActionSet;
  readonly resourceLimited: ActionSet;
  /** Names of the policies that grant the action, sorted (`group/policy` through a group). */
  grantedBy(action: number): readonly string[];
  /** The same for the granted ones of the actions in [from, to), together. */
  grantedByIn(from: number, to: number): readonly string[];
  explain(action: number): Explanation;
  /** Allowed by identity policies, and taken away again: disjoint, by the verdict of `explain`. */
  readonly removed: {
    readonly denied: ActionSet;
    readonly outsideScp: ActionSet;
    readonly outsideBoundary: ActionSet;
  };
  /** Granted action patterns that match no known action, as written; sorted. */
  readonly unknownPatterns: readonly string[];
  /** True when the identity policies, within the boundary, allow every action on every resource without condition. */
  readonly admin: boolean;
}

export type Allowed = 'yes' | 'no' | 'conditional' | 'unknown';

/** A user or role that today's policies let assume a role. */
export interface AllowedAssumption {
  readonly sourceArn: string;
  readonly roleArn: string;
  readonly allowed: 'yes' | 'conditional';
}

/**
 * Whom a trust policy's Allow statement names (IAM JSON policy elements: Principal). `everyone`: `*`.
 * `deleted`: a unique id that IAM puts in place of a user or role that is gone. `federated`: a provider, SAML or OIDC.
 */
export type TrustKind =
  'everyone' | 'account' | 'user' | 'role' | 'session' | 'deleted' | 'service' | 'federated' | 'other';

/** One principal that one statement of a trust policy lets in. */
export interface TrustEntry {
  readonly kind: TrustKind;
  /** As written in the policy. */
  readonly value: string;
  /** The account of the named principal, or null where it has none. */
  readonly accountId: string | null;
  /** Position of the statement in the trust policy, from 1. */
  readonly statement: number;
  /** Condition keys with operator and values, `StringEquals sts:ExternalId = a; b`, sorted. */
  readonly conditions: readonly string[];
  /** True for NotPrincipal: everyone but the value. */
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
  /** `strict`, with the resources cut to those the trail shows; empty where that is no narrower than `strict`. */
  readonly observed: readonly SuggestedPolicy[];
}
