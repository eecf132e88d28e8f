import type { RequestPath } from '../base/requests/path.js';
import type { EventMapping } from './event-mapping.js';

/** A parameter that is there and not empty shows the action. */
interface ParameterEvidence {
  readonly kind: 'parameter';
  readonly paths: readonly RequestPath[];
  /** The event's own action that the call does not exercise then (a version of an object was asked for), or null. */
  readonly instead: number | null;
}

/** A role or an instance profile in the request shows iam:PassRole: its ARN anywhere, or its name at one of the paths. */
interface RoleEvidence {
  readonly kind: 'role';
  readonly paths: readonly RequestPath[];
  /** Values that iam:PassedToService may have, sorted; none where AWS does not say. */
  readonly passedTo: readonly string[];
  /** Why a role may have been passed where the request shows none. */
  readonly why: string;
}

/** The call may exercise the action and its request does not show it: absence proves nothing. */
interface HiddenEvidence {
  readonly kind: 'hidden';
  readonly why: string;
  /** Only if one of these is in the request; always where there are none. */
  readonly when: readonly RequestPath[];
}

/** An action that a call exercises besides those that its event maps to, and what shows that it did. */
export interface FurtherAction {
  /** Index into `Catalog.actions`. */
  readonly action: number;
  /** The API operation, as AWS's reference spells it: `RunInstances`. */
  readonly operation: string;
  readonly evidence: ParameterEvidence | RoleEvidence | HiddenEvidence;
}

export interface ShownAction {
  readonly action: number;
  /**
   * What was passed, for iam:PassRole, else null: the ARN of a role or instance profile, or `role/NAME` and
   * `instance-profile/NAME` where the request names it without its account and path.
   */
  readonly role: string | null;
  /** As in `RoleEvidence`; none for other actions. */
  readonly passedTo: readonly string[];
}

export interface PossibleAction {
  readonly action: number;
  /** Ends "may have been used inside ec2:RunInstances: …". */
  readonly why: string;
}

/** What one request shows. */
export interface RequestEvidence {
  /** `missing`: null, empty, redacted as a whole, or cut by CloudTrail (`{"omitted": true}`): nothing is shown then. */
  readonly parameters: 'whole' | 'missing';
  /** The event's own actions, narrowed by the request: to the versioned one or the plain one, for example. */
  readonly own: EventMapping;
  /** Further actions that the call exercised, none of which is in `own`. */
  readonly shown: readonly ShownAction[];
  /** Further actions that it may have exercised unseen, none of which is in `own` or `shown`. */
  readonly possible: readonly PossibleAction[];
}
