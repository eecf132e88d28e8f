import type { RequestPath } from '../base/requests/path.js';
import type { EventMapping } from './event-mapping.js';

/** A present, non-empty parameter shows the action. */
interface ParameterEvidence {
  readonly kind: 'parameter';
  readonly paths: readonly RequestPath[];
  /** Action of the event that the call then does not use (a version of an object was requested), or null. */
  readonly instead: number | null;
}

/** A role or instance profile in the request shows iam:PassRole: its ARN anywhere, or its name at one of the paths. */
export interface RoleEvidence {
  readonly kind: 'role';
  readonly paths: readonly RequestPath[];
  /** Possible values of iam:PassedToService, sorted; empty if AWS does not document them. */
  readonly passedTo: readonly string[];
  /** Why a role may have been passed although the request shows none. */
  readonly why: string;
  /** The same for a request without any of `when`. */
  readonly whyNone: string;
  /** A resource that the call uses, such as a task definition, may name further roles. */
  readonly indirect: boolean;
  /** Such a resource matters only if the request has one of these and names no role itself; always if empty. */
  readonly when: readonly RequestPath[];
}

/** The call may use the action without showing it: absence proves nothing. */
interface HiddenEvidence {
  readonly kind: 'hidden';
  readonly why: string;
  /** Only if one of these is in the request; always if empty. */
  readonly when: readonly RequestPath[];
}

/** A further action of a call, in addition to those of its event, and its evidence. */
export interface FurtherAction {
  /** Index into `Catalog.actions`. */
  readonly action: number;
  /** API operation in the spelling of AWS's reference: `RunInstances`. */
  readonly operation: string;
  readonly evidence: ParameterEvidence | RoleEvidence | HiddenEvidence;
}

export interface ShownAction {
  readonly action: number;
  /**
   * For iam:PassRole: ARN of the role or instance profile, or `role/NAME` and `instance-profile/NAME` if the
   * request has only the name; otherwise null.
   */
  readonly role: string | null;
  /** Like in `RoleEvidence`; empty for other actions. */
  readonly passedTo: readonly string[];
}

export interface PossibleAction {
  readonly action: number;
  /** Completes "may have been used inside ec2:RunInstances: …". */
  readonly why: string;
}

/** Actions that one request shows. */
export interface RequestEvidence {
  /** `missing`: null, empty, fully redacted, or omitted by CloudTrail (`{"omitted": true}`). Nothing is shown then. */
  readonly parameters: 'whole' | 'missing';
  /** Actions of the event, narrowed by the request: to the versioned or the plain action, for example. */
  readonly own: EventMapping;
  /** Further actions that the call used; none is in `own`. */
  readonly shown: readonly ShownAction[];
  /** Further actions that the call may have used without showing it; none is in `own` or `shown`. */
  readonly possible: readonly PossibleAction[];
  /** Whether the request names every role that the call passed. */
  readonly rolesNamed: boolean;
}
