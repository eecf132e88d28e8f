import { accountInArn, nameInArn } from '../base/arn.js';
import { append, getOrInsertComputed, groupBy, increment } from '../base/maps.js';
import { compareBy, compareText } from '../base/compare.js';
import type { Allowed, AllowedAssumption, Principal } from '../iam/types.js';
import type { AssumptionRow } from '../trail/types.js';
import { Origins } from './origins.js';
import type { PrincipalIndex } from './principal-index.js';
import type { AssumptionReview, Origin, PrincipalAssumptions, UsedAction } from './types.js';

/** Answers of the policies about pairs, from iam/. */
export interface AssumeRules {
  /** Every user→role pair that the policies allow. */
  allowedPairs(): Iterable<AllowedAssumption>;
  mayAssume(source: Principal, role: Principal): Allowed;
}

/** All pairs, with indexes for the pages of source and role. */
export interface RoleAssumptionIndex {
  /** Sorted by sourceArn, then roleArn. */
  readonly all: readonly AssumptionReview[];
  of(arn: string): PrincipalAssumptions;
  /** Sessions of this role that any caller, AWS services included, started in the period. */
  sessionsOf(roleArn: string): number;
  /** All sessions of this role in the logs, from all sources. */
  rowsOf(roleArn: string): readonly AssumptionRow[];
  originsOf(roleArn: string): readonly Origin[];
}

interface Draft {
  readonly source: Principal | undefined;
  readonly sourceArn: string;
  readonly sourceType: 'user' | 'role';
  readonly roleArn: string;
  rows: AssumptionRow[];
  allowed?: Allowed;
}

/** Input for completing the pairs, known after all logs have been read. */
export interface PairContext {
  /** Used actions in the calls of a pair. */
  readonly actionsOf: (roleArn: string, rows: readonly AssumptionRow[]) => readonly UsedAction[];
  /** Whether the logs of an account would show session starts. */
  readonly showsSessions: (accountId: string) => boolean;
}

/**
 * Joins the pairs that policies allow with the pairs in the logs. Sources other than users and roles (AWS services,
 * federated users) are no pairs; their sessions count in `sessionsOf`.
 */
export async function collectAssumptions(
  rows: AsyncIterable<AssumptionRow>,
  principalIndex: PrincipalIndex,
  rules: AssumeRules,
): Promise<(context: PairContext) => RoleAssumptionIndex> {
  const drafts = new Map<string, Draft>();
  const rowsByRole = new Map<string, AssumptionRow[]>();
  const origins = new Origins(principalIndex);
  for (const pair of rules.allowedPairs()) {
    const draft = getOrAddDraft(
      drafts,
      principalIndex.find(pair.sourceArn),
      pair.sourceArn,
      'user',
      pair.roleArn,
    );
    draft.allowed = pair.allowed;
  }
  for await (const found of rows) {
    const row = { ...found, roleArn: principalIndex.spelled(found.roleArn) };
    append(rowsByRole, row.roleArn, row);
    origins.add(row);
    const match = principalIndex.match(row.source);
    const known = match.kind === 'principal' ? match.principal : undefined;
    const type =
      known?.type ?? (row.source.kind === 'user' || row.source.kind === 'role' ? row.source.kind : null);
    if (type === null) continue;
    getOrAddDraft(drafts, known, known?.arn ?? row.source.arn, type, row.roleArn).rows.push(row);
  }
  return (context) => {
    const pairs = [...drafts.values()].map((draft) => finish(draft, principalIndex, rules, context));
    return indexRoleAssumptions(pairs, rowsByRole, origins);
  };
}

function indexRoleAssumptions(
  pairs: readonly AssumptionReview[],
  rowsByRole: ReadonlyMap<string, readonly AssumptionRow[]>,
  origins: Origins,
): RoleAssumptionIndex {
  const all = pairs.toSorted(
    (a, b) => compareText(a.sourceArn, b.sourceArn) || compareText(a.roleArn, b.roleArn),
  );
  const bySource = groupBy(all, (pair) => pair.sourceArn);
  const byRole = groupBy(all, (pair) => pair.roleArn);
  return {
    all,
    of: (arn) => ({ out: bySource.get(arn) ?? [], in: byRole.get(arn) ?? [] }),
    sessionsOf: (roleArn) => (rowsByRole.get(roleArn) ?? []).reduce((sum, row) => sum + row.sessions, 0),
    rowsOf: (roleArn) => rowsByRole.get(roleArn) ?? [],
    originsOf: (roleArn) => origins.of(roleArn),
  };
}

function getOrAddDraft(
  drafts: Map<string, Draft>,
  source: Principal | undefined,
  sourceArn: string,
  sourceType: 'user' | 'role',
  roleArn: string,
): Draft {
  const key = `${sourceArn}\n${roleArn}`;
  const draft = getOrInsertComputed(drafts, key, () => ({
    source,
    sourceArn,
    sourceType,
    roleArn,
    rows: [],
  }));
  return draft;
}

function finish(
  draft: Draft,
  principalIndex: PrincipalIndex,
  rules: AssumeRules,
  { actionsOf, showsSessions }: PairContext,
): AssumptionReview {
  const { rows, roleArn, sourceArn } = draft;
  const origins = new Map<string, number>();
  for (const row of rows) {
    for (const origin of row.origins) {
      increment(origins, origin.arn, origin.sessions);
    }
  }
  const source = parseArn(sourceArn);
  const role = parseArn(roleArn);
  return {
    sourceArn,
    sourceType: draft.sourceType,
    sourceName: source.name,
    sourceAccountId: source.accountId,
    roleArn,
    roleName: role.name,
    roleAccountId: role.accountId,
    allowed: draft.allowed ?? evaluateAllowed(draft, principalIndex, rules),
    assumed: rows.length > 0,
    known:
      rows.length > 0 ||
      showsSessions(principalIndex.isConfigured(role.accountId) ? role.accountId : source.accountId),
    sessions: rows.reduce((sum, row) => sum + row.sessions, 0),
    firstAssumed: rows.map((row) => row.first).sort(compareText)[0] ?? null,
    lastAssumed:
      rows
        .map((row) => row.last)
        .sort(compareText)
        .at(-1) ?? null,
    origins: [...origins].map(([arn, count]) => ({ arn, sessions: count })).sort(compareBy(({ arn }) => arn)),
    actions: rows.length === 0 ? [] : actionsOf(roleArn, rows),
  };
}

/** A deleted source or role is allowed nothing; what one of an unconfigured account is allowed is unknown. */
function evaluateAllowed(draft: Draft, principalIndex: PrincipalIndex, rules: AssumeRules): Allowed {
  const role = principalIndex.find(draft.roleArn);
  if (role === undefined)
    return principalIndex.isConfigured(parseArn(draft.roleArn).accountId) ? 'no' : 'unknown';
  if (draft.source !== undefined) return rules.mayAssume(draft.source, role);
  return principalIndex.isConfigured(parseArn(draft.sourceArn).accountId) ? 'no' : 'unknown';
}

/** `arn:aws:iam::123456789012:role/path/name`. */
function parseArn(arn: string): { accountId: string; name: string } {
  return { accountId: accountInArn(arn), name: nameInArn(arn) };
}
