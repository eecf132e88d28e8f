import {
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
  skipString,
  skipValue,
  SPACE,
} from './json.js';
import { isUnusual, PADDING, PaddedBytes, sameBytes, wordAt } from './padded.js';

/** Where values were found: by slot the first byte and that behind the last; -1 for what is not there. */
export type Places = Int32Array;

/** A key that an object had. */
class Key {
  /** The key that came after it the last time: most objects have theirs in the same order. */
  next: Key | null = null;

  /**
   * @param start of the key with its quotes, in the names of the shape
   * @param slot -1 for a key that does not matter
   * @param inner what matters within its value
   */
  constructor(
    readonly start: number,
    readonly length: number,
    readonly slot: number,
    readonly inner: Shape | null,
  ) {}
}

/** Shorter keys could not be told apart by four of their bytes. */
const SHORTEST = 3;
/** So many keys that do not matter are remembered, as far as their names have room. */
const MAX_OTHERS = 64;
const ROOM = 4096;

/** The keys of an object that matter, each with a slot for the place of its value. */
export class Shape {
  /** By hash. */
  readonly table: (Key | null)[];
  /** Before the first key. */
  readonly start = new Key(0, 0, -1, null);
  /** The bytes of all keys, close together. */
  readonly names = new DataView(new ArrayBuffer(ROOM));
  used = 0;
  others = 0;

  /**
   * @param slots by key
   * @param inner shapes of values that are objects, by key
   */
  constructor(slots: Readonly<Record<string, number>>, inner: Readonly<Record<string, Shape>> = {}) {
    const names = Object.entries(slots);
    this.table = new Array<Key | null>(4 * 2 ** Math.ceil(Math.log2(names.length + MAX_OTHERS))).fill(null);
    for (const [name, slot] of names) {
      const json = PaddedBytes.copyOf(Buffer.from(JSON.stringify(name)));
      if (name.length < SHORTEST || json.length !== name.length + 2)
        throw new Error(`${name} is no key to look for`);
      add(this, json.view, 0, json.length, slot, inner[name] ?? null);
    }
  }

  /**
   * Walks over an object and notes where the values are. Of a key that is there twice the last one counts, as in
   * JSON.parse.
   * @param at of its opening byte
   * @param places -1 in all slots
   * @returns as the functions of json.ts
   */
  read({ view }: PaddedBytes, at: number, places: Places): number {
    return read(this, view, at, places);
  }
}

/** Walks over an object: a function with all steps in it, as those of json.ts. */
function read(shape: Shape, view: DataView, at: number, places: Places): number {
  let last = shape.start;
  at += 1;
  if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
  if (view.getUint8(at) === CLOSE_OBJECT) return at + 1;
  for (;;) {
    let key = last.next;
    if (key !== null && sameBytes(view, at, shape.names, key.start, key.length)) {
      at += key.length;
      last = key;
    } else {
      const start = at;
      at = skipString(view, start);
      if (at === -1) return -1;
      key = find(shape, view, start, at);
      if (key !== null) last = last.next = key;
    }
    if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
    if (view.getUint8(at) !== COLON) return -1;
    at += 1;
    if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
    const value = at;
    const first = view.getUint8(value);
    const inner = key === null ? null : key.inner;
    if (inner !== null && key !== null && places[2 * key.slot] !== -1) clear(inner, places);
    if (first === QUOTE) at = skipString(view, value);
    else if (first === OPEN_OBJECT && inner !== null) at = read(inner, view, value, places);
    else at = skipValue(view, value);
    if (at === -1) return -1;
    if (key !== null && key.slot !== -1) {
      places[2 * key.slot] = value;
      places[2 * key.slot + 1] = at;
    }
    if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
    const behind = view.getUint8(at);
    if (behind === CLOSE_OBJECT) return at + 1;
    if (behind !== COMMA) return -1;
    at += 1;
    if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
  }
}

/** Forgets what was found in an object whose key stands there again. */
function clear(shape: Shape, places: Places): void {
  for (const key of shape.table) {
    if (key === null || key.slot === -1) continue;
    places.fill(-1, 2 * key.slot, 2 * key.slot + 2);
    if (key.inner !== null) clear(key.inner, places);
  }
}

const placeOf = ({ table }: Shape, view: DataView, start: number, length: number): number =>
  (Math.imul(wordAt(view, start + 1) ^ length, 0x9e3779b1) >>> 16) & (table.length - 1);

/** @param start of the key in the view */
function add(
  shape: Shape,
  view: DataView,
  start: number,
  length: number,
  slot: number,
  inner: Shape | null,
): Key | null {
  const { table, names, used } = shape;
  if (used + length + PADDING > names.byteLength) return null;
  for (let i = 0; i < length; i += 1) names.setUint8(used + i, view.getUint8(start + i));
  shape.used += length;
  let place = placeOf(shape, view, start, length);
  while (table[place] !== null) place = (place + 1) & (table.length - 1);
  return (table[place] = new Key(used, length, slot, inner));
}

/** @returns null for a key that is not remembered */
function find(shape: Shape, view: DataView, start: number, end: number): Key | null {
  const key = lookUp(shape, view, start, end - start);
  if (key !== null) return key;
  if (isUnusual(view, start, end)) {
    // It may be one of the others, written with escapes.
    const text: unknown = JSON.parse(
      Buffer.from(view.buffer as ArrayBuffer, view.byteOffset + start, end - start).toString(),
    );
    const json = PaddedBytes.copyOf(Buffer.from(JSON.stringify(text)));
    return lookUp(shape, json.view, 0, json.length);
  }
  if (shape.others === MAX_OTHERS || end - start < SHORTEST + 2) return null;
  shape.others += 1;
  return add(shape, view, start, end - start, -1, null);
}

function lookUp(shape: Shape, view: DataView, start: number, length: number): Key | null {
  const { table } = shape;
  let place = placeOf(shape, view, start, length);
  for (;;) {
    const key = table[place] ?? null;
    if (key === null) return null;
    if (key.length === length && sameBytes(view, start, shape.names, key.start, length)) return key;
    place = (place + 1) & (table.length - 1);
  }
}
