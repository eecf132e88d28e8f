import type { RequestPlan } from '../base/requests/plan.js';
import type { EventMapping } from './event-mapping.js';
import type { FurtherAction } from './further-types.js';

export type { EventMapping } from './event-mapping.js';

/** A set of actions: bit i is `Catalog.actions[i]`. Length `Math.ceil(actions.length / 32)`. */
export type ActionSet = Uint32Array;

/** One IAM service and the range [from, to) of its actions in `Catalog.actions`. */
export interface ServiceRange {
  readonly prefix: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * How CloudTrail records an action: as a management event (by default), as a data event (only if a trail is
 * configured for it), or never (no API call of its own, for example iam:PassRole).
 */
export type Recording = 'management' | 'data' | 'never';

/** A resource type to which an action can be limited. */
export interface ResourcePattern {
  /** ARN with `*` for each variable part: `arn:*:s3:::*`. */
  readonly pattern: string;
  /** Every use of the action involves such a resource; for optional types, a use may or may not. */
  readonly required: boolean;
}

/** All IAM actions that AWS publishes, and their relation to CloudTrail events. Immutable. */
export interface Catalog {
  /** `service:Action` in IAM's spelling, sorted by lower-cased service, then lower-cased action (code points). */
  readonly actions: readonly string[];
  /** Sorted by prefix; the ranges cover `actions` without gaps. */
  readonly services: readonly ServiceRange[];
  /** Date of the action data, ISO 8601. */
  readonly updatedAt: string;
  /** Index of an action, ignoring case; undefined if AWS does not list it. */
  indexOf(action: string): number | undefined;
  /** Index into `services` for an action index. */
  serviceOf(action: number): number;
  /** IAM access levels: List, Read, Write, Permissions management, Tagging. */
  accessLevels(action: number): readonly string[];
  /** @param eventSource full source, `s3.amazonaws.com` @param eventName as recorded */
  mapEvent(eventSource: string, eventName: string): EventMapping;
  recording(action: number): Recording;
  /** Resource types of the action; none if it only works on `*`. */
  resourcePatterns(action: number): readonly ResourcePattern[];
  /**
   * Actions that a call uses in addition to those of its event, and what shows them (AWS Service Reference,
   * AuthorizedActions). The same list for the same event; empty for most.
   */
  furtherActions(eventSource: string, eventName: string): readonly FurtherAction[];
  /** What an engine searches requests for; `evidenceOf` explains the results. Created on first use. */
  readonly requestPlan: RequestPlan;
  /**
   * Whether only requests of other calls show the action (iam:PassRole, sts:TagSession). It is unused if the logs contain
   * the calls with their requests, and no call of the principal shows or may hide it.
   */
  shownInside(action: number): boolean;
  /** Actions of the calls that may use an action of `shownInside`. */
  exercisedBy(action: number): readonly number[];
}
