import { compareText } from '../../../base/compare.js';
import { iso } from '../../../base/time.js';
import { MAX_PASSED_ROLES, type PassedRole } from '../../types.js';
import { intAt } from '../collections/checked.js';
import { getOrInsertComputed } from '../../../base/maps.js';

/** Times are seconds since 1970. */
interface Count {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

interface Roles {
  readonly counts: Map<string, Count>;
  isComplete: boolean;
}

const noRoles = (): Roles => ({ counts: new Map(), isComplete: true });

/** By row; the argument of `merge`. */
export type RolesOfRows = ReadonlyMap<number, Roles>;

/**
 * The roles that the calls of each row passed: the first MAX_PASSED_ROLES by name. Their counts are whole: a role is dropped only once
 * there are enough before it.
 */
export class RowRoles {
  readonly #rows = new Map<number, Roles>();

  add(row: number, role: string, { count, first, last }: Count): void {
    const roles = getOrInsertComputed(this.#rows, row, noRoles);
    const { counts } = roles;
    const before = counts.get(role);
    counts.set(role, {
      count: count + (before?.count ?? 0),
      first: Math.min(first, before?.first ?? first),
      last: Math.max(last, before?.last ?? last),
    });
    if (counts.size <= 2 * MAX_PASSED_ROLES) return;
    roles.isComplete = false;
    for (const name of [...counts.keys()].sort(compareText).slice(MAX_PASSED_ROLES)) counts.delete(name);
  }

  part(): RolesOfRows {
    return this.#rows;
  }

  /** @param rows index here of each row of the part */
  merge(part: RolesOfRows, rows: Int32Array): void {
    for (const [row, { counts, isComplete }] of part) {
      const here = intAt(rows, row);
      for (const [role, count] of counts) this.add(here, role, count);
      const roles = this.#rows.get(here);
      if (roles !== undefined && !isComplete) roles.isComplete = false;
    }
  }

  /** As in RequestRow. */
  of(row: number): { readonly roles: readonly PassedRole[]; readonly rolesComplete: boolean } {
    const { counts, isComplete } = this.#rows.get(row) ?? noRoles();
    const roles = [...counts]
      .sort(([a], [b]) => compareText(a, b))
      .slice(0, MAX_PASSED_ROLES)
      .map(([role, { count, first, last }]) => ({ role, count, first: iso(first), last: iso(last) }));
    return { roles, rolesComplete: isComplete && counts.size <= MAX_PASSED_ROLES };
  }
}
