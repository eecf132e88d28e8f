import type { Condition, Role, TrustEntry } from '../types.js';
import { nameOf } from './naming.js';
import { ASSUME_CALLS, coversAction } from './statements.js';

/** `StringEquals sts:ExternalId = a; b`, sorted. */
function inWords(condition: Condition | undefined): readonly string[] {
  return Object.entries(condition ?? {})
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${operator} ${key} = ${[...values].sort().join('; ')}`),
    )
    .sort();
}

/**
 * All principals in the Allow statements of the trust policy, for any call that starts a session of the role, in
 * the order of the document (AWS JSON policy elements: Principal). Deny statements are ignored here: `mayAssume`
 * evaluates them.
 */
export function trustEntries(role: Role): readonly TrustEntry[] {
  return role.trust.statements.flatMap((statement, index) => {
    if (statement.effect === 'Deny' || !ASSUME_CALLS.some((call) => coversAction(statement, call))) return [];
    const conditions = inWords(statement.condition);
    return Object.entries(statement.principals ?? {}).flatMap(([principalType, values]) =>
      values.map((value) => ({
        ...nameOf(principalType, value),
        value,
        statement: index + 1,
        conditions,
        inverted: statement.principalKind === 'NotPrincipal',
      })),
    );
  });
}
