import { compareText } from '../base/compare.js';
import { getOrInsertComputed } from '../base/maps.js';
import type { RequestContents } from '../base/requests/reader.js';
import { activityKey, addCounts, type Counted } from './aggregate.js';
import { compareRequests } from './requests.js';
import type { RequestShape } from './stored-requests.js';
import { MAX_PASSED_ROLES, type ActivityRow, type PassedRole, type RequestRow } from './types.js';

type Call = Omit<ActivityRow, keyof Counted>;

interface Draft {
  row: ActivityRow | null;
  readonly call: Call;
  readonly shape: RequestShape;
  readonly roles: Map<string, PassedRole>;
}

/** Adds up calls by what their requests have. */
export class RequestCollector {
  readonly #drafts = new Map<string, Draft>();

  /** Calls with the same contents. */
  add(calls: ActivityRow, { parameters, found, roles }: RequestContents): void {
    const shape = { parameters, found, hasRoles: roles.length > 0 };
    this.addShape(calls, shape);
    for (const role of roles) this.addRole(calls, shape, role);
  }

  addAll(other: RequestCollector): void {
    for (const { row, call, shape, roles } of other.#drafts.values()) {
      if (row !== null) this.addShape(row, shape);
      for (const { role, ...counted } of roles.values()) this.addRole({ ...call, ...counted }, shape, role);
    }
  }

  addShape(calls: ActivityRow, shape: RequestShape): void {
    const draft = this.#draft(calls, shape);
    draft.row = draft.row === null ? calls : addCounts(draft.row, calls);
  }

  /** @param calls that passed the role */
  addRole({ count, first, last, ...call }: ActivityRow, shape: RequestShape, role: string): void {
    const { roles } = this.#draft(call, shape);
    const before = roles.get(role);
    roles.set(
      role,
      before === undefined ? { role, count, first, last } : addCounts(before, { count, first, last }),
    );
  }

  /**
   * Divides activity: all rows of a call together have its count. What no request is known of is missing; where events that several
   * trails recorded were read more than once, the largest row is that much smaller.
   */
  rows(activity: readonly ActivityRow[]): RequestRow[] {
    const found = new Map<string, RequestRow[]>();
    for (const draft of this.#drafts.values()) {
      if (draft.row === null) continue;
      getOrInsertComputed(found, activityKey(draft.row), (): RequestRow[] => []).push(
        toRow(draft, draft.row),
      );
    }
    return activity
      .flatMap((calls) => divide(calls, found.get(activityKey(calls)) ?? []))
      .sort(compareRequests);
  }

  #draft(call: Call, shape: RequestShape): Draft {
    const key = [activityKey(call), shape.parameters, String(shape.hasRoles), ...shape.found].join('\n');
    return getOrInsertComputed(this.#drafts, key, () => ({ row: null, call, shape, roles: new Map() }));
  }
}

function toRow({ shape, roles }: Draft, calls: ActivityRow): RequestRow {
  const { parameters, found } = shape;
  const sorted = [...roles.values()].sort((a, b) => compareText(a.role, b.role));
  const rolesComplete = sorted.length <= MAX_PASSED_ROLES;
  return { ...calls, parameters, found, roles: sorted.slice(0, MAX_PASSED_ROLES), rolesComplete };
}

function divide(calls: ActivityRow, rows: readonly RequestRow[]): RequestRow[] {
  let excess = rows.reduce((sum, { count }) => sum + count, 0) - calls.count;
  if (excess < 0) {
    const missing = rows.find(({ parameters }) => parameters === 'missing');
    const others = rows.filter((row) => row !== missing);
    const rest = { ...calls, count: -excess };
    const row = missing === undefined ? rest : addCounts(missing, rest);
    return [...others, { ...row, parameters: 'missing', found: [], roles: [], rolesComplete: true }];
  }
  return rows
    .toSorted((a, b) => b.count - a.count)
    .map((row) => {
      // A row stays, whatever its count: what it has was there.
      const less = Math.min(excess, row.count - 1);
      excess -= less;
      return less === 0 ? row : { ...row, count: row.count - less };
    });
}
