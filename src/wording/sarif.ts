import type { FindingRule } from '../review/findings.js';

/** json/findings.sarif: the short description of each rule. */
export const SARIF_RULES: Readonly<Record<FindingRule, string>> = {
  inactive: 'The logs show no use of the principal in the period.',
  'unused-admin': 'The administrator changed nothing in the period.',
  'new-admin': 'This principal became an administrator after the last review.',
  incomplete: 'The data about the principal are incomplete.',
  'expired-exemption': 'The exemption of the principal has expired.',
};

export const SARIF_TEXTS = {
  root: 'The folder of the report.',
  justification: (id: string, owner: string, reason: string): string => `${id}, ${owner}: ${reason}`,
} as const;
