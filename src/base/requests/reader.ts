import { createRequestMatcher } from './matcher.js';
import type { CallPlan } from './plan.js';

/** What one request has of what was looked for. */
export interface RequestContents {
  /** `missing`: null, empty, redacted as a whole, or cut by CloudTrail (`{"omitted": true}`): nothing is found then. */
  readonly parameters: 'whole' | 'missing';
  /** Ids of the paths that are there and not empty, sorted. The same list for the same paths. */
  readonly found: readonly string[];
  /**
   * Roles and instance profiles, sorted, each once: ARNs, or `role/NAME` and `instance-profile/NAME` where the request names
   * them without account and path.
   */
  readonly roles: readonly string[];
}

export const MISSING: RequestContents = { parameters: 'missing', found: [], roles: [] };

/** @param requestParameters as parsed from the record, or as JSON text, which is read faster */
export type ReadRequest = (requestParameters: unknown) => RequestContents;

/**
 * A function that reads the requests of one call. AWS names in requestParameters what a call was made with (CloudTrail User
 * Guide, "CloudTrail record contents"); it is null where it leaves them out, and `{"omitted": true}` where they are too large.
 */
export function createRequestReader({ paths, roles: seeRoles }: CallPlan): ReadRequest {
  const match = createRequestMatcher(paths, seeRoles);
  const known = new Map<number, RequestContents>();
  return (requestParameters) => {
    const request = toObject(requestParameters);
    if (request === null) return MISSING;
    const { found: bits, roles } = match(request, mayHoldArns(requestParameters));
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

/** The request as an object; null where there is none to look into. */
function toObject(value: unknown): object | null {
  if (typeof value === 'string') {
    try {
      return toObject(JSON.parse(value) as unknown);
    } catch {
      return null;
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if ('omitted' in value && value.omitted === true) return null;
  return Object.keys(value).length === 0 ? null : value;
}
