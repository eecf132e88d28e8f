import type { Ints } from './intern.js';

/*
 * Ids of events as numbers, which neither garbage collection nor messages between threads need to look at: nearly all are UUIDs.
 */

/** Numbers of an id: what it is, and four of a UUID or the place of any other text. */
export const ID_WIDTH = 5;
const NONE = 0;
const UUID = 1;
const TEXT = 2;

/** @param parts its 128 bits */
export function pushUuid(numbers: Ints, parts: Int32Array): void {
  numbers.push(UUID);
  numbers.append(parts);
}

/** Of any other id, and of none. @param texts gets it */
export function pushId(numbers: Ints, texts: string[], id: string | null): void {
  numbers.push(id === null ? NONE : TEXT);
  numbers.push(id === null ? 0 : texts.push(id) - 1);
  numbers.append(REST);
}

const REST = new Int32Array(ID_WIDTH - 2);

/** @param at where its numbers begin */
export function idAt(numbers: Int32Array, at: number, texts: readonly string[]): string | null {
  const [kind, first = 0, second = 0, third = 0, fourth = 0] = numbers.subarray(at, at + ID_WIDTH);
  if (kind === NONE) return null;
  if (kind === TEXT) return texts[first] ?? '';
  const hex = [first, second, third, fourth]
    .map((part) => (part >>> 0).toString(16).padStart(8, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Puts an id where other texts are. */
export function moveId(numbers: Int32Array, at: number, from: readonly string[], to: string[]): void {
  if (numbers[at] === TEXT) numbers[at + 1] = to.push(from[numbers[at + 1] ?? -1] ?? '') - 1;
}
