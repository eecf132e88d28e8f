import { isoSeconds } from '../time.js';
import type { PaddedBytes } from './padded.js';

const digit = (view: DataView, at: number): number => {
  const value = view.getUint8(at) - 0x30;
  return value >= 0 && value <= 9 ? value : NaN;
};
const pair = (view: DataView, at: number): number => 10 * digit(view, at) + digit(view, at + 1);

/** Of the months, from 1 on; a 29 February is left to the way of all engines. */
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `"YYYY-MM-DDTHH:MM:SSZ"` with its quotes. */
const LENGTH = 22;

/** Reads the times of records; events of the same day follow each other. */
export class EventTime {
  #day = NaN;
  #midnight = NaN;

  /** @param start -1 where there is no value @returns seconds since 1970, NaN for what is no time */
  read(source: PaddedBytes, start: number, end: number): number {
    if (start === -1) return NaN;
    const { view } = source;
    // Everything else that may be a time is rare enough for the way of all engines.
    if (end - start !== LENGTH || !isUsual(view, start)) return secondsOf(source.parse(start, end));
    const month = pair(view, start + 6);
    const day = pair(view, start + 9);
    const hour = pair(view, start + 12);
    const minute = pair(view, start + 15);
    const second = pair(view, start + 18);
    const year = 100 * pair(view, start + 1) + pair(view, start + 3);
    const isTime =
      year >= 1000 && day >= 1 && day <= (DAYS[month] ?? 0) && hour < 24 && minute < 60 && second < 60;
    if (!isTime) return secondsOf(source.parse(start, end));
    const date = (100 * year + month) * 100 + day;
    if (date !== this.#day) {
      this.#day = date;
      this.#midnight = Date.UTC(year, month - 1, day) / 1000;
    }
    return this.#midnight + 3600 * hour + 60 * minute + second;
  }
}

/** Whether everything but the digits is as AWS writes it. */
const isUsual = (view: DataView, start: number): boolean =>
  view.getUint8(start) === 0x22 &&
  view.getUint8(start + 5) === 0x2d &&
  view.getUint8(start + 8) === 0x2d &&
  view.getUint8(start + 11) === 0x54 &&
  view.getUint8(start + 14) === 0x3a &&
  view.getUint8(start + 17) === 0x3a &&
  view.getUint8(start + 20) === 0x5a;

function secondsOf(value: unknown): number {
  const iso = isoSeconds(value);
  return iso === null ? NaN : Date.parse(iso) / 1000;
}
