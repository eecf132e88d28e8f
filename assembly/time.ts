import { byte, QUOTE } from './json';
import { isThere, lengthAt, startAt } from './places';

/** Time of the record as JavaScript parses it: seconds since 1970, NaN for none. */
declare function otherTime(): f64;

/** `"YYYY-MM-DDTHH:MM:SSZ"` with its quotes. */
const LENGTH: i32 = 22;

/** @returns seconds since 1970, NaN if the value is not a time */
export function timeAt(slot: i32): f64 {
  if (!isThere(slot)) return NaN;
  const start = startAt(slot);
  if (lengthAt(slot) == LENGTH && isUsual(start)) {
    const year = 100 * pair(start + 1) + pair(start + 3);
    const month = pair(start + 6);
    const day = pair(start + 9);
    const hour = pair(start + 12);
    const minute = pair(start + 15);
    const second = pair(start + 18);
    const isDay = year >= 1000 && year <= 9999 && day >= 1 && day <= daysOf(month);
    // Other times, including those on 29 February, are rare.
    if (isDay && hour < 24 && minute < 60 && second < 60)
      return <f64>(midnight(year, month, day) + 3600 * hour + 60 * minute + second);
  }
  return otherTime();
}

/** Whether the separators are as AWS writes them. */
function isUsual(start: usize): bool {
  return (
    byte(start) == QUOTE &&
    byte(start + 5) == 0x2d &&
    byte(start + 8) == 0x2d &&
    byte(start + 11) == 0x54 &&
    byte(start + 14) == 0x3a &&
    byte(start + 17) == 0x3a &&
    byte(start + 20) == 0x5a
  );
}

/** Greater than any two digits. */
const NONE: i32 = 1_000_000;

/** Two digits as a number, NONE otherwise. */
function pair(at: usize): i32 {
  const high = byte(at) - 0x30;
  const low = byte(at + 1) - 0x30;
  return <u32>high > 9 || <u32>low > 9 ? NONE : 10 * high + low;
}

/** Days of a month, from 1. */
function daysOf(month: i32): i32 {
  if (month < 1 || month > 12) return 0;
  if (month == 2) return 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** The last date: most events have the date of the previous event. */
let date: i32 = 0;
let seconds: i64 = 0;

function midnight(year: i32, month: i32, day: i32): i64 {
  if ((100 * year + month) * 100 + day != date) {
    date = (100 * year + month) * 100 + day;
    let days = daysBefore(year) - daysBefore(1970) + day - 1;
    for (let before = 1; before < month; before += 1) days += daysOf(before);
    if (month > 2) days += daysBefore(year + 1) - daysBefore(year) - 365;
    seconds = 86_400 * <i64>days;
  }
  return seconds;
}

/** Days before a year in the Gregorian calendar. */
function daysBefore(year: i32): i32 {
  const before = year - 1;
  return 365 * before + before / 4 - before / 100 + before / 400;
}
