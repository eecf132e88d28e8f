import type { Period } from '../../period.js';
import type { AccountCoverage } from '../../trail/types.js';

/** The days of the period, in UTC, and those that an account's logs cover. */
export interface LogDays {
  readonly all: number;
  /** Days with an event. */
  readonly covered: number;
  /** Days of the first and the last week of the period, together: all, and with an event. */
  readonly ends: { readonly all: number; readonly covered: number };
  /** The configuration says that days without events are days without calls. */
  readonly quiet: boolean;
  /** What nobody was seen to use in the period can be called unused: enough of its days are covered. */
  readonly enough: boolean;
}

/** Of the days, and of those of the first and the last week, this share must be covered. */
export const NEEDED_SHARE = 0.9;
const WEEK = 7;
const DAY = 86_400_000;

/** @param coverage undefined or without events: no day is covered */
export function logDays(coverage: AccountCoverage | undefined, period: Period, quiet = false): LogDays {
  const days = daysOf(period);
  const empty = new Set(coverage?.emptyDays);
  const isCovered = (day: string): boolean =>
    coverage !== undefined && coverage.events > 0 && !empty.has(day);
  const covered = days.filter(isCovered).length;
  const ends = [...new Set([...days.slice(0, WEEK), ...days.slice(-WEEK)])];
  const coveredEnds = ends.filter(isCovered).length;
  return {
    all: days.length,
    covered,
    ends: { all: ends.length, covered: coveredEnds },
    quiet,
    enough:
      covered > 0 &&
      (quiet || (covered >= NEEDED_SHARE * days.length && coveredEnds >= NEEDED_SHARE * ends.length)),
  };
}

/** YYYY-MM-DD of every day that the period touches. */
function daysOf({ start, end }: Period): string[] {
  const days: string[] = [];
  for (let day = Date.parse(start.slice(0, 10)); day < Date.parse(end); day += DAY)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}
