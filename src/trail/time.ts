import type { Period } from '../period.js';

/** ISO 8601 UTC with seconds from what records and indices hold (with milliseconds, an offset, a space, epoch ms); null if it is no time. */
export function isoSeconds(value: unknown): string | null {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return value;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const time = typeof value === 'number' ? value : Date.parse(value.replace(' ', 'T'));
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, 19)}Z`;
}

/** UTC days (YYYY-MM-DD) with any part in the period that are not among `seen`, sorted. */
export function emptyDays(period: Period, seen: ReadonlySet<string>): string[] {
  const days: string[] = [];
  const first = Date.parse(`${period.start.slice(0, 10)}T00:00:00Z`);
  for (let time = first; time < Date.parse(period.end); time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10);
    if (!seen.has(day)) days.push(day);
  }
  return days;
}

/** An ISO time so many hours earlier. */
export function hoursBefore(time: string, hours: number): string {
  return `${new Date(Date.parse(time) - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
}
