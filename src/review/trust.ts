import type { Condition, Role, TrustEntry } from '../iam/types.js';
import { accountOf } from '../iam/trust.js';
import type { AssumptionRow } from '../trail/types.js';
import { managerOf } from './managed-roles.js';
import { limitsAccount, limitsEveryone, limitsIdentity } from './trust/limits.js';
import { isSaml, sessionsOf, type FindPrincipal } from './trust/sessions.js';
import type { TrustFinding, TrustReview } from './types.js';

export interface TrustContext {
  /** Accounts of this review. */
  readonly accountIds: ReadonlySet<string>;
  readonly find: FindPrincipal;
  /** The logs of the role's account have every session start of this role: no start means no session. */
  readonly complete: boolean;
}

/** Input for the findings about one entry. */
interface Case {
  readonly role: Role;
  readonly entry: TrustEntry;
  readonly condition: Condition | undefined;
  readonly sessions: number;
  readonly context: TrustContext;
}

/** An account that a role of this review trusts and that is not in this review. */
const isUnknownAccount = ({ role, entry, context }: Case): boolean =>
  entry.accountId !== null &&
  entry.kind !== 'federated' &&
  entry.accountId !== accountOf(role) &&
  !context.accountIds.has(entry.accountId);

/** For well-known web identity providers, only the audience says whose users are trusted. */
function lacksIdentity({ entry, condition }: Case): boolean {
  if (entry.kind !== 'federated' || isSaml(entry)) return false;
  const claims = entry.value.includes(':oidc-provider/') ? ['sub'] : ['sub', 'aud', 'app_id'];
  return !limitsIdentity(condition, claims);
}

const rules: readonly (readonly [TrustFinding, (c: Case) => boolean])[] = [
  [
    'everyone',
    ({ entry, condition }) => (entry.kind === 'everyone' || entry.inverted) && !limitsEveryone(condition),
  ],
  [
    'whole-account',
    // Naming the own account is AWS's default trust policy: the policies of the callers decide.
    ({ role, entry, condition }) =>
      entry.kind === 'account' && entry.accountId !== accountOf(role) && !limitsAccount(condition),
  ],
  ['unknown-account', isUnknownAccount],
  [
    'deleted-principal',
    ({ entry, context }) => entry.kind === 'deleted' && context.find(entry.value) === undefined,
  ],
  ['no-condition', (c) => (isUnknownAccount(c) && c.entry.conditions.length === 0) || lacksIdentity(c)],
  ['never-assumed', ({ sessions, context }) => context.complete && sessions === 0],
];

/** Findings about the named principal; with NotPrincipal that is the excluded one. */
const isAboutNamed = (finding: TrustFinding): boolean =>
  finding !== 'everyone' && finding !== 'never-assumed';

/**
 * Trusted principals of the role, their sessions in the logs, and findings, in the order of the entries.
 * Service-linked roles and roles of IAM Identity Center have no findings: AWS writes their trust policies, and
 * nobody can change them.
 * @param sessions all rows of this role, from all types of sources
 */
export function reviewTrust(
  role: Role,
  entries: readonly TrustEntry[],
  sessions: readonly AssumptionRow[],
  context: TrustContext,
): readonly TrustReview[] {
  const managed = managerOf(role) !== null;
  return entries.map((entry) => {
    const rows = sessionsOf(entry, entries, sessions, context.find);
    const count = rows.reduce((sum, row) => sum + row.sessions, 0);
    const condition = role.trust.statements[entry.statement - 1]?.condition;
    const subject: Case = { role, entry, condition, sessions: count, context };
    return {
      ...entry,
      sessions: count,
      lastAssumed: rows.reduce<string | null>(
        (max, { last }) => (max === null || last > max ? last : max),
        null,
      ),
      findings: managed
        ? []
        : rules
            .filter(([finding, applies]) => !(entry.inverted && isAboutNamed(finding)) && applies(subject))
            .map(([finding]) => finding),
    };
  });
}
