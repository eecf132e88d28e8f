import { EventWriter, type EventSettings } from './event-writer.js';
import { PaddedBytes } from './padded.js';
import { PairNumbers, TupleTable } from './tuple-table.js';
import { NoRoom, Wasm, type Learner } from './wasm.js';

/*
 * Walks over JSON without making values of it, and numbers what it finds, by WebAssembly (assembly/ says how).
 */

/** Where values were found: by slot the first byte and that behind the last; -1 for what is not there. */
export type Places = Int32Array;

/** The keys of an object that matter, each with a slot for the place of its value. */
export class Shape {
  /**
   * @param slots by key; no two keys of all shapes share one
   * @param inner shapes of values that are objects, by key
   */
  constructor(
    readonly slots: Readonly<Record<string, number>>,
    readonly inner: Readonly<Record<string, Shape>> = {},
  ) {}
}

/** WebAssembly with memory for a file and for tables. */
export class Walker {
  readonly places: Places;
  readonly #wasm: Wasm;
  readonly #uuid: Int32Array;
  readonly #shapes = new Map<Shape, number>();

  /** @param room for so many bytes of a file. What is not used of the memory costs nothing */
  constructor(readonly room = Walker.ROOM) {
    const wasm = new Wasm(BEFORE_FILE + room + Math.max(SMALLEST_TABLES, 2 * room));
    wasm.run.prepare(room, randomWord(), randomWord());
    this.#wasm = wasm;
    this.#uuid = wasm.words.subarray(wasm.layout.KEY / 4, wasm.layout.KEY / 4 + 4);
    this.places = wasm.words.subarray(0, 2 * wasm.layout.SCRATCH);
  }

  /** Enough for nearly every file. */
  static readonly ROOM = 64 * 1024 * 1024;

  /** Of all tables, in bytes. */
  get weight(): number {
    return this.#wasm.run.weight();
  }

  /**
   * Takes a file to walk over, instead of the one before.
   * @returns its bytes where they are walked over: what is looked at later is near to the processor there
   * @throws NoRoom
   */
  hold(bytes: Uint8Array): PaddedBytes {
    if (bytes.length > this.room) throw new NoRoom();
    const { memory, layout } = this.#wasm;
    const end = layout.DATA + bytes.length;
    const isThere = bytes.buffer === memory.buffer && bytes.byteOffset === layout.DATA;
    if (!isThere) memory.set(bytes, layout.DATA);
    memory.fill(0, end, end + layout.PADDING);
    return new PaddedBytes(memory.subarray(layout.DATA, end));
  }

  /**
   * Where a packed file may be put, to be unpacked from there: at the end of what is for files.
   * @param bytes of it, packed
   * @returns undefined where they are too many
   */
  placeFor(bytes: number): Buffer | undefined {
    const { memory, layout } = this.#wasm;
    const end = layout.DATA + this.room;
    // Neither may reach the other when it is no packed file and is taken as it is.
    return bytes > this.room / 2 - layout.PADDING ? undefined : memory.subarray(end - bytes, end);
  }

  /**
   * Unpacks deflate data (RFC 1951), instead of the file before.
   * @param packed in a place that `placeFor` gave
   * @param size unpacked
   * @returns the bytes, for `hold`; undefined where these data, and no more, do not give just so many, or there is no room
   */
  inflate(packed: Uint8Array, size: number): Buffer | undefined {
    const { memory, layout, run } = this.#wasm;
    const { buffer, byteOffset: start, length } = packed;
    const end = layout.DATA + size;
    if (buffer !== memory.buffer || end + layout.SLACK > start) return undefined;
    return run.inflate(start, start + length, size) === 0 ? undefined : memory.subarray(layout.DATA, end);
  }

  /**
   * Walks over a record and notes where the values are. Of a key that is there twice the last one counts, as in JSON.parse.
   * What is no object has none of them.
   * @param at of its first byte
   * @param shape that `shape` gave
   * @param slots how many there are
   * @returns the position behind its last byte, or -1 where JSON.parse would throw
   * @throws RangeError for what is nested more than a million times
   */
  readRecord(at: number, shape: number, slots: number): number {
    return this.#checked(this.#wasm.run.readRecord(shape, at, slots));
  }

  /** @returns the 128 bits of a UUID at a slot, until the next one; undefined for all but one that AWS would write */
  uuid(slot: number): Int32Array | undefined {
    return this.#wasm.run.uuid(slot) === 0 ? undefined : this.#uuid;
  }

  /** Walks over any value, of which nothing matters: the same. */
  skipValue(at: number): number {
    return this.#checked(this.#wasm.run.skipValue(at));
  }

  /** @returns what `readRecord` takes */
  shape(shape: Shape): number {
    return this.#shapes.get(shape) ?? this.#make(shape);
  }

  /** Forgets all tables that were made: they may not be used any more. */
  forget(): void {
    this.#wasm.run.forget();
  }

  /** A table of single values, by their places. */
  values(factsWidth = 0): TupleTable {
    return this.table([[this.#wasm.layout.SCRATCH]], factsWidth);
  }

  /** @param lists, factsWidth as TupleTable has them */
  table(lists: readonly (readonly number[])[], factsWidth = 0): TupleTable {
    return new TupleTable(this.#wasm, lists, factsWidth);
  }

  /** Numbers for pairs of numbers. */
  pairs(): PairNumbers {
    return new PairNumbers(this.#wasm);
  }

  /** @returns address of a list of numbers, until all is forgotten */
  list(numbers: readonly number[]): number {
    const at = this.#wasm.run.makeList(numbers.length);
    this.#wasm.words.set(numbers, at / 4);
    return at;
  }

  /** What makes numbers of records. @param learner is asked what new ones mean */
  events(settings: EventSettings, learner: Learner): EventWriter {
    return new EventWriter(this.#wasm, settings, learner);
  }

  /** Facts of a call, for WebAssembly. */
  putFacts(facts: readonly number[]): void {
    this.#wasm.words.set(facts, this.#wasm.layout.FACTS / 4);
  }

  /** An event's id, for WebAssembly. @returns its length, -1 where it has no room */
  put(text: Uint8Array): number {
    return this.#wasm.put(text);
  }

  #checked(position: number): number {
    if (position === this.#wasm.layout.TOO_DEEP) throw new RangeError('nested too deeply');
    return position;
  }

  #make(shape: Shape): number {
    const { run, layout } = this.#wasm;
    const names = Object.entries(shape.slots);
    const address = run.makeShape(names.length);
    for (const [name, slot] of names) {
      const within = shape.inner[name];
      // Before this key is put where its own keys are.
      const inner = within === undefined ? 0 : this.#make(within);
      const length = this.#wasm.put(Buffer.from(JSON.stringify(name)));
      const isPlain = length === name.length + 2 && slot < layout.SCRATCH;
      if (!isPlain || run.addKey(address, length, slot, inner) === 0)
        throw new Error(`${name} is no key to look for`);
    }
    this.#shapes.set(shape, address);
    return address;
  }
}

/** What lies before the file is less. */
const BEFORE_FILE = 2 * 1024 * 1024;
const SMALLEST_TABLES = 128 * 1024 * 1024;
const randomWord = (): number => Math.floor(Math.random() * 2 ** 32) | 0;
