import type { Period } from '../period.js';
import { isDay } from './schema.js';
import { UserError } from './types.js';

export interface PeriodOptions {
  /** First day, YYYY-MM-DD, UTC. */
  readonly start?: string;
  /** Last day, YYYY-MM-DD, UTC, included. */
  readonly end?: string;
  /** `2026-Q3`, instead of the two. */
  readonly quarter?: string;
}

const DAY = 86_400_000;
const DEFAULT_DAYS = 90;

/**
 * The period that the options ask for, and the id of its review: `2026-Q3`, or `2026-04-01_2026-06-30` (both days
 * included). Without options: the last 90 days, up to now.
 * @throws UserError for days that do not exist, a period that is not over, and an end before the start
 */
export function parsePeriod(options: PeriodOptions, now: Date): { period: Period; id: string } {
  const { start, end, quarter } = options;
  if (quarter !== undefined) {
    if (start !== undefined || end !== undefined)
      throw new UserError('Give either --quarter or --start and --end, not both.');
    return { period: parseQuarter(quarter, now), id: quarter.toUpperCase() };
  }
  const until = end === undefined ? now.getTime() : parseDay('--end', end) + DAY;
  if (end !== undefined && until - DAY > now.getTime())
    throw new UserError(`--end ${end} is in the future: CloudTrail has nothing from there yet.`);
  const from =
    start === undefined ? Math.floor(until / DAY - DEFAULT_DAYS) * DAY : parseDay('--start', start);
  if (from >= now.getTime())
    throw new UserError(`--start ${start ?? ''} is in the future: CloudTrail has nothing from there yet.`);
  if (from >= until)
    throw new UserError(`--start ${start ?? ''} is after --end ${end ?? ''}: the period would be empty.`);
  const period = { start: isoSeconds(from), end: isoSeconds(until) };
  return { period, id: `${period.start.slice(0, 10)}_${isoSeconds(until - 1000).slice(0, 10)}` };
}

function parseQuarter(text: string, now: Date): Period {
  const match = /^(\d{4})-Q([1-4])$/i.exec(text);
  if (match === null) throw new UserError(`--quarter ${text} is not a quarter: write it like 2026-Q3.`);
  const year = Number(match[1]);
  const month = (Number(match[2]) - 1) * 3;
  const period = { start: isoSeconds(Date.UTC(year, month)), end: isoSeconds(Date.UTC(year, month + 3)) };
  if (Date.parse(period.start) >= now.getTime())
    throw new UserError(`--quarter ${text} is in the future: CloudTrail has nothing from there yet.`);
  if (Date.parse(period.end) > now.getTime()) {
    const first = period.start.slice(0, 10);
    throw new UserError(
      `--quarter ${text} is not over yet: --start ${first} reports on what there is so far.`,
    );
  }
  return period;
}

function parseDay(option: string, text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text))
    throw new UserError(`${option} ${text} is not a date: write it like 2026-07-01.`);
  if (!isDay(text)) throw new UserError(`${option} ${text} is not a day of the calendar.`);
  return Date.parse(`${text}T00:00:00Z`);
}

const isoSeconds = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
