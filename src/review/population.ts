import type { IamAccount, Principal } from '../iam/types.js';
import type { ActivityRow, Actor } from '../trail/types.js';
import type { TrailOnlyPrincipal } from './types.js';

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
export class Population {
  readonly #byArn = new Map<string, Principal>();
  readonly #byId = new Map<string, Principal>();
  readonly #accountIds = new Set<string>();

  constructor(accounts: readonly IamAccount[]) {
    for (const account of accounts) {
      this.#accountIds.add(account.id);
      for (const principal of account.principals) {
        this.#byArn.set(principal.arn, principal);
        if (principal.id !== '') this.#byId.set(principal.id, principal);
      }
    }
  }

  isConfigured(accountId: string | null): boolean {
    return accountId !== null && this.#accountIds.has(accountId);
  }

  principal(arn: string): Principal | undefined {
    return this.#byArn.get(arn);
  }

  match(actor: Actor): Match {
    const byId = actor.id === null ? undefined : this.#byId.get(actor.id);
    if (byId !== undefined) return { kind: 'principal', principal: byId };
    if (actor.kind !== 'user' && actor.kind !== 'role') return { kind: 'other' };
    const byArn = this.#byArn.get(actor.arn);
    if (byArn !== undefined && (actor.id === null || byArn.id === '')) {
      return { kind: 'principal', principal: byArn };
    }
    return this.isConfigured(actor.accountId) ? { kind: 'deleted' } : { kind: 'other' };
  }
}

/** Activity by principal, and what belongs to nobody in the authorization details. */
export interface SortedActivity {
  readonly byPrincipal: ReadonlyMap<Principal, readonly ActivityRow[]>;
  /** By the account whose trail recorded them; sorted by ARN. */
  readonly trailOnly: ReadonlyMap<string, readonly TrailOnlyPrincipal[]>;
  readonly rows: number;
}

/**
 * Credits each row to its principal. A call into another account is recorded in both accounts' trails: the copy in the
 * other account only fills in calls that the principal's own trail lacks, so nothing counts twice and nothing is lost.
 */
export async function sortActivity(
  rows: AsyncIterable<ActivityRow>,
  population: Population,
  onRow: (row: ActivityRow) => void,
): Promise<SortedActivity> {
  const own = new Map<Principal, ActivityRow[]>();
  const foreign = new Map<Principal, ActivityRow[]>();
  const others = new Map<string, Map<string, TrailOnlyPrincipal>>();
  let count = 0;
  for await (const row of rows) {
    count += 1;
    onRow(row);
    const match: Match = population.match(row.actor);
    if (match.kind === 'principal') {
      const isOwn =
        row.recipientAccountId === 'unknown' || row.recipientAccountId === match.principal.accountId;
      append(isOwn ? own : foreign, match.principal, row);
      continue;
    }
    const account = population.isConfigured(row.recipientAccountId)
      ? row.recipientAccountId
      : (row.actor.accountId ?? row.recipientAccountId);
    addTrailOnly(others, account, row, match.kind === 'deleted' ? 'deleted' : row.actor.kind);
  }
  for (const [principal, copies] of foreign) {
    const known = new Set(own.get(principal)?.map(callKey));
    for (const row of copies) if (!known.has(callKey(row))) append(own, principal, row);
  }
  const trailOnly = new Map<string, TrailOnlyPrincipal[]>();
  for (const [account, byActor] of others) {
    trailOnly.set(
      account,
      [...byActor.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value),
    );
  }
  return { byPrincipal: own, trailOnly, rows: count };
}

const callKey = (row: ActivityRow): string => `${row.eventSource}\n${row.eventName}`;

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function addTrailOnly(
  accounts: Map<string, Map<string, TrailOnlyPrincipal>>,
  accountId: string,
  row: ActivityRow,
  kind: TrailOnlyPrincipal['kind'],
): void {
  let byActor = accounts.get(accountId);
  if (byActor === undefined) accounts.set(accountId, (byActor = new Map<string, TrailOnlyPrincipal>()));
  const key = `${row.actor.arn}\n${row.actor.id ?? ''}\n${kind}`;
  const before = byActor.get(key);
  byActor.set(key, {
    kind,
    arn: row.actor.arn,
    id: row.actor.id,
    accountId: row.actor.accountId ?? accountId,
    events: (before?.events ?? 0) + row.count,
    succeeded: (before?.succeeded ?? 0) + (row.outcome === 'succeeded' ? row.count : 0),
    denied: (before?.denied ?? 0) + (row.outcome === 'denied' ? row.count : 0),
    failed: (before?.failed ?? 0) + (row.outcome === 'failed' ? row.count : 0),
    first: before === undefined || row.first < before.first ? row.first : before.first,
    last: before === undefined || row.last > before.last ? row.last : before.last,
    actions: [],
  });
}
