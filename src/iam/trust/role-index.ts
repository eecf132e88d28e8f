import { at } from '../../base/checked.js';
import { append, getOrInsertComputed } from '../../base/maps.js';
import { compareBy } from '../../base/compare.js';
import type { PolicyDocument, Role } from '../types.js';
import { literalHead, matchesWildcard } from '../patterns.js';
import { arnFields } from './arn.js';
import { assumeStatements } from './statements.js';

/** Positions in the sorted list of roles. */
export type Positions = readonly number[];
const NONE: Positions = [];

export const byArn = compareBy(({ arn }: { readonly arn: string }) => arn);

/** Roles by the principals in their trust policies. It can find too many roles, never too few: `mayAssume` decides. */
export class RoleIndex {
  readonly roles: readonly Role[];
  /** By ARN, unique ID or account ID as in the trust policy, and by `*`. */
  readonly #byNamed = new Map<string, number[]>();
  readonly #admitting: readonly ReadonlySet<string>[];
  /** Beginnings of the role ARNs: `arn:aws:iam::111111111111:`. */
  readonly #accounts: ReadonlySet<string>;
  /** Roles with a colon in path or name. */
  readonly #withColons: Positions;
  readonly #reach = new WeakMap<PolicyDocument, ReadonlySet<number>>();

  constructor(roles: readonly Role[]) {
    this.roles = [...roles].sort(byArn);
    this.#admitting = this.roles.map(admitted);
    this.#accounts = new Set(this.roles.map(({ arn }) => `${arnFields(arn).slice(0, 5).join(':')}:`));
    this.#withColons = this.roles.flatMap(({ arn }, i) => (arn.split(':').length > 6 ? [i] : []));
    this.#admitting.forEach((names, position) => {
      for (const name of names) {
        append(this.#byNamed, name, position);
      }
    });
  }

  naming(name: string): Positions {
    return this.#byNamed.get(name) ?? NONE;
  }

  /** Roles that a document allows and whose trust policy has one of the names. */
  reachedBy(document: PolicyDocument, names: readonly string[]): Positions {
    const reach = this.#reachOf(document);
    const named = names.map((name) => this.naming(name));
    // Iterate over the shorter side: a policy can allow every role, and every role can name an account.
    if (named.reduce((sum, list) => sum + list.length, 0) < reach.size) {
      return named.flatMap((list) => list.filter((position) => reach.has(position)));
    }
    return [...reach].filter((position) => names.some((name) => at(this.#admitting, position).has(name)));
  }

  /** Roles that match the Allow statements of a document about sts:AssumeRole; computed once per document. */
  #reachOf(document: PolicyDocument): ReadonlySet<number> {
    const found = getOrInsertComputed(this.#reach, document, () => this.#findReach(document));
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

  /**
   * Compares only roles whose ARN starts like the pattern, account by account: a `*` for the account cannot extend
   * further, because pattern and ARN have the same number of colons.
   */
  #match(pattern: string, found: Set<number>): void {
    const [, , , , , resource] = arnFields(pattern);
    if (resource === undefined) {
      this.#matchFrom(literalHead(pattern), pattern, found);
      return;
    }
    const account = pattern.slice(0, pattern.length - resource.length);
    for (const own of this.#accounts) {
      if (matchesWildcard(account, own)) this.#matchFrom(own + literalHead(resource), pattern, found);
    }
    for (const position of this.#withColons) {
      if (matchesWildcard(pattern, at(this.roles, position).arn)) found.add(position);
    }
  }

  #matchFrom(head: string, pattern: string, found: Set<number>): void {
    for (let i = this.#firstFrom(head); i < this.roles.length; i++) {
      const { arn } = at(this.roles, i);
      if (!arn.startsWith(head)) break;
      if (matchesWildcard(pattern, arn)) found.add(i);
    }
  }

  #firstFrom(arn: string): number {
    let from = 0;
    let to = this.roles.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (at(this.roles, middle).arn < arn) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Principals in the Allow statements of a trust policy: ARNs, unique IDs, account IDs, `*`. */
function admitted(role: Role): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { statement, trusted } of assumeStatements(role.trust)) {
    if (statement.effect === 'Deny') continue;
    if (statement.principalKind === 'NotPrincipal') names.add('*');
    else
      for (const { kind, value, accountId } of trusted)
        names.add(kind === 'account' ? (accountId ?? value) : value);
  }
  return names;
}
