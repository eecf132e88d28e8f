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
  ['service', 'service prefix, for example s3', ({ s }) => s.service],
  ['granted', 'number of granted actions', ({ s }) => s.granted],
  ['used', 'number of used actions', ({ s }) => s.used],
  ['unused', 'number of unused actions: recorded by CloudTrail, not used', ({ s }) => s.unused],
  ['unknown', 'number of unknown actions: the logs do not show whether they were used', ({ s }) => s.unknown],
  ['ungranted', 'number of ungranted actions: used, no longer granted', ({ s }) => s.ungranted],
  ['last_used', 'last use in the period', ({ s }) => s.lastUsed],
  ['used_actions', 'names of the used actions', usedActions],
  ['granted_by', 'policies that grant actions of the service', ({ s }) => s.grantedBy],
];

export const SERVICES = principalTable('services', 'one row per principal and service', columns, (p) =>
  p.services.map((s) => ({ p, s })),
);

function usedActions({ p, s }: Row): string[] {
  const prefix = `${s.service}:`;
  return p.used.map(({ action }) => action).filter((action) => action.startsWith(prefix));
}
