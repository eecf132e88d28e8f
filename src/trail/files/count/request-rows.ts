import type { RequestContents } from '../../../base/requests/reader.js';
import { compareText } from '../../../base/compare.js';
import type { RequestRow } from '../../types.js';
import { Interner, joinKeys } from '../collections/interner.js';
import { RowRoles, type RolesOfRows } from './row-roles.js';
import { Rows, type RowsPart } from './rows.js';
import { intAt } from '../collections/checked.js';

/** What requests have, but for the names of roles: each makes a row of its own. */
export interface RequestShape extends Pick<RequestRow, 'parameters' | 'found'> {
  readonly hasRoles: boolean;
}

/** The argument of `merge`. */
export interface RequestsPart {
  readonly shapes: readonly RequestShape[];
  readonly rows: RowsPart;
  readonly roles: RolesOfRows;
}

/** The order of `compareRequests`. */
export const compareShapes = (a: RequestShape, b: RequestShape): number =>
  compareText(a.parameters, b.parameters) ||
  compareText(a.found.join(' '), b.found.join(' ')) ||
  Number(a.hasRoles) - Number(b.hasRoles);

/** Calls by what their requests have: pairs of an activity row and a shape, with their counts and roles. */
export class RequestRows {
  readonly shapes = new Interner<RequestShape>(({ parameters, found, hasRoles }) =>
    joinKeys([parameters, found.join(' '), String(hasRoles)]),
  );
  readonly rows = new Rows();
  readonly roles = new RowRoles();

  /** @param first, last seconds since 1970 */
  add(activity: number, contents: RequestContents, count: number, first: number, last: number): void {
    const { parameters, found, roles } = contents;
    const shape = this.shapes.add({ parameters, found, hasRoles: roles.length > 0 });
    const row = this.rows.pairs.intern(activity, shape);
    this.rows.tally.addMany(row, count, first, last);
    for (const role of roles) this.roles.add(row, role, { count, first, last });
  }

  part(): RequestsPart {
    return { shapes: this.shapes.from(0), rows: this.rows.part(), roles: this.roles.part() };
  }

  /** @param activity index here of each activity row of the part */
  merge({ shapes, rows, roles }: RequestsPart, activity: Int32Array): void {
    const merged = this.rows.merge(rows, (row) => intAt(activity, row), this.shapes.merge(shapes));
    this.roles.merge(roles, merged);
  }
}
