import type { AllowedAssumption, IamAccount, PolicyDocument, Principal, Role, User } from '../types.js';
import { matchesWildcard } from '../patterns.js';
import { isIncomplete, mayAssume } from './may-assume.js';
import { accountOf, nameAws } from './naming.js';
import { assumeStatements } from './statements.js';

/** Positions in the sorted list of roles. */
type Positions = readonly number[];
const NONE: Positions = [];

const byArn = (a: Principal, b: Principal): number => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0);

/** Roles by whom their trust policies name. More may be found than are allowed, never fewer: `mayAssume` decides. */
class RoleIndex {
  readonly roles: readonly Role[];
  /** By ARN, unique id or account id as the trust policy names it, and by `*`. */
  readonly #byNamed = new Map<string, number[]>();
  readonly #admitting: readonly ReadonlySet<string>[];
  readonly #reach = new WeakMap<PolicyDocument, ReadonlySet<number>>();

  constructor(roles: readonly Role[]) {
    this.roles = [...roles].sort(byArn);
    this.#admitting = this.roles.map(admitted);
    this.#admitting.forEach((names, position) => {
      for (const name of names) {
        const list = this.#byNamed.get(name);
        if (list === undefined) this.#byNamed.set(name, [position]);
        else list.push(position);
      }
    });
  }

  naming(name: string): Positions {
    return this.#byNamed.get(name) ?? NONE;
  }

  /** The roles that a document reaches and whose trust policy has any of the names. */
  reachedBy(document: PolicyDocument, names: readonly string[]): Positions {
    const reach = this.#reachOf(document);
    const named = names.map((name) => this.naming(name));
    // Walk the shorter side: a policy may reach every role, and an account may be named by every role.
    if (named.reduce((sum, list) => sum + list.length, 0) < reach.size) {
      return named.flatMap((list) => list.filter((position) => reach.has(position)));
    }
    return [...reach].filter((position) => names.some((name) => this.#admitting[position]?.has(name)));
  }

  /** The roles that a document's Allow statements about sts:AssumeRole may be about; found once per document. */
  #reachOf(document: PolicyDocument): ReadonlySet<number> {
    let found = this.#reach.get(document);
    if (found === undefined) this.#reach.set(document, (found = this.#findReach(document)));
    return found;
  }

  #findReach(document: PolicyDocument): ReadonlySet<number> {
    const found = new Set<number>();
    for (const { statement } of assumeStatements(document)) {
      if (statement.effect === 'Deny') continue;
      const patterns = statement.resourceKind === 'NotResource' ? ['*'] : statement.resources;
      for (const pattern of patterns) this.#match(pattern.replace(/\$\{[^}]*\}/g, '*'), found);
    }
    return found;
  }

  /** Only roles whose ARN begins as the pattern does are looked at. */
  #match(pattern: string, found: Set<number>): void {
    const head = /^[^*?]*/.exec(pattern)?.[0] ?? '';
    for (let i = this.#firstFrom(head); i < this.roles.length; i++) {
      const arn = this.roles[i]?.arn ?? '';
      if (!arn.startsWith(head)) break;
      if (matchesWildcard(pattern, arn)) found.add(i);
    }
  }

  #firstFrom(arn: string): number {
    let from = 0;
    let to = this.roles.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.roles[middle]?.arn ?? '') < arn) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Whom the Allow statements of a trust policy name: ARNs, unique ids, account ids, `*`. */
function admitted(role: Role): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { statement } of assumeStatements(role.trust)) {
    if (statement.effect === 'Deny') continue;
    if (statement.principalKind === 'NotPrincipal') names.add('*');
    else for (const value of statement.principals?.['AWS'] ?? []) names.add(nameFor(value));
  }
  return names;
}

function nameFor(value: string): string {
  const named = nameAws(value);
  return named.kind === 'account' ? (named.accountId ?? value) : value;
}

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
 * Every user → role pair for which `mayAssume` says yes or conditional, sorted by source ARN, then role ARN. Pairs of which
 * nothing is certain (`unknown`) are left out.
 * The cost follows the number of pairs that one side names, not users × roles.
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
