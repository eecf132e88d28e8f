import { at } from './checked.js';
import type { Period } from '../period.js';

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;
export const HOUR_MS = 1000 * HOUR_SECONDS;
export const DAY_MS = 1000 * DAY_SECONDS;

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * ISO 8601 UTC with seconds from what records and indices hold (with milliseconds, an offset, a space, epoch ms); null if
 * it is no time. Without an offset it is UTC, whatever the time zone of this machine.
 */
export function isoSeconds(value: unknown): string | null {
  if (typeof value === 'number' && value >= 0 && value < YEAR_10000) return iso(Math.floor(value / 1000));
  const time = typeof value === 'number' ? value : typeof value === 'string' ? parseIso(value) : NaN;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString();
  // Years beyond 9999 are written with a sign and six digits, and would sort before all others.
  return text.length === 24 ? `${text.slice(0, 19)}Z` : null;
}

const YEAR_0 = -62_167_219_200_000;
const YEAR_10000 = 253_402_300_800_000;
/** Whether it is a number of milliseconds since 1970 that `isoSeconds` can write. */
export const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= YEAR_0 && value < YEAR_10000;

const dates = new Map<number, string>();

/** Millions of times are of a few days: each date is written once. @param seconds since 1970, whole */
export function iso(seconds: number): string {
  const day = Math.floor(seconds / DAY_SECONDS);
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 11);
    // Those of a long period fit; those of damaged logs need not.
    if (dates.size === 5000) dates.clear();
    dates.set(day, date);
  }
  // Two texts put together are one object to V8, where five or six would be a tree of them.
  return date + timeOfDay(seconds - day * DAY_SECONDS);
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const SECONDS = TWO_DIGITS.map((digits) => `:${digits}Z`);
/** By the minute of the day. */
const minutes = new Array<string | undefined>(1440);

function timeOfDay(second: number): string {
  const minute = Math.floor(second / 60);
  minutes[minute] ??= `${at(TWO_DIGITS, Math.floor(minute / 60))}:${at(TWO_DIGITS, minute % 60)}`;
  return minutes[minute] + at(SECONDS, second - 60 * minute);
}

function parseIso(value: string): number {
  const [, date, time, offset = 'Z'] = ISO.exec(value) ?? [];
  return date === undefined || time === undefined ? NaN : Date.parse(`${date}T${time}${offset}`);
}

/** UTC days (YYYY-MM-DD) with any part in the period that are not among `seen`, sorted. */
export function emptyDays(period: Period, seen: ReadonlySet<string>): string[] {
  const days: string[] = [];
  const first = Date.parse(`${period.start.slice(0, 10)}T00:00:00Z`);
  for (let time = first; time < Date.parse(period.end); time += DAY_MS) {
    const day = new Date(time).toISOString().slice(0, 10);
    if (!seen.has(day)) days.push(day);
  }
  return days;
}

/** An ISO time so many hours earlier. */
export function hoursBefore(time: string, hours: number): string {
  return `${new Date(Date.parse(time) - hours * HOUR_MS).toISOString().slice(0, 19)}Z`;
}

/** The Monday (YYYY-MM-DD) of the week in UTC in which a time lies. */
export const mondayOf = (time: string): string => mondayOfWeek(weekNumber(Date.parse(time) / 1000));
/** Weeks from Monday to Sunday, numbered from that of 1970-01-01, a Thursday. */
export const weekNumber = (seconds: number): number => Math.floor((seconds / DAY_SECONDS + 3) / 7);
export const mondayOfWeek = (week: number): string =>
  new Date((week * 7 - 3) * DAY_MS).toISOString().slice(0, 10);
