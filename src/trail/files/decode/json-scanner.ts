import { EventEncoder, type EventSettings } from './event-encoder.js';
import { WasmPairTable, WasmTupleTable } from './tuple-table.js';
import { WasmInstance, Wasm, type RecordCallbacks } from './wasm-instance.js';

/*
 * Walks over JSON without making values of it, and numbers what it finds, by WebAssembly (assembly/ says how).
 */

/** Where values were found: by slot the first byte and that behind the last; -1 for what is not there. */
export type SlotPositions = Int32Array;

/** The keys of an object that matter, each with a slot for the place of its value. */
export class ObjectShape {
  /**
   * @param slots by key; no two keys of all shapes share one
   * @param inner shapes of values that are objects, by key
   */
  constructor(
    readonly slots: Readonly<Record<string, number>>,
    readonly inner: Readonly<Record<string, ObjectShape>> = {},
  ) {}
}

export const nestingError = (): RangeError => new RangeError('nested too deeply');

/** WebAssembly with memory for a file and for tables. */
export class JsonScanner {
  readonly positions: SlotPositions;
  readonly #wasm: Wasm;
  readonly #shapes = new Map<ObjectShape, number>();

  /** @param capacity for so many bytes of a file. What is not used of the memory costs nothing */
  constructor(readonly capacity = JsonScanner.CAPACITY) {
    const wasm = new Wasm(BEFORE_FILE + capacity + Math.max(SMALLEST_TABLES, 2 * capacity));
    wasm.run.prepare(capacity, randomWord(), randomWord());
    this.#wasm = wasm;
    this.positions = wasm.words.subarray(0, 2 * wasm.layout.SCRATCH);
  }

  /** Enough for nearly every file. */
  static readonly CAPACITY = 64 * 1024 * 1024;

  /** Of all tables, in bytes. */
  get tableBytes(): number {
    return this.#wasm.run.weight();
  }

  /**
   * Takes a file to walk over, instead of the one before.
   * @returns its bytes where they are walked over: what is looked at later is near to the processor there
   * @throws NoRoom
   */
  load(bytes: Uint8Array): Buffer {
    if (bytes.length > this.capacity) throw new WasmInstance();
    const { memory, layout } = this.#wasm;
    const end = layout.DATA + bytes.length;
    const isThere = bytes.buffer === memory.buffer && bytes.byteOffset === layout.DATA;
    if (!isThere) memory.set(bytes, layout.DATA);
    memory.fill(0, end, end + layout.PADDING);
    return memory.subarray(layout.DATA, end);
  }

  /**
   * Where a packed file may be put, to be unpacked from there: at the end of what is for files.
   * @param bytes of it, packed
   * @returns undefined where they are too many
   */
  reserve(bytes: number): Buffer | undefined {
    const { memory, layout } = this.#wasm;
    const end = layout.DATA + this.capacity;
    // Neither may reach the other when it is no packed file and is taken as it is.
    return bytes > this.capacity / 2 - layout.PADDING ? undefined : memory.subarray(end - bytes, end);
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

  /** Walks over any value, of which nothing matters: the same. */
  skipValue(at: number): number {
    return this.#checked(this.#wasm.run.skipValue(at));
  }

  /** @returns what `readRecord` takes */
  shape(shape: ObjectShape): number {
    return this.#shapes.get(shape) ?? this.#make(shape);
  }

  /** Forgets all tables that were made: they may not be used any more. */
  forget(): void {
    this.#wasm.run.forget();
  }

  /** A table of single values, by their places. */
  values(factsWidth = 0): WasmTupleTable {
    return this.table([[this.#wasm.layout.SCRATCH]], factsWidth);
  }

  /** @param lists, factsWidth as TupleTable has them */
  table(lists: readonly (readonly number[])[], factsWidth = 0): WasmTupleTable {
    return new WasmTupleTable(this.#wasm, lists, factsWidth);
  }

  /** Numbers for pairs of numbers. */
  pairs(): WasmPairTable {
    return new WasmPairTable(this.#wasm);
  }

  /** @returns address of a list of numbers, until all is forgotten */
  list(numbers: readonly number[]): number {
    const at = this.#wasm.run.makeList(numbers.length);
    this.#wasm.words.set(numbers, at / 4);
    return at;
  }

  /** What makes numbers of records. @param learner is asked what new ones mean */
  events(settings: EventSettings, learner: RecordCallbacks): EventEncoder {
    return new EventEncoder(this.#wasm, settings, learner);
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
    if (position === this.#wasm.layout.TOO_DEEP) throw nestingError();
    return position;
  }

  #make(shape: ObjectShape): number {
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
