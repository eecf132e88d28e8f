import type { RequestPlan } from '../base/requests/plan.js';
import type { EventMapping } from './event-mapping.js';
import type { FurtherAction } from './further-types.js';

export type { EventMapping } from './event-mapping.js';

/** A set of actions: bit i stands for `Catalog.actions[i]`. Length is `Math.ceil(actions.length / 32)`. */
export type ActionSet = Uint32Array;

/** One IAM service and the range [from, to) of its actions in `Catalog.actions`. */
export interface ServiceRange {
  readonly prefix: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * How CloudTrail records an action: as a management event (always on), as a data event (only where a trail is
 * configured for it), or never (there is no API call of its own, for example iam:PassRole).
 */
export type Recording = 'management' | 'data' | 'never';

/** A type of resource that an action can be limited to. */
export interface ResourcePattern {
  /** Its ARN, with `*` for each variable part: `arn:*:s3:::*`. */
  readonly pattern: string;
  /** Every use of the action involves such a resource; of types that are not required, it involves some or none. */
  readonly required: boolean;
}

/** The IAM actions AWS publishes, and how CloudTrail events relate to them. Built once, immutable. */
export interface Catalog {
  /** `service:Action` in IAM's own case, sorted by lower-cased service, then lower-cased action (code points). */
  readonly actions: readonly string[];
  /** Sorted by prefix; the ranges cover `actions` without gaps. */
  readonly services: readonly ServiceRange[];
  /** Date of the action data, ISO 8601. */
  readonly updatedAt: string;
  /** Index of an action in any case, or undefined when AWS does not list it. */
  indexOf(action: string): number | undefined;
  /** Index into `services` of the action with this index. */
  serviceOf(action: number): number;
  /** IAM access levels: List, Read, Write, Permissions management, Tagging. */
  accessLevels(action: number): readonly string[];
  /** `eventSource` whole (`s3.amazonaws.com`), `eventName` as recorded. */
  mapEvent(eventSource: string, eventName: string): EventMapping;
  recording(action: number): Recording;
  /** The resource types of the action; none when it only works on `*`. */
  resourcePatterns(action: number): readonly ResourcePattern[];
  /**
   * What a call exercises besides the actions that its event maps to, and what shows it (AWS Service Reference,
   * AuthorizedActions). The same list for the same event; empty for most. `furtherEvidence` reads a request by it.
   */
  furtherActions(eventSource: string, eventName: string): readonly FurtherAction[];
  /** What an engine looks for in requests, so that `evidenceOf` can tell what they show. Made when first asked for. */
  readonly requestPlan: RequestPlan;
  /**
   * The API operations that may pass a role, as `service:Operation`: an event may be one of them if `furtherActions` gives
   * evidence of the kind `role`. Made when first asked for.
   */
  readonly rolePassingOperations: ReadonlySet<string>;
  /**
   * No call of its own is recorded, but requests of other calls show the action (iam:PassRole, sts:TagSession): a principal
   * none of whose calls shows it, or may hide it, did not use it, where the logs hold the calls and their requests.
   */
  shownInside(action: number): boolean;
}
