import type { PrincipalReview } from '../../../review/types.js';
import type { Room } from '../room.js';
import { grouped } from '../table.js';
import { pages } from '../templates.js';
import { privilegesFile, push, ROOT, serviceOf } from './names.js';

/** Names that never happened, on one page; beyond it only services that were used keep theirs. */
const MAX_NAMES = 3000;
/** And never more than this, whatever was used. */
const MAX_NAMES_EVER = 8000;
/** Bytes of HTML around a name. */
const AROUND_NAME = 15;
/** The same around a service, all headings and marks. */
const AROUND_SERVICE = 600;

/** Granted and not used: names by service, in three groups. Takes what room is left. */
export function idleSection(p: PrincipalReview, room: Room): string {
  const folded = p.unused.length + p.unknown.length > MAX_NAMES;
  const notLogged = new Set(p.unknownNotLogged);
  const usedServices = new Set(p.services.filter((s) => s.used > 0).map((s) => s.service));
  let names = MAX_NAMES_EVER;
  let bytes = room.left;
  const all = idleByService(p, notLogged).map(({ service, ...lists }) => {
    const unknown = lists.notLogged.length + lists.noCall.length;
    const size = lists.unused.length + unknown;
    const wanted = (!folded || usedServices.has(service)) && size <= names;
    const needed = wanted ? bytesOf(lists) : 0;
    const shown = wanted && needed <= bytes;
    if (shown) {
      names -= size;
      bytes -= needed;
    }
    return {
      service,
      ...lists,
      shown,
      size: grouped(size),
      unusedCount: lists.unused.length > 0 ? grouped(lists.unused.length) : null,
      unknownCount: unknown > 0 ? grouped(unknown) : null,
    };
  });
  return room.take(
    pages.idle({
      root: ROOT,
      csv: privilegesFile(p.accountId),
      notLogged: grouped(notLogged.size),
      noCall: grouped(p.unknown.length - notLogged.size),
      unknown: p.unknown.length > 0,
      services: all.filter((group) => group.shown),
      elsewhere: all.filter((group) => !group.shown),
    }),
  );
}

interface Idle {
  readonly unused: string[];
  readonly notLogged: string[];
  readonly noCall: string[];
}

function bytesOf({ unused, notLogged, noCall }: Idle): number {
  let bytes = AROUND_SERVICE;
  for (const list of [unused, notLogged, noCall]) for (const name of list) bytes += name.length + AROUND_NAME;
  return bytes;
}

/** Sorted by service; names in the order of the review. */
function idleByService(p: PrincipalReview, isNotLogged: ReadonlySet<string>): ({ service: string } & Idle)[] {
  const unused = new Map<string, string[]>();
  const notLogged = new Map<string, string[]>();
  const noCall = new Map<string, string[]>();
  for (const action of p.unused) push(unused, serviceOf(action), action);
  for (const action of p.unknown)
    push(isNotLogged.has(action) ? notLogged : noCall, serviceOf(action), action);
  const services = new Set([...unused.keys(), ...notLogged.keys(), ...noCall.keys()]);
  return [...services].sort().map((service) => ({
    service,
    unused: unused.get(service) ?? [],
    notLogged: notLogged.get(service) ?? [],
    noCall: noCall.get(service) ?? [],
  }));
}
