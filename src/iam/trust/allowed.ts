import type { AllowedAssumption, IamAccount, User } from '../types.js';
import { isIncomplete, mayAssume } from './may-assume.js';
import { accountOf } from './naming.js';
import { byArn, RoleIndex, type Positions } from './role-index.js';

function candidates(index: RoleIndex, user: User): Positions {
  const account = accountOf(user);
  const found = new Set([user.arn, user.id].flatMap((name) => index.naming(name)));
  for (const position of index.naming('*')) {
    const role = index.roles[position];
    if (role !== undefined && accountOf(role) === account) found.add(position);
  }
  for (const { policy } of user.policies) {
    for (const position of index.reachedBy(policy.document, [account, '*'])) found.add(position);
  }
  return [...found].sort((a, b) => a - b);
}

/**
 * Every user → role pair for which `mayAssume` returns yes or conditional, sorted by source ARN, then role ARN;
 * without `unknown` pairs. The cost grows with the number of pairs that one side names, not with users × roles.
 */
export function* allowedAssumptions(accounts: readonly IamAccount[]): Iterable<AllowedAssumption> {
  const principals = accounts.flatMap((account) => account.principals);
  const index = new RoleIndex(principals.filter((p) => p.type === 'role'));
  const users = principals.filter((p) => p.type === 'user').sort(byArn);
  for (const user of users) {
    if (isIncomplete(user)) continue;
    for (const position of candidates(index, user)) {
      const role = index.roles[position];
      if (role === undefined) continue;
      const allowed = mayAssume(user, role);
      if (allowed === 'yes' || allowed === 'conditional') {
        yield { sourceArn: user.arn, roleArn: role.arn, allowed };
      }
    }
  }
}
