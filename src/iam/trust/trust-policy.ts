import type { Principal, Role } from '../types.js';
import { evaluateCondition } from './conditions.js';
import type { Lookup } from './context.js';
import { naming } from './naming.js';
import { assumeStatements, type AssumeStatement } from './statements.js';
import { all, any, triOf, type Tri } from './tri.js';

const WAYS = ['alone', 'role', 'account'] as const;

/**
 * The ways in which a trust policy lets a user or role in, by what else is needed in the same account (Policy evaluation
 * logic: resource-based policies and implicit denies in other policy types; AWS JSON policy elements: Principal).
 * `alone`: a user's own ARN, a session's ARN, `*`: nothing else. `role`: a role's own ARN: its boundary must allow it too.
 * `account`: the account's ARN or id: the caller's own policies and boundary must allow it too.
 */
type Ways = Readonly<Record<(typeof WAYS)[number], Tri>>;

export interface TrustAnswer {
  readonly ways: Ways;
  readonly deny: Tri;
}

function allowedWays({ statement, trusted }: AssumeStatement, source: Principal): Ways {
  const named = trusted.map((value) => naming(value, source));
  if (statement.principalKind === 'NotPrincipal') {
    // Everyone but those named. IAM takes no such policy any more; what an old one does is not documented well enough
    // to call it certain (AWS JSON policy elements: NotPrincipal).
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
 * Does a Deny statement mean this caller? With NotPrincipal, nobody is spared who has a boundary, a user only when its
 * account is named too, and a role only when the account and the very session are: not known before it is there
 * (AWS JSON policy elements: NotPrincipal; Permissions boundaries for IAM entities).
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

/** What the trust policy of a role says about sts:AssumeRole by this user or role. */
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
