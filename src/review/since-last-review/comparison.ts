import { count } from '../../catalog/action-set.js';
import type { ActionSet } from '../../catalog/types.js';
import { differencesOf, isSame, NO_DIFFERENCES, type Differences } from './differences.js';
import type { PrincipalName } from '../types.js';
import type { ActionNames } from './names.js';
import { outcomeOf, unusedStillGranted } from './outcome.js';
import type { ChangeSinceLast, DecisionRow, PreviousReview, PrincipalChange, Snapshot } from './types.js';

export interface ComparisonInput {
  readonly names: ActionNames;
  readonly previous: PreviousReview;
  /** Actions in today's catalog. */
  readonly listed: ActionSet;
  /** Accounts of this review. */
  readonly accountIds: readonly string[];
  /** null without decisions. */
  readonly decisions: ReadonlyMap<Snapshot, DecisionRow> | null;
}

/**
 * Compares two reviews, one principal at a time. Principals are matched by unique ID; an ARN is not enough, because
 * another principal can get it.
 */
export class Comparison {
  readonly previous: PreviousReview;
  readonly hasDecisions: boolean;
  readonly #input: ComparisonInput;
  readonly #byId = new Map<string, Snapshot>();
  readonly #byArn = new Map<string, Snapshot>();
  readonly #byAccount = new Map<string, Snapshot[]>();
  readonly #found = new Set<Snapshot>();
  /** ARN -> unique id. */
  readonly #today = new Map<string, string>();

  constructor(input: ComparisonInput) {
    this.#input = input;
    this.previous = input.previous;
    this.hasDecisions = input.decisions !== null;
    for (const principal of input.previous.principals) {
      this.#byArn.set(principal.arn, principal);
      const account = this.#byAccount.get(principal.accountId) ?? [];
      account.push(principal);
      this.#byAccount.set(principal.accountId, account);
      if (principal.id !== '') this.#byId.set(keyOf(principal), principal);
    }
  }

  /** @param grantedBy policies that grant an action today */
  compare(now: Snapshot, grantedBy: (action: string) => readonly string[]): PrincipalChange {
    this.#today.set(now.arn, now.id);
    const before = this.#find(now);
    if (before === undefined) return this.#new(now);
    this.#found.add(before);
    const { names, listed } = this.#input;
    const known = this.previous.listed;
    const differences = differencesOf({
      ...{ before, now, names, grantedBy },
      listed: known === null ? null : { before: known, now: listed },
    });
    return this.#seen(isSame(differences) ? 'same' : 'changed', before, now, differences);
  }

  /**
   * Principals of the account that are gone, sorted by ARN. Call it after all current principals have been
   * compared.
   */
  gone(accountId: string): readonly PrincipalChange[] {
    return this.#left(accountId).map((before) => this.#seen('gone', before, null, NO_DIFFERENCES));
  }

  /** Principals of accounts that are not in this review, sorted by account and ARN. */
  notReviewed(): readonly PrincipalChange[] {
    return this.previous.accountIds
      .filter((id) => !this.#input.accountIds.includes(id))
      .flatMap((id) => this.#left(id))
      .map((before) => ({
        ...this.#base('not-reviewed', before, before, null),
        outcome: null,
        granted: { before: count(before.granted), now: null },
      }));
  }

  #find(now: Snapshot): Snapshot | undefined {
    const before = now.id === '' ? this.#byArn.get(now.arn) : this.#byId.get(keyOf(now));
    // If one of the files lacks the ID, it cannot distinguish principals.
    const byArn = this.#byArn.get(now.arn);
    return before ?? (byArn?.id === '' ? byArn : undefined);
  }

  #left(accountId: string): Snapshot[] {
    return (this.#byAccount.get(accountId) ?? []).filter((principal) => !this.#found.has(principal));
  }

  #new(now: Snapshot): PrincipalChange {
    return {
      ...this.#base('new', now, null, now),
      outcome: null,
      sameArn: this.#byArn.get(now.arn)?.id ?? null,
    };
  }

  #seen(
    change: ChangeSinceLast,
    before: Snapshot,
    now: Snapshot | null,
    differences: Differences,
  ): PrincipalChange {
    const base = { ...this.#base(change, now ?? before, before, now), ...differences };
    const { decision } = base;
    const sameArn = now === null ? (this.#today.get(before.arn) ?? null) : null;
    const recreated = sameArn !== null;
    return {
      ...base,
      sameArn,
      outcome: this.hasDecisions ? outcomeOf({ before, now, recreated, differences, decision }) : null,
    };
  }

  #base(
    change: ChangeSinceLast,
    { arn, id, type, name, accountId, accountName }: PrincipalName,
    before: Snapshot | null,
    now: Snapshot | null,
  ): Omit<PrincipalChange, 'outcome'> {
    return {
      ...NO_DIFFERENCES,
      change,
      sameArn: null,
      accountReviewed: this.previous.accountIds.includes(accountId),
      grantsKnown: before?.grantsKnown !== false && now?.grantsKnown !== false,
      principal: { arn, id, type, name, accountId, accountName },
      state: now?.state ?? null,
      decision: before === null ? null : (this.#input.decisions?.get(before) ?? null),
      admin: { before: before?.admin ?? null, now: now?.admin ?? null },
      granted: { before: sizeOf(before), now: sizeOf(now) },
      unusedStillGranted: before === null ? null : now === null ? 0 : unusedStillGranted(before, now),
    };
  }
}

const keyOf = ({ accountId, id }: PrincipalName): string => `${accountId}/${id}`;
const sizeOf = (snapshot: Snapshot | null): number | null =>
  snapshot === null ? null : count(snapshot.granted);
