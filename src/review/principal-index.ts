import { hasUniqueId, rawIdOf } from '../iam/entries.js';
import type { IamAccount, Principal } from '../iam/types.js';
import type { Actor } from '../trail/types.js';

/** Who a record's actor is among the principals of the authorization details. */
export type Match =
  | { readonly kind: 'principal'; readonly principal: Principal }
  /** Was a principal of a configured account; is in no file today. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'other' };

/**
 * The principals of all accounts, found by unique id first: a renamed user keeps its id, and a principal re-created
 * under an old name has a new one, so the earlier one's events are not credited to it (IAM identifiers: unique identifiers).
 * Case does not matter: no two users or roles of an account differ in case only (IAM and AWS STS quotas: IAM name requirements),
 * and an index of logs may hold everything in lower case.
 */
export class PrincipalIndex {
  readonly #byArn = new Map<string, Principal>();
  readonly #byId = new Map<string, Principal>();
  /** Ids that several principals have. */
  readonly #sharedIds = new Set<string>();
  readonly #accountIds = new Set<string>();

  constructor(accounts: readonly IamAccount[]) {
    for (const account of accounts) {
      this.#accountIds.add(account.id);
      for (const principal of account.principals) {
        this.#byArn.set(keyOf(principal.arn), principal);
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

  /** A principal's ARN as the account details have it; any other as it is. */
  spelled(arn: string): string {
    return this.#byArn.get(keyOf(arn))?.arn ?? arn;
  }

  match(actor: Actor): Match {
    const id = actor.id === null ? null : keyOf(actor.id);
    const shared = id !== null && this.#sharedIds.has(id);
    const byId = id === null || shared ? undefined : this.#byId.get(id);
    if (byId !== undefined) return { kind: 'principal', principal: byId };
    if (actor.kind !== 'user' && actor.kind !== 'role') return { kind: 'other' };
    const byArn = this.#byArn.get(keyOf(actor.arn));
    if (byArn !== undefined && (id === null || byArn.id === '' || (shared && keyOf(rawIdOf(byArn)) === id))) {
      return { kind: 'principal', principal: byArn };
    }
    return this.isConfigured(actor.accountId) ? { kind: 'deleted' } : { kind: 'other' };
  }
}

const keyOf = (arnOrId: string): string => arnOrId.toLowerCase();
