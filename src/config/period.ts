import { DAY_MS } from '../base/time.js';
import type { Period } from '../period.js';
import { UserError } from './types.js';
import { PERIOD_ERRORS } from '../wording/configuration.js';

const DEFAULT_DAYS = 90;

export interface PeriodOptions {
  /** YYYY-MM-DD. */
  readonly start?: string | undefined;
  /** YYYY-MM-DD, inclusive. */
  readonly end?: string | undefined;
  /** For example 2026-Q3. */
  readonly quarter?: string | undefined;
}

/**
 * The period of a review and its ID. Without options: the last `days` days.
 * @throws UserError for invalid dates, an empty period, or a period in the future
 */
export function parsePeriod(
  options: PeriodOptions,
  now: Date,
  days = DEFAULT_DAYS,
): { readonly period: Period; readonly id: string } {
  if (options.quarter !== undefined) {
    if (options.start !== undefined || options.end !== undefined) {
      throw new UserError(PERIOD_ERRORS.quarterAndDays);
    }
    return check(quarterOf(options.quarter), now, options.quarter.toUpperCase());
  }
  const end = options.end === undefined ? now : new Date(dayOf(options.end, '--end').getTime() + DAY_MS);
  const start =
    options.start === undefined ? new Date(end.getTime() - days * DAY_MS) : dayOf(options.start, '--start');
  const period = { start: iso(start), end: iso(end) };
  const lastDay = iso(new Date(end.getTime() - 1000)).slice(0, 10);
  return check(period, now, `${period.start.slice(0, 10)}_${lastDay}`);
}

function check(period: Period, now: Date, id: string): { period: Period; id: string } {
  if (period.start > iso(now)) {
    throw new UserError(PERIOD_ERRORS.future(period.start, period.end));
  }
  if (period.start >= period.end) {
    throw new UserError(PERIOD_ERRORS.empty(period.start, period.end));
  }
  return { period, id };
}

function quarterOf(text: string): Period {
  const match = /^(\d{4})-?Q([1-4])$/i.exec(text);
  if (match === null) throw new UserError(PERIOD_ERRORS.quarter(text));
  const [year, month] = [Number(match[1]), (Number(match[2]) - 1) * 3];
  return { start: iso(new Date(Date.UTC(year, month))), end: iso(new Date(Date.UTC(year, month + 3))) };
}

function dayOf(text: string, flag: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || !iso(date).startsWith(text)) {
    throw new UserError(PERIOD_ERRORS.day(flag, text));
  }
  return date;
}

const iso = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
