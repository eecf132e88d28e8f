import { isoSeconds } from '../../base/time.js';

/** From 2001 to 2286 in seconds, and in milliseconds: any other number is ambiguous. */
const SECONDS = { from: 1e9, to: 1e10 };
const MILLISECONDS = { from: 1e12, to: 1e13 };

const NUMBER = /^\d{10}(?:\d{3})?(?:\.\d+)?$/;
/** Athena writes `2026-07-01 10:00:00.000 UTC` (Athena User Guide: Data types). */
const ZONE = /(?: ?utc|z)$/i;

/** eventTime of a record in ISO 8601 UTC, if unambiguous; otherwise null. */
export function recordTime(value: unknown): string | null {
  if (typeof value === 'string') {
    const text = value.trim();
    return NUMBER.test(text)
      ? fromNumber(Number(text))
      : isoSeconds(text.replace(ZONE, 'Z').replace('t', 'T'));
  }
  return typeof value === 'number' ? fromNumber(value) : null;
}

function fromNumber(value: number): string | null {
  if (value >= SECONDS.from && value < SECONDS.to) return isoSeconds(1000 * value);
  return value >= MILLISECONDS.from && value < MILLISECONDS.to ? isoSeconds(value) : null;
}
