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
        this.#byArn.set(principal.arn, principal);
        if (!hasUniqueId(principal)) {
          this.#sharedIds.add(rawIdOf(principal));
          continue;
        }
        const other = this.#byId.get(principal.id);
        if (other !== undefined && other.arn !== principal.arn) this.#sharedIds.add(principal.id);
        this.#byId.set(principal.id, principal);
      }
    }
  }

  isConfigured(accountId: string | null): boolean {
    return accountId !== null && this.#accountIds.has(accountId);
  }

  find(arnOrId: string): Principal | undefined {
    return this.#byArn.get(arnOrId) ?? (this.#sharedIds.has(arnOrId) ? undefined : this.#byId.get(arnOrId));
  }

  match(actor: Actor): Match {
    const shared = actor.id !== null && this.#sharedIds.has(actor.id);
    const byId = actor.id === null || shared ? undefined : this.#byId.get(actor.id);
    if (byId !== undefined) return { kind: 'principal', principal: byId };
    if (actor.kind !== 'user' && actor.kind !== 'role') return { kind: 'other' };
    const byArn = this.#byArn.get(actor.arn);
    if (
      byArn !== undefined &&
      (actor.id === null || byArn.id === '' || (shared && rawIdOf(byArn) === actor.id))
    ) {
      return { kind: 'principal', principal: byArn };
    }
    return this.isConfigured(actor.accountId) ? { kind: 'deleted' } : { kind: 'other' };
  }
}
