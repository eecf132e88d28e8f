import { isConditional } from './evaluate.js';
import { matchesAction, matchesWildcard } from './patterns.js';
import type {
  Allowed,
  AllowedAssumption,
  IamAccount,
  PolicyDocument,
  Principal,
  Role,
  Statement,
} from './types.js';

type Answer = 'yes' | 'conditional' | 'none' | 'denied';

const ASSUME = 'sts:AssumeRole';
const cache = new WeakMap<PolicyDocument, readonly Statement[]>();

function assumeStatements(document: PolicyDocument): readonly Statement[] {
  let found = cache.get(document);
  if (found === undefined) {
    found = document.statements.filter(
      (s) => s.actions.some((p) => matchesAction(p, ASSUME)) === (s.actionKind === 'Action'),
    );
    cache.set(document, found);
  }
  return found;
}

const accountOf = (p: Principal): string => {
  const id = p.arn.split(':')[4] ?? '';
  return /^\d{12}$/.test(id) ? id : p.accountId;
};

/** A policy variable (`${aws:username}`) is not filled in: whether it matches is conditional. */
function onResource(s: Statement, arn: string): 'yes' | 'maybe' | 'no' {
  if (s.resources.some((r) => !r.includes('${') && matchesWildcard(r, arn))) {
    return s.resourceKind === 'Resource' ? 'yes' : 'no';
  }
  if (s.resources.some((r) => r.includes('${') && matchesWildcard(r.replace(/\$\{[^}]*\}/g, '*'), arn)))
    return 'maybe';
  return s.resourceKind === 'Resource' ? 'no' : 'yes';
}

function combine(answers: readonly (readonly [Statement, 'yes' | 'maybe'])[]): Answer {
  const sure = (s: Statement, match: string): boolean => match === 'yes' && !isConditional(s);
  const denies = answers.filter(([s]) => s.effect === 'Deny');
  if (denies.some(([s, match]) => sure(s, match))) return 'denied';
  const allows = answers.filter(([s]) => s.effect === 'Allow');
  if (allows.length === 0) return 'none';
  return denies.length === 0 && allows.some(([s, match]) => sure(s, match)) ? 'yes' : 'conditional';
}

function identityAnswer(documents: readonly PolicyDocument[], roleArn: string): Answer {
  const matching: [Statement, 'yes' | 'maybe'][] = [];
  for (const s of documents.flatMap(assumeStatements)) {
    const match = onResource(s, roleArn);
    if (match !== 'no') matching.push([s, match]);
  }
  return combine(matching);
}

type Naming = 'itself' | 'session' | 'account' | 'none';

function naming(value: string, source: Principal): Naming {
  if (value === '*' || value === source.arn || value === source.id) return 'itself';
  const account = accountOf(source);
  if (value === account || /^arn:[^:]+:iam::(\d{12}):root$/.exec(value)?.[1] === account) return 'account';
  if (source.type === 'role') {
    const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(value);
    if (session?.[1] === account && session[2] === source.name) return 'session';
  }
  return 'none';
}

function trustAnswer(source: Principal, role: Role): { readonly direct: Answer; readonly any: Answer } {
  const direct: [Statement, 'yes' | 'maybe'][] = [];
  const any: [Statement, 'yes' | 'maybe'][] = [];
  for (const s of assumeStatements(role.trust)) {
    const named = (s.principals?.['AWS'] ?? []).map((value) => naming(value, source));
    if (s.principalKind === 'NotPrincipal') {
      // Everyone not listed; an Allow of this kind is too unusual to call certain.
      if (!named.includes('itself')) any.push([s, s.effect === 'Deny' ? 'yes' : 'maybe']);
      if (s.effect === 'Deny' && !named.includes('itself')) direct.push([s, 'yes']);
      continue;
    }
    const itself = named.includes('itself');
    if (itself || named.includes('account')) any.push([s, 'yes']);
    else if (named.includes('session')) any.push([s, 'maybe']);
    if (itself || (s.effect === 'Deny' && named.includes('account'))) direct.push([s, 'yes']);
    else if (named.includes('session')) direct.push([s, 'maybe']);
  }
  return { direct: combine(direct), any: combine(any) };
}

/**
 * May this user or role assume the role, by today's policies? (IAM User Guide: Cross-account policy evaluation
 * logic; Permissions boundaries.) In one account a trust policy that names the source itself is enough; naming the
 * account, and any other account, needs the source's own policies too. Conditions are not evaluated: 'conditional'.
 * SCPs and session policies are not read. 'unknown' when a policy the answer depends on is missing.
 */
export function mayAssume(source: Principal, role: Role): Allowed {
  const trust = trustAnswer(source, role);
  if (trust.any === 'denied') return 'no';
  if (role.missingPolicies.some((name) => name.startsWith('trust policy'))) return 'unknown';
  if (trust.any === 'none') return 'no';
  const own = identityAnswer(
    source.policies.map((a) => a.policy.document),
    role.arn,
  );
  const boundary =
    source.boundary.kind === 'policy' ? identityAnswer([source.boundary.policy.document], role.arn) : 'yes';
  if (own === 'denied' || boundary === 'denied') return 'no';
  if (source.missingPolicies.length > 0 || source.boundary.kind === 'missing') return 'unknown';
  const viaIdentity = worst([trust.any, own, boundary]);
  // A user's boundary does not limit a trust policy that names the user; a role's does.
  const alone =
    accountOf(source) === accountOf(role)
      ? worst([trust.direct, source.type === 'role' ? boundary : 'yes'])
      : 'none';
  const best = [viaIdentity, alone];
  return best.includes('yes') ? 'yes' : best.includes('conditional') ? 'conditional' : 'no';
}

const worst = (answers: readonly Answer[]): Answer =>
  (['denied', 'none', 'conditional'] as const).find((a) => answers.includes(a)) ?? 'yes';

/** Every user -> role pair that today's policies allow, sorted by source ARN, then role ARN; incomplete users left out. */
export function* allowedAssumptions(accounts: readonly IamAccount[]): Iterable<AllowedAssumption> {
  const principals = accounts.flatMap((a) => a.principals);
  // Roles that trust only services admit nobody: they never meet a user.
  const roles = principals
    .filter((p) => p.type === 'role')
    .filter((r) =>
      r.trust.statements.some((s) => s.principalKind === 'NotPrincipal' || s.principals?.['AWS']),
    )
    .sort(byArn);
  const users = principals.filter((p) => p.type === 'user').sort(byArn);
  for (const user of users) {
    for (const role of roles) {
      const allowed = mayAssume(user, role);
      if (allowed === 'yes' || allowed === 'conditional') {
        yield { sourceArn: user.arn, roleArn: role.arn, allowed };
      }
    }
  }
}

const byArn = (a: Principal, b: Principal): number => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0);
