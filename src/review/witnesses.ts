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
  /** Any trace in the logs: a call of whatever outcome, or the start of a session. */
  readonly hasTrace: (principal: Principal) => boolean;
}

/**
 * Principals that AWS saw in use on a day that the logs cover, and that left no trace in them (IAM User Guide:
 * Refining permissions using last accessed information; Getting credential reports). null where there is none. The calls of a user that
 * went to a service whose data events are not logged need no trace; those of a role do: the start of its session.
 * @param principals of one account, sorted by ARN
 */
export function doubtOf(principals: readonly Principal[], context: WitnessContext): Doubt | null {
  const { period, coverage, credentials } = context;
  const emptyDays = new Set(coverage?.emptyDays);
  const found = principals.flatMap((principal) => {
    const { type, name, arn } = principal;
    // Services use their own roles in ways that are not recorded as sessions.
    if (principal.type === 'role' && principal.serviceLinked) return [];
    const known = type === 'user' ? credentials.get(arn) : undefined;
    const at = principal.type === 'role' ? principal.lastUsed : (known?.lastUsed ?? null);
    if (at === null || at < period.start || at >= period.end || emptyDays.has(at.slice(0, 10))) return [];
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
