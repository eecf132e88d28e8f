import { isoSeconds } from '../time.js';

const pair = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
};

/** Of the months, from 1 on; a 29 February is left to the way of all engines. */
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `"YYYY-MM-DDTHH:MM:SSZ"` with its quotes. */
const LENGTH = 22;

/** Reads the times of records; events of the same day follow each other. */
export class EventTime {
  #day = NaN;
  #midnight = NaN;

  /** @param start -1 where there is no value @returns seconds since 1970, NaN for what is no time */
  read(bytes: Buffer, start: number, end: number): number {
    if (start === -1) return NaN;
    const year = 100 * pair(bytes, start + 1) + pair(bytes, start + 3);
    const month = pair(bytes, start + 6);
    const day = pair(bytes, start + 9);
    const hour = pair(bytes, start + 12);
    const minute = pair(bytes, start + 15);
    const second = pair(bytes, start + 18);
    const usual =
      end - start === LENGTH &&
      bytes[start] === 0x22 &&
      bytes[start + 5] === 0x2d &&
      bytes[start + 8] === 0x2d &&
      bytes[start + 11] === 0x54 &&
      bytes[start + 14] === 0x3a &&
      bytes[start + 17] === 0x3a &&
      bytes[start + 20] === 0x5a &&
      day >= 1 &&
      day <= (DAYS[month] ?? 0) &&
      hour < 24 &&
      minute < 60 &&
      second < 60;
    // Everything else that may be a time is rare enough for the way of all engines.
    if (!usual) return secondsOf(JSON.parse(bytes.toString('utf8', start, end)));
    const date = (100 * year + month) * 100 + day;
    if (date !== this.#day) {
      this.#day = date;
      this.#midnight = secondsOf(`${bytes.toString('latin1', start + 1, start + 11)}T00:00:00Z`);
    }
    return this.#midnight + 3600 * hour + 60 * minute + second;
  }
}

function secondsOf(value: unknown): number {
  const iso = isoSeconds(value);
  return iso === null ? NaN : Date.parse(iso) / 1000;
}
