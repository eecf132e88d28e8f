import type { ServiceReview } from '../../../review/types.js';
import { principalTable } from './principal-table.js';
import { WHO, type Column } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly s: ServiceReview;
}

const columns: readonly Column<Row>[] = [
  ...WHO,
  ['service', 'prefix of the actions, for example s3', ({ s }) => s.service],
  ['granted', 'number of granted actions', ({ s }) => s.granted],
  ['used', 'of these, used in the period', ({ s }) => s.used],
  ['unused', 'of these, recorded but not used', ({ s }) => s.unused],
  ['unknown', 'of these, those of which nobody knows whether they were used', ({ s }) => s.unknown],
  ['ungranted', 'number of actions used in the period but no longer granted', ({ s }) => s.ungranted],
  ['last_used', 'last use', ({ s }) => s.lastUsed],
  ['used_actions', 'names of the used actions', usedActions],
  ['granted_by', 'policies that grant it', ({ s }) => s.grantedBy],
];

export const SERVICES = principalTable('services', 'one row per principal and service', columns, (p) =>
  p.services.map((s) => ({ p, s })),
);

function usedActions({ p, s }: Row): string[] {
  const prefix = `${s.service}:`;
  return p.used.map(({ action }) => action).filter((action) => action.startsWith(prefix));
}
