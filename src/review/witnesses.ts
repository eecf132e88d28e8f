import { countRange, intersect } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Credentials } from '../iam/credentials.js';
import type { Principal } from '../iam/types.js';
import type { Period } from '../period.js';
import type { AccountCoverage } from '../trail/types.js';
import type { Doubt } from './reasons.js';
import type { Unseen } from './recording/unseen.js';
import { prefixesOf } from './source-prefixes.js';

export interface WitnessContext {
  readonly catalog: Catalog;
  readonly period: Period;
  readonly coverage: AccountCoverage | undefined;
  readonly unseen: Unseen;
  readonly credentials: ReadonlyMap<string, Credentials>;
  readonly granted: (principal: Principal) => ActionSet;
  /** Any trace in the logs: a call of any outcome, or a session start. */
  readonly hasTrace: (principal: Principal) => boolean;
}

/**
 * Principals that were used according to AWS on a day that the logs cover, but have no trace in them (IAM User
 * Guide: Refining permissions using last accessed information; Getting credential reports). null for none. Calls of
 * a user to a service whose data events are not logged need no trace; those of a role do: the session start.
 * @param principals of one account, sorted by ARN
 */
export function doubtOf(principals: readonly Principal[], context: WitnessContext): Doubt | null {
  const { period, coverage, credentials } = context;
  const provenDays = new Set(coverage?.digests?.provenDays);
  const uncovered = new Set(coverage?.emptyDays.filter((day) => !provenDays.has(day)));
  const found = principals.flatMap((principal) => {
    const { type, name, arn } = principal;
    // AWS services use their own roles in ways that are not recorded as sessions.
    if (principal.type === 'role' && principal.serviceLinked) return [];
    const known = type === 'user' ? credentials.get(arn) : undefined;
    const at = principal.type === 'role' ? principal.lastUsed : (known?.lastUsed ?? null);
    if (at === null || at < period.start || at >= period.end || uncovered.has(at.slice(0, 10))) return [];
    if (context.hasTrace(principal) || mayLeaveNoTrace(principal, known, context)) return [];
    return [{ type, name, at }];
  });
  const [first] = found;
  return first === undefined ? null : { ...first, others: found.length - 1 };
}

function mayLeaveNoTrace(
  principal: Principal,
  credentials: Credentials | undefined,
  { catalog, unseen, granted }: WitnessContext,
): boolean {
  const service = credentials?.lastUsedService ?? null;
  if (service === null) return false;
  const prefixes = prefixesOf(service);
  const hidden = intersect(granted(principal), unseen.all);
  return catalog.services.some(
    ({ prefix, from, to }) => prefixes.includes(prefix) && countRange(hidden, from, to) > 0,
  );
}
