import { required } from '../../base/checked.js';
import { DAY_MS } from '../../base/time.js';
import { UserError } from '../../config/types.js';
import type { Period } from '../../period.js';
import type { QueryLine } from './format.js';
import { PERIOD_ERRORS } from '../../wording/configuration.js';
import { QUERY_ERRORS } from '../../wording/commands.js';

/** Options of the original command line, with the same names and meanings. */
export interface QueryOptions {
  /** Cache directory; without it, nothing is cached. */
  readonly cache?: string;
  readonly config: string;
  /** Name or ID of a configured account. */
  readonly account?: string;
  readonly list?: 'users' | 'roles';
  readonly user?: string;
  readonly role?: string;
  /** YYYY-MM-DD; default 365 days ago. */
  readonly start?: string;
  /** YYYY-MM-DD, inclusive; default today. */
  readonly end?: string;
  readonly destrole?: string;
  readonly destaccount?: string;
  /** Hides unused and unknown actions. */
  readonly showUsed?: boolean;
  /** Hides actions whose name begins with List or Describe. */
  readonly ignoreBenign?: boolean;
  /** Hides unknown actions. */
  readonly ignoreUnknown?: boolean;
  /** Writes one line of output, without line break. */
  readonly write: (line: string | QueryLine) => void;
  /** Writes one line of warning. */
  readonly warn: (line: string) => void;
  readonly now?: Date;
}

/** Subject of the query: exactly one of the three. */
export type Subject =
  | { readonly kind: 'list'; readonly type: 'user' | 'role' }
  | { readonly kind: 'user' | 'role'; readonly name: string };

/**
 * @throws UserError unless exactly one of --list, --user and --role is given, or if another option lacks its
 * partner
 */
export function subjectOf(options: QueryOptions): Subject {
  const { list, user, role, destrole, destaccount } = options;
  const given = [list, user, role].filter((value) => value !== undefined).length;
  if (given !== 1) throw new UserError(QUERY_ERRORS.oneSubject);
  if (destaccount !== undefined && destrole === undefined) throw new UserError(QUERY_ERRORS.destaccount);
  if (list !== undefined) {
    if (destrole !== undefined) throw new UserError(QUERY_ERRORS.destrole);
    return { kind: 'list', type: list === 'users' ? 'user' : 'role' };
  }
  return user === undefined ? { kind: 'role', name: required(role, 'role') } : { kind: 'user', name: user };
}

/**
 * The days from `start` to `end`, both included, in UTC.
 * @throws UserError for an invalid date, or an end before the start
 */
export function queryPeriod(options: Pick<QueryOptions, 'start' | 'end'>, now: Date): Period {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const start = options.start === undefined ? today - 365 * DAY_MS : midnight('--start', options.start);
  const end = options.end === undefined ? today : midnight('--end', options.end);
  if (end < start) throw new UserError(PERIOD_ERRORS.endBeforeStart(day(start), day(end)));
  return { start: `${day(start)}T00:00:00Z`, end: `${day(end + DAY_MS)}T00:00:00Z` };
}

function midnight(flag: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || day(time) !== text) throw new UserError(PERIOD_ERRORS.day(flag, text));
  return time;
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
