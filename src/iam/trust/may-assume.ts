import { partitionInArn } from '../../base/arn.js';
import type { Allowed, PolicyDocument, Principal, Role } from '../types.js';
import { matchesWildcard } from '../patterns.js';
import { evaluateCondition } from './conditions.js';
import { assumeContext, type Lookup } from './context.js';
import { accountOf } from './naming.js';
import { assumeStatements, type AssumeStatement } from './statements.js';
import { all, any, not, triOf, type Tri } from './tri.js';
import { trustAnswer } from './trust-policy.js';
import { fillVariables, hasVariable } from './variables.js';

interface Answer {
  readonly allow: Tri;
  readonly deny: Tri;
}

function onResource({ statement, variables }: AssumeStatement, arn: string, lookup: Lookup): Tri {
  const named = any(
    statement.resources.map((pattern) => {
      if (!variables || !hasVariable(pattern)) return triOf(matchesWildcard(pattern, arn));
      const filled = fillVariables(pattern, lookup);
      if (filled === undefined || !matchesWildcard(filled.text, arn)) return 'no';
      return filled.certain ? 'yes' : 'maybe';
    }),
  );
  return statement.resourceKind === 'Resource' ? named : not(named);
}

/** What documents of the caller allow for sts:AssumeRole on this role. */
function ownAnswer(documents: readonly PolicyDocument[], arn: string, lookup: Lookup): Answer {
  const answers: Record<'Allow' | 'Deny', Tri[]> = { Allow: [], Deny: [] };
  for (const document of documents) {
    for (const item of assumeStatements(document)) {
      const named = onResource(item, arn, lookup);
      if (named === 'no') continue;
      const met = evaluateCondition(item.statement.condition, lookup, item.variables);
      answers[item.statement.effect].push(all([named, met]));
    }
  }
  return { allow: any(answers.Allow), deny: any(answers.Deny) };
}

function boundaryAnswer(source: Principal, arn: string, lookup: Lookup): Answer {
  return source.boundary.kind === 'policy'
    ? ownAnswer([source.boundary.policy.document], arn, lookup)
    : { allow: 'yes', deny: 'no' };
}

const lacksTrust = (role: Role): boolean => role.missingPolicies.some(({ kind }) => kind === 'trust');

/** The file lacks a document of this caller: then only a refusal is certain. */
export const isIncomplete = (source: Principal): boolean =>
  source.missingPolicies.length > 0 || source.boundary.kind === 'missing';

/**
 * Whether this user or role can call sts:AssumeRole on the role, by today's policies.
 *
 * In one account, a trust policy that names the caller is enough; one that names the account also needs the
 * policies of the caller. Across accounts, both must allow it. Partitions cannot be crossed. A Deny anywhere wins.
 * (IAM User Guide: Policy evaluation logic; Cross-account policy evaluation logic; How IAM roles differ from
 * resource-based policies.)
 * `conditional`: depends on the request. `unknown`: depends on a document that is not in the file. SCPs, resource
 * control policies and session policies are not evaluated here.
 */
export function mayAssume(source: Principal, role: Role): Allowed {
  if (partitionInArn(source.arn) !== partitionInArn(role.arn)) return 'no';
  const lookup = assumeContext(source, role);
  const trust = trustAnswer(source, role, lookup);
  const own = ownAnswer(
    source.policies.map((attached) => attached.policy.document),
    role.arn,
    lookup,
  );
  const boundary = boundaryAnswer(source, role.arn, lookup);
  // Missing documents are assumed to allow everything: what is refused even then is certainly refused.
  const noTrust = lacksTrust(role);
  const ways = noTrust ? ({ alone: 'yes', role: 'yes', account: 'yes' } as const) : trust.ways;
  const ownAllow = source.missingPolicies.length > 0 ? 'yes' : own.allow;
  const viaAccount = all([ways.account, ownAllow, boundary.allow]);
  const allowed =
    accountOf(source) === accountOf(role)
      ? any([ways.alone, all([ways.role, boundary.allow]), viaAccount])
      : all([any([ways.alone, ways.role, ways.account]), ownAllow, boundary.allow]);
  const answer = all([allowed, not(any([trust.deny, own.deny, boundary.deny]))]);
  if (answer === 'no') return 'no';
  if (noTrust || isIncomplete(source)) return 'unknown';
  return answer === 'yes' ? 'yes' : 'conditional';
}
