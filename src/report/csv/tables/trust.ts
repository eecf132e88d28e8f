import type { TrustReview } from '../../../review/types.js';
import { describeTrust } from '../../../wording/trust.js';
import { principalTable } from './principal-table.js';
import type { Column } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly t: TrustReview;
}

const columns: readonly Column<Row>[] = [
  ['account_id', 'account ID, 12 digits', ({ p }) => p.accountId],
  ['role_name', 'name without path', ({ p }) => p.name],
  ['role_arn', 'ARN of the role', ({ p }) => p.arn],
  [
    'kind',
    'type of the trusted principal; `not` and the type for NotPrincipal',
    ({ t }) => (t.inverted ? `not ${t.kind}` : t.kind),
  ],
  ['trusted', 'principal as written in the trust policy', ({ t }) => t.value],
  ['trusted_account_id', 'account of the trusted principal', ({ t }) => t.accountId],
  ['conditions', 'conditions of the statement', ({ t }) => t.conditions],
  ['sessions', 'sessions started in the period that the entry may have allowed', ({ t }) => t.sessions],
  ['last_assumed', 'last of these role assumptions', ({ t }) => t.lastAssumed],
  ['findings', 'findings about the entry', ({ t }) => t.findings],
  ['sentence', 'who the entry allows, and each finding', ({ p, t }) => describeTrust(t, p.accountId)],
];

export const TRUST = principalTable('trust', 'who can assume each role, with findings', columns, (p) =>
  p.trust.map((t) => ({ p, t })),
);
