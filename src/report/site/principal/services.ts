import type { PrincipalReview } from '../../../review/types.js';
import type { Room } from '../room.js';
import { column, counted, joined } from '../table.js';
import { pages } from '../templates.js';
import { ROOT } from './names.js';

/** Idle services that still fit in one table with those in use. */
const FEW_SERVICES = 10;

/** Services in use first; a long tail of idle ones is folded away. */
export function servicesSection(p: PrincipalReview, room: Room): string {
  const seen = p.services.filter((s) => s.used + s.ungranted > 0);
  const idle = p.services.filter((s) => s.used + s.ungranted === 0);
  if (idle.length <= FEW_SERVICES)
    return pages.services({ tableHtml: table('Services', [...seen, ...idle], false, room) });
  return pages.services({
    tableHtml: table('Services in use', seen, false, room),
    idle: counted(idle.length, 'service'),
    idleHtml: table('Services granted and not in use', idle, true, room),
  });
}

const table = (title: string, list: PrincipalReview['services'], sub: boolean, room: Room): string =>
  room.table(ROOT, {
    title,
    sub,
    id: sub ? undefined : 'services',
    anchor: 'status',
    budget: 150_000,
    more: 'csv/services.csv',
    columns: [
      column('Service', 'code'),
      column('Used', 'share'),
      column('Granted', 'number'),
      column('✓ Used', 'number'),
      column('− Unused', 'number'),
      column('? Unknown', 'number'),
      column('+ Ungranted', 'number'),
      column('Last used (UTC)', 'time'),
      column('Granted by'),
    ],
    rows: list.map((s) => [
      s.service,
      { used: s.used, of: s.granted },
      s.granted,
      s.used,
      s.unused,
      s.unknown,
      s.ungranted,
      s.lastUsed,
      joined(s.grantedBy),
    ]),
  });
