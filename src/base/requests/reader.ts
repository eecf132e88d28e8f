import { tryParseJson } from '../json.js';
import { getOrInsertComputed } from '../maps.js';
import { createRequestMatcher } from './matcher.js';
import type { CallPlan } from './plan.js';

/** Result of reading one request. */
export interface RequestContents {
  /** `missing`: null, empty, fully redacted, or omitted by CloudTrail (`{"omitted": true}`). Nothing is found then. */
  readonly parameters: 'whole' | 'missing';
  /** IDs of the paths that are present and not empty, sorted. The same list object for the same paths. */
  readonly found: readonly string[];
  /**
   * Roles and instance profiles, sorted, without duplicates: ARNs, or `role/NAME` and `instance-profile/NAME` if
   * the request has only the name.
   */
  readonly roles: readonly string[];
}

export const MISSING: RequestContents = { parameters: 'missing', found: [], roles: [] };
/** Of calls without plan, too. */
export const NOTHING: RequestContents = { parameters: 'whole', found: [], roles: [] };

/** @param requestParameters as parsed from the record, or as JSON text, which is read faster */
export type ReadRequest = (requestParameters: unknown) => RequestContents;

const readers = new WeakMap<CallPlan, ReadRequest>();

/** The reader of the requests of one call, the same for the same plan. */
export const requestReader = (plan: CallPlan): ReadRequest =>
  getOrInsertComputed(readers, plan, () => createRequestReader(plan));

/**
 * Creates a function that reads the requests of one call. requestParameters is null if the call has none, and
 * `{"omitted": true}` if they are too large (CloudTrail User Guide: CloudTrail record contents).
 */
function createRequestReader({ paths, roles: seeRoles }: CallPlan): ReadRequest {
  const match = createRequestMatcher(paths, seeRoles);
  const known = new Map<number, RequestContents>();
  return (requestParameters) => {
    const request = toObject(requestParameters);
    if (request === null) return MISSING;
    const { found: bits, roles, redacted } = match(request, mayHoldArns(requestParameters));
    if (redacted) return MISSING;
    let contents = known.get(bits);
    if (contents === undefined) {
      const found = paths.flatMap(({ id }, index) => ((bits & (1 << index)) === 0 ? [] : [id])).sort();
      known.set(bits, (contents = { parameters: 'whole', found, roles: [] }));
    }
    return roles.length === 0 ? contents : { ...contents, roles };
  };
}

const mayHoldArns = (request: unknown): boolean =>
  typeof request !== 'string' || request.includes('arn:') || request.includes('\\u');

/** The request as an object; null if there is none. */
function toObject(value: unknown): object | null {
  if (typeof value === 'string') return toObject(tryParseJson(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if ('omitted' in value && value.omitted === true) return null;
  return Object.keys(value).length === 0 ? null : value;
}
