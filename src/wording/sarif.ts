import { required } from '../base/checked.js';
import type { FindingRule } from '../review/findings.js';
import type { DescribedPrincipal } from './described.js';

/** json/findings.sarif: short description of each rule. */
export const SARIF_RULES: Readonly<Record<FindingRule, string>> = {
  inactive: 'The logs show no use of the principal in the period.',
  'unused-admin': 'The administrator changed nothing in the period.',
  'new-admin': 'This principal became an administrator after the last review.',
  incomplete: 'The data of the principal are incomplete.',
  'expired-exemption': 'The exemption of the principal has expired.',
};

export const SARIF_TEXTS = {
  root: 'The folder of the report.',
  justification: (id: string, owner: string, reason: string): string => `${id}, ${owner}: ${reason}`,
} as const;

/** A finding about one principal. */
export function describeFinding(
  rule: FindingRule,
  { type, name, accountName, suggestion, sinceLast, exemption }: DescribedPrincipal,
): string {
  const who = `${type === 'user' ? 'User' : 'Role'} ${name} of account ${accountName}`;
  switch (rule) {
    case 'inactive':
      return `${who} was not used. ${suggestion.reason}`;
    case 'unused-admin':
      return `${who} is an administrator, but changed nothing in the period.`;
    case 'new-admin':
      return sinceLast?.change === 'new'
        ? `${who} is an administrator that was not in the last review.`
        : `${who} became an administrator after the last review.`;
    case 'incomplete':
      return `${who}: ${suggestion.reason}`;
    case 'expired-exemption': {
      const { id, expires, owner } = required(exemption, 'exemption');
      return `Exemption ${id} of ${who} expired on ${String(expires)}. Its owner is ${owner}.`;
    }
  }
}
