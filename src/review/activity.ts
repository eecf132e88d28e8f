import { getOrInsertComputed } from '../base/maps.js';
import { compareBy } from '../base/compare.js';
import { emptySet } from '../catalog/action-set.js';
import type { Catalog } from '../catalog/types.js';
import type { Principal } from '../iam/types.js';
import type { ActivityRow, Actor } from '../trail/types.js';
import { callKey, RowsByPrincipal } from './rows-by-principal.js';
import type { Match, PrincipalIndex } from './principal-index.js';
import { seenCalls } from './seen-calls.js';
import type { TrailOnlyPrincipal } from './types.js';

/** Activity by principal, and activity of callers outside the authorization details. */
export interface SortedActivity {
  /** Whether the logs have any call of the principal, in any outcome; false after its rows were taken. */
  has(principal: Principal): boolean;
  /** Call it once per principal: its rows are dropped. */
  take(principal: Principal): readonly ActivityRow[];
  /** By account whose trail recorded them; sorted by ARN. */
  trailOnly(catalog: Catalog): ReadonlyMap<string, readonly TrailOnlyPrincipal[]>;
}

interface OtherCaller {
  readonly kind: TrailOnlyPrincipal['kind'];
  readonly actor: Actor;
  readonly rows: ActivityRow[];
}

/** Assigns each row to its principal; rows of other callers are kept separate. */
export async function sortActivity(
  rows: AsyncIterable<ActivityRow>,
  principalIndex: PrincipalIndex,
  onRow: (row: ActivityRow) => void,
): Promise<SortedActivity> {
  const credited = new RowsByPrincipal<ActivityRow>(callKey);
  const otherCallers = new Map<string, Map<string, OtherCaller>>();
  for await (const row of rows) {
    onRow(row);
    const match: Match = principalIndex.match(row.actor);
    if (match.kind === 'principal') {
      credited.add(match.principal, row);
      continue;
    }
    const account = principalIndex.isConfigured(row.recipientAccountId)
      ? row.recipientAccountId
      : (row.actor.accountId ?? row.recipientAccountId);
    addOtherCaller(otherCallers, account, row, match.kind === 'deleted' ? 'deleted' : row.actor.kind);
  }
  return {
    has: (principal) => credited.has(principal),
    take: (principal) => credited.take(principal),
    trailOnly: (catalog) =>
      new Map(
        [...otherCallers].map(([account, byActor]) => [
          account,
          [...byActor]
            .sort(compareBy(([key]) => key))
            .map(([, caller]) => trailOnly(catalog, account, caller)),
        ]),
      ),
  };
}

function addOtherCaller(
  accounts: Map<string, Map<string, OtherCaller>>,
  accountId: string,
  row: ActivityRow,
  kind: OtherCaller['kind'],
): void {
  const byActor = getOrInsertComputed(accounts, accountId, () => new Map<string, OtherCaller>());
  const { actor } = row;
  const key = [actor.arn, actor.id, kind].join('\n');
  getOrInsertComputed(byActor, key, () => ({ kind, actor, rows: [] })).rows.push(row);
}

function trailOnly(
  catalog: Catalog,
  accountId: string,
  { kind, actor, rows }: OtherCaller,
): TrailOnlyPrincipal {
  return {
    kind,
    arn: actor.arn,
    id: actor.id,
    accountId: actor.accountId ?? accountId,
    // Their policies are unknown: an event with alternative actions counts as the first.
    ...seenCalls(catalog, emptySet(catalog.actions.length), rows),
  };
}
