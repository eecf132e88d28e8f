import { hasUniqueId, rawIdOf } from '../iam/entries.js';
import type { IamAccount, Principal } from '../iam/types.js';
import type { Actor } from '../trail/types.js';

/** The principal of an actor, among the principals of the authorization details. */
export type Match =
  | { readonly kind: 'principal'; readonly principal: Principal }
  /** A principal of a configured account that no longer exists. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'other' };

/**
 * Principals of all accounts, searched by unique ID first: a renamed user keeps its ID, and a principal re-created
 * under an old name has a new one, so it does not get the events of its predecessor (IAM identifiers: unique
 * identifiers). Ignores case: names in an account differ in more than case (IAM and AWS STS quotas: IAM name
 * requirements), and an index can hold everything in lower case.
 */
export class PrincipalIndex {
  readonly #byArn = new Map<string, Principal>();
  /** Roles with a path, by their ARN without it: names of roles are unique in an account, whatever the path. */
  readonly #byShortArn = new Map<string, Principal>();
  readonly #byId = new Map<string, Principal>();
  /** IDs that several principals have. */
  readonly #sharedIds = new Set<string>();
  readonly #accountIds = new Set<string>();

  constructor(accounts: readonly IamAccount[]) {
    for (const account of accounts) {
      this.#accountIds.add(account.id);
      for (const principal of account.principals) {
        this.#byArn.set(keyOf(principal.arn), principal);
        const short = withoutPath(principal.arn);
        if (short !== principal.arn) this.#byShortArn.set(keyOf(short), principal);
        if (!hasUniqueId(principal)) {
          this.#sharedIds.add(keyOf(rawIdOf(principal)));
          continue;
        }
        const id = keyOf(principal.id);
        const other = this.#byId.get(id);
        if (other !== undefined && other.arn !== principal.arn) this.#sharedIds.add(id);
        this.#byId.set(id, principal);
      }
    }
  }

  isConfigured(accountId: string | null): boolean {
    return accountId !== null && this.#accountIds.has(accountId);
  }

  find(arnOrId: string): Principal | undefined {
    const key = keyOf(arnOrId);
    return this.#byArn.get(key) ?? (this.#sharedIds.has(key) ? undefined : this.#byId.get(key));
  }

  /** ARN of a principal as in the account details, with the path of a role; any other ARN unchanged. */
  spelled(arn: string): string {
    return this.#named(arn)?.arn ?? arn;
  }

  /** The ARN of a session has the name of the role only (IAM identifiers: Friendly names and paths). */
  #named(arn: string): Principal | undefined {
    const key = keyOf(arn);
    return this.#byArn.get(key) ?? this.#byShortArn.get(key);
  }

  match(actor: Actor): Match {
    const id = actor.id === null ? null : keyOf(actor.id);
    const shared = id !== null && this.#sharedIds.has(id);
    const byId = id === null || shared ? undefined : this.#byId.get(id);
    if (byId !== undefined) return { kind: 'principal', principal: byId };
    if (actor.kind !== 'user' && actor.kind !== 'role') return { kind: 'other' };
    const byArn = this.#named(actor.arn);
    if (byArn !== undefined && (id === null || byArn.id === '' || (shared && keyOf(rawIdOf(byArn)) === id))) {
      return { kind: 'principal', principal: byArn };
    }
    return this.isConfigured(actor.accountId) ? { kind: 'deleted' } : { kind: 'other' };
  }
}

/** `arn:aws:iam::A:role/team/Name` -> `arn:aws:iam::A:role/Name`. */
const withoutPath = (arn: string): string => arn.replace(/:role\/.*\//, ':role/');

const keyOf = (arnOrId: string): string => arnOrId.toLowerCase();
