import type { Catalog } from '../catalog/types.js';
import type { Evaluator } from '../iam/evaluate.js';
import { allowedAssumptions, mayAssume } from '../iam/trust.js';
import type { IamAccount, Principal } from '../iam/types.js';
import type { AssumeRules } from '../review/assumptions.js';

/** Who can assume which role by trust and identity-based policies, and by the SCPs of the caller's account. */
export function createAssumeRules(
  catalog: Catalog,
  accounts: readonly IamAccount[],
  evaluators: ReadonlyMap<string, Evaluator>,
): AssumeRules {
  const principals = new Map(accounts.flatMap((account) => account.principals).map((p) => [p.arn, p]));
  const assumeRole = catalog.indexOf('sts:AssumeRole');
  const forbidden = (source: Principal | undefined): boolean => {
    const grants = source && evaluators.get(source.accountId)?.grants(source);
    if (grants === undefined || assumeRole === undefined) return false;
    const { verdict, deniedBy } = grants.explain(assumeRole);
    return (
      verdict === 'outside-scp' ||
      deniedBy.some((s) => s.source === 'scp' && !s.conditional && !s.resourceLimited)
    );
  };
  return {
    *allowedPairs() {
      // Pairs arrive grouped by source.
      let last: { readonly arn: string; readonly forbidden: boolean } | undefined;
      for (const pair of allowedAssumptions(accounts)) {
        if (last?.arn !== pair.sourceArn) {
          last = { arn: pair.sourceArn, forbidden: forbidden(principals.get(pair.sourceArn)) };
        }
        if (!last.forbidden) yield pair;
      }
    },
    mayAssume: (source, role) => (role.type !== 'role' || forbidden(source) ? 'no' : mayAssume(source, role)),
  };
}
