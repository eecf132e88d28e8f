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
  ['account_id', '12 digits', ({ p }) => p.accountId],
  ['role_name', 'without path', ({ p }) => p.name],
  ['role_arn', 'whole ARN of the role', ({ p }) => p.arn],
  ['kind', 'kind of principal', ({ t }) => (t.inverted ? `not ${t.kind}` : t.kind)],
  ['trusted', 'principal as the trust policy names it', ({ t }) => t.value],
  ['trusted_account_id', 'its account', ({ t }) => t.accountId],
  ['conditions', 'conditions of the statement', ({ t }) => t.conditions],
  ['sessions', 'sessions started in the period', ({ t }) => t.sessions],
  ['last_assumed', 'when the role was last assumed', ({ t }) => t.lastAssumed],
  ['findings', 'what is remarkable about the entry', ({ t }) => t.findings],
  ['sentence', 'the same for people who never saw AWS', ({ p, t }) => describeTrust(t, p.accountId)],
];

export const TRUST = principalTable('trust', 'who can assume each role, with findings', columns, (p) =>
  p.trust.map((t) => ({ p, t })),
);
