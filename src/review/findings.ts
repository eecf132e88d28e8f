import type { PrincipalReview } from './types.js';

/** What `--fail-on` can ask for. The names are ids in SARIF files: they stay. */
export const FINDING_RULES = [
  'inactive',
  'unused-admin',
  'new-admin',
  'incomplete',
  'expired-exemption',
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];

export interface Finding {
  readonly rule: FindingRule;
  /** A plain sentence. */
  readonly message: string;
}

/** What a pipeline can be made to fail on, about one principal. */
export function findingsOf(p: PrincipalReview): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (rule: FindingRule, message: string): void => void findings.push({ rule, message });
  const { decision, reason } = p.suggestion;
  if (p.state === 'inactive' && decision === 'remove') add('inactive', `${title(p)} was not used. ${reason}`);
  if (p.tags.includes('unused-admin'))
    add('unused-admin', `${title(p)} is an administrator, and changed nothing in the whole period.`);
  if (p.sinceLast?.admin.now === true && p.sinceLast.admin.before !== true)
    add(
      'new-admin',
      `${title(p)} is an administrator, and was ${p.sinceLast.change === 'new' ? 'not in the last review' : 'none in the last review'}.`,
    );
  if (p.state === 'incomplete') add('incomplete', `${title(p)}: ${reason}`);
  if (p.exemption?.expired === true)
    add(
      'expired-exemption',
      `The exemption ${p.exemption.id} of ${title(p)} expired on ${String(p.exemption.expires)}; its owner is ${p.exemption.owner}.`,
    );
  return findings;
}

/** An exemption that holds covers what its owner can accept; that the data are not complete is not among it. */
export const isCovered = ({ exemption }: PrincipalReview, { rule }: Finding): boolean =>
  exemption !== null && !exemption.expired && rule !== 'incomplete';

const title = ({ type, name, accountName }: PrincipalReview): string =>
  `${type === 'user' ? 'User' : 'Role'} ${name} of ${accountName}`;
