import { DAY_MS } from '../../base/time.js';
import { UserError } from '../../config/types.js';
import type { Period } from '../../period.js';
import type { QueryLine } from './format.js';

/** The original's command line; names and meanings are its own. */
export interface QueryOptions {
  /** Cache directory for parsed log files; nothing is cached without it. */
  readonly cache?: string;
  readonly config: string;
  /** Name or id of an account of the configuration. */
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
  /** Hides what was not used. */
  readonly showUsed?: boolean;
  /** Hides actions whose name begins with List or Describe. */
  readonly ignoreBenign?: boolean;
  /** Hides what CloudTrail does not record. */
  readonly ignoreUnknown?: boolean;
  /** One line of the answer, without its line break. */
  readonly write: (line: string | QueryLine) => void;
  /** One line about the answer, for people. */
  readonly warn: (line: string) => void;
  readonly now?: Date;
}

/** What is asked about: exactly one of the three. */
export type Subject =
  | { readonly kind: 'list'; readonly type: 'user' | 'role' }
  | { readonly kind: 'user' | 'role'; readonly name: string };

/** @throws UserError when not exactly one of --list, --user and --role is given, or another flag lacks its partner. */
export function subjectOf(options: QueryOptions): Subject {
  const { list, user, role, destrole, destaccount } = options;
  const given = [list, user, role].filter((value) => value !== undefined).length;
  if (given !== 1) throw new UserError('Give exactly one of --list, --user and --role.');
  if (destaccount !== undefined && destrole === undefined)
    throw new UserError('--destaccount says where --destrole is: give both.');
  if (list !== undefined) {
    if (destrole !== undefined)
      throw new UserError('--destrole goes with --user or --role, not with --list.');
    return { kind: 'list', type: list === 'users' ? 'user' : 'role' };
  }
  return user === undefined ? { kind: 'role', name: role ?? '' } : { kind: 'user', name: user };
}

/**
 * The days from `start` to `end`, both included, in UTC.
 * @throws UserError for what is no date, or an end before the start
 */
export function queryPeriod(options: Pick<QueryOptions, 'start' | 'end'>, now: Date): Period {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const start = options.start === undefined ? today - 365 * DAY_MS : midnight('--start', options.start);
  const end = options.end === undefined ? today : midnight('--end', options.end);
  if (end < start) throw new UserError(`The period ends (${day(end)}) before it starts (${day(start)}).`);
  return { start: `${day(start)}T00:00:00Z`, end: `${day(end + DAY_MS)}T00:00:00Z` };
}

function midnight(flag: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || day(time) !== text)
    throw new UserError(`${flag} must be a date as YYYY-MM-DD, not "${text}".`);
  return time;
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
