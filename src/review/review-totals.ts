import { getOrInsert } from '../base/maps.js';
import type { Catalog } from '../catalog/types.js';
import type { IamAccount } from '../iam/types.js';
import type { ActivityRow, TrailNotes } from '../trail/types.js';
import { EventCounts } from './event-counts.js';
import type { Exemptions } from './exemptions.js';
import type { Doubt } from './reasons.js';
import type { Contradictions } from './witnesses.js';
import type { AccountLogs } from './recording/account-logs.js';
import type {
  AccountReview,
  Decision,
  PrincipalReview,
  PrincipalSummary,
  ReviewTotals,
  RiskTag,
  TrailOnlyPrincipal,
  TrustFinding,
} from './types.js';

/** Computes totals for the index while principals arrive; retains only a small summary of each. */
export class TotalsBuilder {
  readonly #catalog: Catalog;
  readonly #summaries: PrincipalSummary[] = [];
  readonly #values = new Map<string, unknown>();
  readonly #unmapped = new EventCounts();
  #events = 0;
  #mapped = 0;
  #noPermission = 0;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  addRow(row: ActivityRow): void {
    this.#events += row.count;
    const kind = row.apiCall ? this.#catalog.mapEvent(row.eventSource, row.eventName).kind : 'no-permission';
    if (kind === 'actions') this.#mapped += row.count;
    else if (kind === 'no-permission') this.#noPermission += row.count;
    else this.#unmapped.add(row);
  }

  addPrincipal(principal: PrincipalReview): void {
    const { arn, id, type, name, accountId, accountName, lastActivity, state, counts, exemption } = principal;
    this.#summaries.push({
      arn,
      id,
      type,
      name,
      accountId,
      accountName,
      lastActivity,
      state,
      tags: this.#intern(principal.tags),
      risks: this.#intern(risksByTag(principal)),
      trustFindings: this.#intern(findingCounts(principal)),
      counts,
      decision: principal.suggestion.decision,
      exemption,
    });
  }

  /** Many principals have the same tags and risks. */
  #intern<T>(value: T): T {
    return getOrInsert<string, unknown>(this.#values, JSON.stringify(value), value) as T;
  }

  totals(
    accounts: readonly IamAccount[],
    logs: ReadonlyMap<string, AccountLogs>,
    contradictions: ReadonlyMap<string, Contradictions>,
    trailOnly: ReadonlyMap<string, readonly TrailOnlyPrincipal[]>,
    notes: TrailNotes,
    exemptions: Exemptions,
  ): ReviewTotals {
    const byAccount = new Map<string, PrincipalSummary[]>(accounts.map((account) => [account.id, []]));
    for (const summary of this.#summaries) byAccount.get(summary.accountId)?.push(summary);
    const expected = accounts.reduce((sum, account) => sum + account.principals.length, 0);
    const listed = [...byAccount.values()].reduce((sum, list) => sum + list.length, 0);
    if (listed !== expected) throw new Error(`reviewed ${listed} of ${expected} principals`);
    const reviewed = accounts.map((account) => {
      const logsOf = logs.get(account.id);
      if (logsOf === undefined) throw new Error(`no logs of account ${account.id}`);
      return accountReview(
        account,
        logsOf,
        contradictions.get(account.id)?.doubt ?? null,
        byAccount.get(account.id) ?? [],
        trailOnly.get(account.id) ?? [],
      );
    });
    return {
      accounts: reviewed,
      summaries: this.#summaries,
      mapping: {
        events: this.#events,
        mappedEvents: this.#mapped,
        noPermissionEvents: this.#noPermission,
        unmapped: this.#unmapped.sorted(),
      },
      notes,
      emptyAccounts: reviewed.filter(({ coverage }) => coverage.events === 0).map(({ id }) => id),
      exemptions: exemptions.all(),
      warnings: exemptions.warnings(),
    };
  }
}

function risksByTag({ risks }: PrincipalReview): PrincipalSummary['risks'] {
  const unused = new Map<RiskTag, boolean>();
  for (const risk of risks) unused.set(risk.tag, (unused.get(risk.tag) ?? false) || risk.unused);
  return [...unused].map(([tag, any]) => ({ tag, unused: any }));
}

function findingCounts({ trust }: PrincipalReview): PrincipalSummary['trustFindings'] {
  const counts: Partial<Record<TrustFinding, number>> = {};
  for (const { findings } of trust)
    for (const finding of findings) counts[finding] = (counts[finding] ?? 0) + 1;
  return counts;
}

function accountReview(
  account: IamAccount,
  { coverage, recording, days, warnings }: AccountLogs,
  doubt: Doubt | null,
  principals: readonly PrincipalSummary[],
  trailOnly: readonly TrailOnlyPrincipal[],
): AccountReview {
  const sum = (key: 'granted' | 'used' | 'unused' | 'unknown' | 'ungranted'): number =>
    principals.reduce((total, principal) => total + principal.counts[key], 0);
  const having = (test: (principal: PrincipalSummary) => boolean): number => principals.filter(test).length;
  const deciding = (decision: Decision): number => having((principal) => principal.decision === decision);
  return {
    id: account.id,
    name: account.name,
    listed: account.listed,
    coverage: coverage ?? {
      accountId: account.id,
      events: 0,
      first: null,
      last: null,
      emptyDays: [],
      dataEventSources: [],
      regions: [],
    },
    recording,
    days,
    doubt,
    counts: {
      principals: principals.length,
      users: having((principal) => principal.type === 'user'),
      roles: having((principal) => principal.type === 'role'),
      active: having((principal) => principal.state === 'active'),
      inactive: having((principal) => principal.state === 'inactive'),
      incomplete: having((principal) => principal.state === 'incomplete'),
      granted: sum('granted'),
      used: sum('used'),
      unused: sum('unused'),
      unknown: sum('unknown'),
      ungranted: sum('ungranted'),
    },
    decisions: {
      keep: deciding('keep'),
      reduce: deciding('reduce'),
      remove: deciding('remove'),
      investigate: deciding('investigate'),
    },
    trailOnly,
    iamWarnings: account.warnings,
    warnings: [
      ...warnings,
      ...(doubt === null ? [] : [{ kind: 'doubt' as const, account: account.name, doubt }]),
    ],
  };
}
