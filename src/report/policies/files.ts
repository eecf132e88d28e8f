import { policyPath } from '../paths.js';
import type { Suggestion } from '../../review/types.js';
import type { DescribedPrincipal } from '../../wording/described.js';

export interface PolicyFile {
  /** Relative to the report. */
  readonly path: string;
  readonly variant: 'cautious' | 'strict' | 'observed';
  readonly policy: Suggestion['cautious'][number];
}

/**
 * Files of a principal's suggestion: `<id>.json` is the first (usually the only) cautious document; others are
 * `<id>.cautious-2.json`, …, `<id>.strict-1.json`, …, and `<id>.observed-1.json`, …. Each is a policy document that
 * AWS accepts.
 */
export function policyFiles(principal: DescribedPrincipal): readonly PolicyFile[] {
  const { cautious, strict, observed } = principal.suggestion;
  const numbered = (variant: 'strict' | 'observed', policies: Suggestion['strict']): PolicyFile[] =>
    policies.map((policy, i) => ({ path: policyPath(principal, `.${variant}-${i + 1}`), variant, policy }));
  return [
    ...cautious.map((policy, i) => ({
      path: policyPath(principal, i === 0 ? '' : `.cautious-${i + 1}`),
      variant: 'cautious' as const,
      policy,
    })),
    ...numbered('strict', strict),
    ...numbered('observed', observed),
  ];
}
