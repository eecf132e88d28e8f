import type { PrincipalReview } from './types.js';

/** Values of `--fail-on`. The names are IDs in SARIF files: do not change them. */
export const FINDING_RULES = [
  'inactive',
  'unused-admin',
  'new-admin',
  'incomplete',
  'expired-exemption',
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];

/** Findings about one principal on which a pipeline can fail. */
export function findingsOf(p: FindingFacts): readonly FindingRule[] {
  const applies: Readonly<Record<FindingRule, boolean>> = {
    inactive: p.state === 'inactive' && p.suggestion.decision === 'remove',
    'unused-admin': p.tags.includes('unused-admin'),
    'new-admin': p.sinceLast?.admin.now === true && p.sinceLast.admin.before !== true,
    incomplete: p.state === 'incomplete',
    'expired-exemption': p.exemption?.expired === true,
  };
  return FINDING_RULES.filter((rule) => applies[rule]);
}

/** A valid exemption covers what its owner can accept; incomplete data are not covered. */
export const isCovered = ({ exemption }: Pick<FindingFacts, 'exemption'>, rule: FindingRule): boolean =>
  exemption !== null && !exemption.expired && rule !== 'incomplete';

type FindingFacts = Pick<PrincipalReview, 'state' | 'tags' | 'exemption'> & {
  readonly suggestion: Pick<PrincipalReview['suggestion'], 'decision'>;
  readonly sinceLast?: Pick<NonNullable<PrincipalReview['sinceLast']>, 'admin'>;
};
