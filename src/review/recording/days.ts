import { DAY_MS } from '../../base/time.js';
import type { Period } from '../../period.js';
import type { AccountCoverage } from '../../trail/types.js';

interface Share {
  /** Days. */
  readonly all: number;
  /** Days with an event, and days that digest files prove to have none. */
  readonly covered: number;
}

/** The days of the period, in UTC, and those that an account's logs cover. */
export interface LogDays extends Share {
  readonly withEvents: number;
  /** All log files of these days are there as CloudTrail delivered them, prove digest files. */
  readonly proven: number;
  readonly firstWeek: Share;
  readonly lastWeek: Share;
  /** The configuration says that days without events are days without calls. */
  readonly quiet: boolean;
  /** What nobody was seen to use in the period can be called unused: enough of its days are covered. */
  readonly enough: boolean;
}

const NEEDED_SHARE = 0.9;
const WEEK = 7;
/** Of the first and of the last week. Logs that begin late or end early lack more. */
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

/** YYYY-MM-DD of every day that the period touches. */
function daysOf({ start, end }: Period): string[] {
  const days: string[] = [];
  for (let day = Date.parse(start.slice(0, 10)); day < Date.parse(end); day += DAY_MS)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}
