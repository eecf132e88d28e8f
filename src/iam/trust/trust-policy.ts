import type { Principal, Role } from '../types.js';
import { evaluateCondition } from './conditions.js';
import type { Lookup } from './context.js';
import { naming } from './naming.js';
import { assumeStatements, type AssumeStatement } from './statements.js';
import { all, any, triOf, type Tri } from './tri.js';

const WAYS = ['alone', 'role', 'account'] as const;

/**
 * How a trust policy allows a user or role, by what else is needed in the same account (Policy evaluation logic:
 * resource-based policies and implicit denies in other policy types; AWS JSON policy elements: Principal). `alone`:
 * ARN of a user or session, or `*`: nothing else. `role`: ARN of a role: its boundary must allow the call too.
 * `account`: ARN or ID of the account: policies and boundary of the caller must allow the call too.
 */
type Ways = Readonly<Record<(typeof WAYS)[number], Tri>>;

export interface TrustAnswer {
  readonly ways: Ways;
  readonly deny: Tri;
}

function allowedWays({ statement, trusted }: AssumeStatement, source: Principal): Ways {
  const named = trusted.map((value) => naming(value, source));
  if (statement.principalKind === 'NotPrincipal') {
    // Everyone except the named principals. IAM no longer accepts such a policy; the effect of an old one is not
    // documented well enough to be certain (AWS JSON policy elements: NotPrincipal).
    return { alone: named.every((n) => n === 'none') ? 'maybe' : 'no', role: 'no', account: 'no' };
  }
  const itself = named.includes('itself');
  const alone = named.includes('everyone') || (itself && source.type === 'user');
  return {
    alone: alone ? 'yes' : named.includes('session') ? 'maybe' : 'no',
    role: triOf(itself && source.type === 'role'),
    account: triOf(named.includes('account')),
  };
}

/**
 * Whether a Deny statement applies to this caller. NotPrincipal exempts nobody with a boundary, a user only if its
 * account is named too, and a role only if account and session are named too, which is unknown before the session
 * exists (AWS JSON policy elements: NotPrincipal; Permissions boundaries for IAM entities).
 */
function deniesSource({ statement, trusted }: AssumeStatement, source: Principal): Tri {
  const named = trusted.map((value) => naming(value, source));
  if (statement.principalKind !== 'NotPrincipal') {
    if (named.some((n) => n !== 'none' && n !== 'session')) return 'yes';
    return named.includes('session') ? 'maybe' : 'no';
  }
  if (named.includes('everyone')) return 'no';
  if (source.boundary.kind !== 'none' || !named.some((n) => n === 'itself' || n === 'session')) return 'yes';
  return source.type === 'user' && named.includes('account') ? 'no' : 'maybe';
}

/** What the trust policy of a role allows for sts:AssumeRole by this user or role. */
export function trustAnswer(source: Principal, role: Role, lookup: Lookup): TrustAnswer {
  const ways = { alone: [] as Tri[], role: [] as Tri[], account: [] as Tri[] };
  const denies: Tri[] = [];
  for (const item of assumeStatements(role.trust)) {
    const met = evaluateCondition(item.statement.condition, lookup, item.variables);
    if (item.statement.effect === 'Deny') {
      denies.push(all([met, deniesSource(item, source)]));
      continue;
    }
    const here = allowedWays(item, source);
    for (const way of WAYS) ways[way].push(all([met, here[way]]));
  }
  return {
    ways: { alone: any(ways.alone), role: any(ways.role), account: any(ways.account) },
    deny: any(denies),
  };
}
