import { compareText } from '../../base/compare.js';
import type { AssumptionReview, Origin } from '../../review/types.js';
import type { DescribedPrincipal } from '../../wording/described.js';

/** Maximum number of pairs on the page, used pairs first. The CSV has all. */
const MAX_USED = 1000;
const MAX_UNUSED = 500;
const MAX_CHAINS = 200;

/** Sessions that were started through several roles. */
export interface ChainOfRole extends Origin {
  readonly roleArn: string;
}

/** Roles of the reviewed accounts that trust one other account. */
export interface CrossAccountTrust {
  readonly accountId: string;
  roles: number;
  entries: number;
  neverAssumed: number;
  sessions: number;
  lastAssumed: string | null;
}

/** Pairs of all sources in one account and all roles in another (or the same) account. */
export interface AccountPairs {
  readonly from: string;
  readonly to: string;
  used: number;
  unused: number;
  unknown: number;
}

/** Whether the source assumed the role; if not, whether the logs could have shown it. */
export const pairMark = ({ assumed, known }: AssumptionReview): 'used' | 'unused' | 'unknown' => {
  if (assumed) return 'used';
  return known ? 'unused' : 'unknown';
};

/**
 * Data of the index and the page of role assumptions, collected in bounded memory while principals and pairs
 * arrive.
 */
export class OverviewCollector {
  readonly trusts = new Map<string, CrossAccountTrust>();
  readonly accountPairs = new Map<string, AccountPairs>();
  readonly #used: AssumptionReview[] = [];
  readonly #unused: AssumptionReview[] = [];
  #chains: ChainOfRole[] = [];
  /** Unused privilege-escalation paths of all principals. */
  escalationPaths = 0;
  usedPairs = 0;
  unusedPairs = 0;
  unknownPairs = 0;

  principal(p: DescribedPrincipal): void {
    for (const { tag, unused } of p.risks)
      if (tag === 'privilege-escalation' && unused) this.escalationPaths += 1;
    this.#addTrust(p);
    for (const origin of p.origins)
      if (origin.path.length > 1) this.#chains.push({ ...origin, roleArn: p.arn });
    if (this.#chains.length > 10 * MAX_CHAINS) this.#chains = this.chains();
  }

  assumption(pair: AssumptionReview): void {
    const { sourceAccountId: from, roleAccountId: to } = pair;
    let account = this.accountPairs.get(`${from} ${to}`);
    if (account === undefined) {
      account = { from, to, used: 0, unused: 0, unknown: 0 };
      this.accountPairs.set(`${from} ${to}`, account);
    }
    const mark = pairMark(pair);
    account[mark] += 1;
    this[`${mark}Pairs`] += 1;
    const [list, most] = mark === 'used' ? [this.#used, MAX_USED] : [this.#unused, MAX_UNUSED];
    if (list.length < most) list.push(pair);
  }

  /** Used pairs first, each list in order of arrival. */
  pairs(): readonly AssumptionReview[] {
    return [...this.#used, ...this.#unused];
  }

  /** Most sessions first. */
  chains(): ChainOfRole[] {
    const key = (chain: ChainOfRole): string => [...chain.path, chain.roleArn].join('\n');
    return this.#chains
      .toSorted((a, b) => b.sessions - a.sessions || compareText(key(a), key(b)))
      .slice(0, MAX_CHAINS);
  }

  #addTrust(p: DescribedPrincipal): void {
    const seen = new Set<string>();
    for (const { accountId, inverted, sessions, lastAssumed, findings } of p.trust) {
      if (accountId === null || accountId === p.accountId || inverted) continue;
      let trust = this.trusts.get(accountId);
      if (trust === undefined) {
        trust = { accountId, roles: 0, entries: 0, neverAssumed: 0, sessions: 0, lastAssumed: null };
        this.trusts.set(accountId, trust);
      }
      if (!seen.has(accountId)) trust.roles += 1;
      seen.add(accountId);
      trust.entries += 1;
      if (findings.includes('never-assumed')) trust.neverAssumed += 1;
      trust.sessions += sessions;
      if (lastAssumed !== null && (trust.lastAssumed === null || lastAssumed > trust.lastAssumed))
        trust.lastAssumed = lastAssumed;
    }
  }
}
