import { EventEncoder, type EventSettings } from './event-encoder.js';
import { WasmPairTable, WasmTupleTable } from './tuple-table.js';
import { WasmMemoryExhaustedError, WasmInstance, type RecordCallbacks } from './wasm-instance.js';
import { FILE_REASONS } from '../../../wording/log-files.js';

/* Scans JSON without creating values, and interns its contents, in WebAssembly (assembly/). */

/** By slot: start and end of a value; -1 for a missing value. */
export type SlotPositions = Int32Array;

/** The relevant keys of an object. Each has a slot for the position of its value. */
export class ObjectShape {
  /**
   * @param slots by key; all shapes share one set of slots
   * @param inner shapes of values that are objects, by key
   */
  constructor(
    readonly slots: Readonly<Record<string, number>>,
    readonly inner: Readonly<Record<string, ObjectShape>> = {},
  ) {}
}

/** A WebAssembly instance with memory for a file and for tables. */
export class JsonScanner {
  readonly positions: SlotPositions;
  readonly #wasm: WasmInstance;
  readonly #shapes = new Map<ObjectShape, number>();

  /** @param capacity bytes for a file; unused memory costs nothing */
  constructor(readonly capacity = JsonScanner.CAPACITY) {
    const wasm = new WasmInstance(BEFORE_FILE + capacity + Math.max(SMALLEST_TABLES, 2 * capacity));
    wasm.run.prepare(capacity, randomWord(), randomWord());
    this.#wasm = wasm;
    this.positions = wasm.words.subarray(0, 2 * wasm.layout.SCRATCH);
  }

  /** Enough for nearly every file. */
  static readonly CAPACITY = 64 * 1024 * 1024;

  /** Bytes of all tables. */
  get tableBytes(): number {
    return this.#wasm.run.tableBytes();
  }

  /**
   * Loads a file, replacing the previous one.
   * @returns its bytes in WebAssembly memory, which are in the processor cache after scanning
   * @throws WasmMemoryExhaustedError
   */
  load(bytes: Uint8Array): Buffer {
    if (bytes.length > this.capacity) throw new WasmMemoryExhaustedError();
    const { memory, layout } = this.#wasm;
    const end = layout.DATA + bytes.length;
    const isThere = bytes.buffer === memory.buffer && bytes.byteOffset === layout.DATA;
    if (!isThere) memory.set(bytes, layout.DATA);
    memory.fill(0, end, end + layout.PADDING);
    return memory.subarray(layout.DATA, end);
  }

  /**
   * Memory for a compressed file, at the end of the file memory.
   * @param bytes of the compressed file
   * @returns undefined if there are too many
   */
  reserve(bytes: number): Buffer | undefined {
    const { memory, layout } = this.#wasm;
    const end = layout.DATA + this.capacity;
    // An uncompressed file is loaded from here: source and target must not overlap.
    return bytes > this.capacity / 2 - layout.PADDING ? undefined : memory.subarray(end - bytes, end);
  }

  /**
   * Decompresses deflate data (RFC 1951), replacing the previous file.
   * @param packed in the memory that `reserve` returned
   * @param size uncompressed size in bytes
   * @returns the bytes, for `load`; undefined if the data do not give exactly this size, or memory is too small
   */
  inflate(packed: Uint8Array, size: number): Buffer | undefined {
    const { memory, layout, run } = this.#wasm;
    const { buffer, byteOffset: start, length } = packed;
    const end = layout.DATA + size;
    if (buffer !== memory.buffer || end + layout.SLACK > start) return undefined;
    return run.inflate(start, start + length, size) === 0 ? undefined : memory.subarray(layout.DATA, end);
  }

  /**
   * Scans a record and stores the positions of its values. For repeated keys, the last value counts, as in
   * JSON.parse. A value that is not an object has no positions.
   * @param at position of its first byte
   * @param shape result of `shape`
   * @param slots number of slots of all shapes
   * @returns position after its last byte, or -1 if JSON.parse would throw
   * @throws RangeError for more than a million levels
   */
  readRecord(at: number, shape: number, slots: number): number {
    return this.#checked(this.#wasm.run.readRecord(shape, at, slots));
  }

  /** Scans any value without storing positions; results like `readRecord`. */
  skipValue(at: number): number {
    return this.#checked(this.#wasm.run.skipValue(at));
  }

  /** @returns argument of `readRecord` */
  shape(shape: ObjectShape): number {
    return this.#shapes.get(shape) ?? this.#make(shape);
  }

  /** Drops all tables: they must not be used again. */
  forget(): void {
    this.#wasm.run.forget();
  }

  /** A table of single values. */
  values(factsWidth = 0): WasmTupleTable {
    return this.table([[this.#wasm.layout.SCRATCH]], factsWidth);
  }

  /** @param lists, factsWidth as in WasmTupleTable */
  table(lists: readonly (readonly number[])[], factsWidth = 0): WasmTupleTable {
    return new WasmTupleTable(this.#wasm, lists, factsWidth);
  }

  /** A table of pairs of numbers. */
  pairs(): WasmPairTable {
    return new WasmPairTable(this.#wasm);
  }

  /** @returns address of a list of numbers, valid until `forget` */
  list(numbers: readonly number[]): number {
    const at = this.#wasm.run.makeList(numbers.length);
    this.#wasm.words.set(numbers, at / 4);
    return at;
  }

  /** @param callbacks give the meaning of new values */
  events(settings: EventSettings, callbacks: RecordCallbacks): EventEncoder {
    return new EventEncoder(this.#wasm, settings, callbacks);
  }

  /** Writes the facts of a call for WebAssembly. */
  putFacts(facts: readonly number[]): void {
    this.#wasm.words.set(facts, this.#wasm.layout.FACTS / 4);
  }

  /** @param text event ID @returns its length, -1 if too long */
  put(text: Uint8Array): number {
    return this.#wasm.put(text);
  }

  #checked(position: number): number {
    if (position === this.#wasm.layout.TOO_DEEP) throw new RangeError(FILE_REASONS.tooDeep);
    return position;
  }

  #make(shape: ObjectShape): number {
    const { run, layout } = this.#wasm;
    const names = Object.entries(shape.slots);
    const address = run.makeShape(names.length);
    for (const [name, slot] of names) {
      const within = shape.inner[name];
      // Created before this key is written: its own keys use the same memory.
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

/** Upper bound for the memory before the file. */
const BEFORE_FILE = 2 * 1024 * 1024;
const SMALLEST_TABLES = 128 * 1024 * 1024;
const randomWord = (): number => Math.floor(Math.random() * 2 ** 32) | 0;
