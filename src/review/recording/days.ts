import { DAY_MS } from '../../base/time.js';
import type { Period } from '../../period.js';
import type { AccountCoverage } from '../../trail/types.js';

interface Share {
  /** Number of days. */
  readonly all: number;
  /** Days with an event, and days that digest files prove to have none. */
  readonly covered: number;
}

/** Days of the period in UTC, and days that the logs of an account cover. */
export interface LogDays extends Share {
  readonly withEvents: number;
  /** Days whose log files are all present and unchanged, according to digest files. */
  readonly proven: number;
  readonly firstWeek: Share;
  readonly lastWeek: Share;
  /** Days without events are days without calls, according to the configuration. */
  readonly quiet: boolean;
  /** Enough days are covered to call a principal without calls unused. */
  readonly enough: boolean;
}

const NEEDED_SHARE = 0.9;
const WEEK = 7;
/** Days missing in the first or last week. Logs that start late or end early miss more. */
const MISSING_IN_WEEK = 1;

/** @param coverage undefined or without events: only proven days are covered */
export function logDays(coverage: AccountCoverage | undefined, period: Period, quiet = false): LogDays {
  const days = daysOf(period);
  const empty = new Set(coverage?.emptyDays);
  const proven = new Set(coverage?.digests?.provenDays);
  const hasEvents = (day: string): boolean =>
    coverage !== undefined && coverage.events > 0 && !empty.has(day);
  const isCovered = (day: string): boolean => proven.has(day) || hasEvents(day);
  const shareOf = (some: readonly string[]): Share => ({
    all: some.length,
    covered: some.filter(isCovered).length,
  });
  const whole = shareOf(days);
  const firstWeek = shareOf(days.slice(0, WEEK));
  const lastWeek = shareOf(days.slice(-WEEK));
  return {
    ...whole,
    withEvents: days.filter(hasEvents).length,
    proven: days.filter((day) => proven.has(day)).length,
    firstWeek,
    lastWeek,
    quiet,
    enough:
      whole.covered > 0 &&
      (quiet ||
        (whole.covered >= NEEDED_SHARE * whole.all &&
          [firstWeek, lastWeek].every(({ all, covered }) => covered >= all - MISSING_IN_WEEK))),
  };
}

/** YYYY-MM-DD of every day in the period. */
function daysOf({ start, end }: Period): string[] {
  const days: string[] = [];
  for (let day = Date.parse(start.slice(0, 10)); day < Date.parse(end); day += DAY_MS)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}
