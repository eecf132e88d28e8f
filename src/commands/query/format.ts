import { compareBy } from '../../base/compare.js';
import type { Catalog } from '../../catalog/types.js';
import type { Principal } from '../../iam/types.js';
import { QUERY_OUTPUT } from '../../wording/cli-output.js';
import { actionNames, type Statuses } from '../../review/status.js';

export interface Filters {
  readonly showUsed: boolean;
  readonly ignoreBenign: boolean;
  readonly ignoreUnknown: boolean;
}

/** A line of output. */
export interface QueryLine {
  readonly text: string;
  /** Terminal color: a parameter of the escape code SGR. */
  readonly ansi: number;
}

type Status = Exclude<keyof Statuses, 'why' | 'unmappedServices'>;

/** Markers and colors of the original (ANSI: white, red, yellow, green). */
const MARKS: Readonly<Record<Status, { readonly prefix: string; readonly ansi: number }>> = {
  used: { prefix: '  ', ansi: 37 },
  unused: { prefix: '- ', ansi: 31 },
  unknown: { prefix: '? ', ansi: 33 },
  ungranted: { prefix: '+ ', ansi: 32 },
};

/** `Getting info on alice, user created 2017-09-02T18:02:14Z` or `Getting info for role admin`. */
export function headLine(principal: Principal): string {
  const { type, name, createdAt } = principal;
  return type === 'role' ? QUERY_OUTPUT.role(name) : QUERY_OUTPUT.user(name, createdAt);
}

/** One line per action: the marker of its status, then `service:action` in lower case; sorted by action. */
export function actionLines(
  catalog: Catalog,
  statuses: Omit<Statuses, 'why' | 'unmappedServices'>,
  filters: Filters,
): QueryLine[] {
  const shown: Status[] = ['used', 'ungranted'];
  if (!filters.showUsed) shown.push('unused');
  if (!filters.showUsed && !filters.ignoreUnknown) shown.push('unknown');
  return shown
    .flatMap((status) =>
      actionNames(catalog, statuses[status]).map((name) => ({ status, name: name.toLowerCase() })),
    )
    .filter(({ name }) => !filters.ignoreBenign || !/:(list|describe)/.test(name))
    .sort(compareBy(({ name }) => name))
    .map(({ status, name }) => line(status, name));
}

/**
 * One line per principal, sorted by name: `  name` if active, `- name` if not.
 * @param principals `active` is null if unknown: `? name`
 */
export function principalLines(
  principals: readonly { readonly name: string; readonly active: boolean | null }[],
  filters: Pick<Filters, 'showUsed'>,
): QueryLine[] {
  return principals
    .filter(({ active }) => active === true || !filters.showUsed)
    .toSorted(compareBy(({ name }) => name))
    .map(({ name, active }) => line(active === null ? 'unknown' : active ? 'used' : 'unused', name));
}

function line(status: Status, text: string): QueryLine {
  const { prefix, ansi } = MARKS[status];
  return { text: prefix + text, ansi };
}
