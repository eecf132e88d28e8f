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

/** What AWS's own records say against the logs of an account. */
export interface Contradictions {
  /** ARNs of principals that were used in the period according to AWS, but have no trace in the logs. */
  readonly usedWithoutTrace: ReadonlySet<string>;
  /** Whether one of these uses was on a day that the logs cover; null if none was. */
  readonly doubt: Doubt | null;
}

export const NO_CONTRADICTIONS: Contradictions = { usedWithoutTrace: new Set(), doubt: null };

/**
 * Compares the last use in AWS's own records with the logs (IAM User Guide: Refining permissions using last accessed
 * information; Getting credential reports). Calls of a user to a service whose data events are not logged need no
 * trace; those of a role do: the session start.
 * @param principals of one account, sorted by ARN
 */
export function findContradictions(
  principals: readonly Principal[],
  context: WitnessContext,
): Contradictions {
  const { period, coverage, credentials } = context;
  const provenDays = new Set(coverage?.digests?.provenDays);
  const uncovered = new Set(coverage?.emptyDays.filter((day) => !provenDays.has(day)));
  const found = principals.flatMap((principal) => {
    const { type, name, arn } = principal;
    // AWS services use their own roles in ways that are not recorded as sessions.
    if (principal.type === 'role' && principal.serviceLinked) return [];
    const known = type === 'user' ? credentials.get(arn) : undefined;
    const at = principal.type === 'role' ? principal.lastUsed : (known?.lastUsed ?? null);
    if (at === null || at < period.start || at >= period.end) return [];
    if (context.hasTrace(principal) || mayLeaveNoTrace(principal, known, context)) return [];
    return [{ arn, about: { type, name, at } }];
  });
  const [first, ...others] = found.filter(({ about }) => !uncovered.has(about.at.slice(0, 10)));
  return {
    usedWithoutTrace: new Set(found.map(({ arn }) => arn)),
    doubt: first === undefined ? null : { ...first.about, others: others.length },
  };
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
