import { PaddedBytes } from './padded.js';
import { WALK } from './walk-wasm.js';

/*
 * Walks over JSON without making values of it, and numbers what it finds, by WebAssembly (assembly/ says how).
 */

/** Where values were found: by slot the first byte and that behind the last; -1 for what is not there. */
export type Places = Int32Array;

/** As in the TypeScript of browsers, whose library is not there. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

interface Walk {
  readonly makeShape: (count: number) => number;
  readonly addKey: (shape: number, length: number, slot: number, inner: number) => number;
  readonly read: (shape: number, at: number) => number;
  readonly skipValue: (at: number) => number;
  readonly prepare: (room: number, high: number, low: number) => void;
  readonly forget: () => void;
  readonly weight: () => number;
  readonly makeTable: (width: number, lists: number) => number;
  readonly listsOf: (table: number) => number;
  readonly sizeOf: (table: number) => number;
  readonly copiesOf: (table: number) => number;
  readonly endsOf: (table: number) => number;
  readonly intern: (table: number, list: number) => number;
  readonly internAt: (table: number, start: number, end: number) => number;
}

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

export const tooDeep = (): RangeError => new RangeError('nested too deeply');

/** Thrown where a file, or the different values in it, are more than a walker has room for. */
export class NoRoom extends Error {
  override name = 'NoRoom';

  constructor() {
    super('more in it than can be held at once');
  }
}

/** Stretches of bytes, one after the other, and where each ends. */
export interface Stretches {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Int32Array<ArrayBuffer>;
}

const PAGE = 65_536;
let compiled: object | undefined;

/** See assembly/layout.ts. Read once: to ask the module for one takes as long as to walk over a record. */
type Layout = Readonly<Record<'DATA' | 'FULL' | 'KEY' | 'PADDING' | 'ROOM' | 'SCRATCH' | 'TOO_DEEP', number>>;

const layoutOf = (exports: object): Layout =>
  Object.fromEntries(
    Object.entries(exports as Readonly<Record<string, { readonly value?: number }>>).map(
      ([name, { value }]) => [name, value],
    ),
  ) as Layout;

/** WebAssembly with memory for a file and for tables. */
export class Walker {
  readonly places: Places;
  readonly #walk: Walk;
  readonly #layout: Layout;
  readonly #shapes = new Map<Shape, number>();
  readonly #memory: Buffer<ArrayBuffer>;

  /** @param room for so many bytes of a file. What is not used of the memory costs nothing; if it grew, V8 would become slower */
  constructor(readonly room = Walker.ROOM) {
    compiled ??= new WebAssembly.Module(Buffer.from(WALK, 'base64'));
    const pages = Math.ceil((BEFORE_FILE + room + Math.max(SMALLEST_TABLES, 2 * room)) / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const rewrite = (start: number, end: number): number => this.#rewrite(start, end);
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory }, shape: { rewrite } });
    this.#walk = exports as Walk;
    this.#layout = layoutOf(exports);
    this.#walk.prepare(room, randomWord(), randomWord());
    this.#memory = Buffer.from(memory.buffer);
    this.places = new Int32Array(memory.buffer, 0, 2 * this.#layout.SCRATCH);
  }

  /** Enough for nearly every file. */
  static readonly ROOM = 64 * 1024 * 1024;

  /** Of all tables, in bytes. */
  get weight(): number {
    return this.#walk.weight();
  }

  /**
   * Takes a file to walk over, instead of the one before.
   * @returns its bytes where they are walked over: what is looked at later is near to the processor there
   */
  hold(bytes: Uint8Array): PaddedBytes {
    if (bytes.length > this.room) throw new NoRoom();
    const { DATA, PADDING } = this.#layout;
    const end = DATA + bytes.length;
    this.#memory.set(bytes, DATA);
    this.#memory.fill(0, end, end + PADDING);
    return PaddedBytes.of(this.#memory.subarray(DATA, end));
  }

  /**
   * Walks over an object of the file and notes where the values are. Of a key that is there twice the last one counts, as in
   * JSON.parse.
   * @param at of its opening byte
   * @param shape that `shape` gave
   * @returns the position behind its last byte, or -1 where JSON.parse would throw
   * @throws RangeError for what is nested more than a million times
   */
  readObject(at: number, shape: number): number {
    return this.#checked(this.#walk.read(shape, at));
  }

  /** The same for any value, of which nothing matters. */
  skipValue(at: number): number {
    return this.#checked(this.#walk.skipValue(at));
  }

  /** @returns what `readObject` takes */
  shape(shape: Shape): number {
    return this.#shapes.get(shape) ?? this.#make(shape);
  }

  /** Forgets all tables that were made: they may not be used any more. */
  forget(): void {
    this.#walk.forget();
  }

  /** A table of single values, by their places. */
  values(): TupleTable {
    return this.table([[this.#layout.SCRATCH]]);
  }

  /** @param lists of slots, of the same length: a tuple is of the values at the slots of one of them */
  table(lists: readonly (readonly number[])[]): TupleTable {
    const width = lists[0]?.length ?? 0;
    const table = this.#walk.makeTable(width, lists.length);
    if (table === 0) throw new NoRoom();
    const at = this.#walk.listsOf(table);
    lists.flat().forEach((slot, i) => this.#memory.writeInt32LE(slot, at + 4 * i));
    const addresses = lists.map((_, list) => at + 4 * width * list);
    return new TupleTable(this.#walk, this.#layout, this.#memory, table, width, addresses);
  }

  #checked(position: number): number {
    if (position === this.#layout.TOO_DEEP) throw tooDeep();
    return position;
  }

  #make(shape: Shape): number {
    const names = Object.entries(shape.slots);
    const address = this.#walk.makeShape(names.length);
    for (const [name, slot] of names) {
      const within = shape.inner[name];
      // Before this key is put where its own keys are.
      const inner = within === undefined ? 0 : this.#make(within);
      const length = this.#putKey(name);
      const isPlain = length === name.length + 2 && slot < this.#layout.SCRATCH;
      if (!isPlain || this.#walk.addKey(address, length, slot, inner) === 0)
        throw new Error(`${name} is no key to look for`);
    }
    this.#shapes.set(shape, address);
    return address;
  }

  /** A key whose bytes are not the ones that JSON.stringify writes. */
  #rewrite(start: number, end: number): number {
    const { DATA } = this.#layout;
    return this.#putKey(JSON.parse(this.#memory.toString('utf8', DATA + start, DATA + end)) as string);
  }

  /** @returns its length as JSON, 0 where there is no room for it */
  #putKey(key: string): number {
    const json = Buffer.from(JSON.stringify(key));
    if (json.length > this.#layout.ROOM) return 0;
    this.#memory.set(json, this.#layout.KEY);
    return json.length;
  }
}

/** What lies before the file is less. */
const BEFORE_FILE = 2 * 1024 * 1024;
const SMALLEST_TABLES = 128 * 1024 * 1024;
const randomWord = (): number => Math.floor(Math.random() * 2 ** 32) | 0;

/** Numbers tuples of values by their bytes from 0 on, in order of appearance. Keeps a copy of each. */
export class TupleTable {
  /** Only a walker makes them. */
  constructor(
    private readonly walk: Walk,
    private readonly layout: Layout,
    private readonly memory: Buffer<ArrayBuffer>,
    private readonly table: number,
    private readonly width: number,
    private readonly lists: readonly number[],
  ) {}

  get size(): number {
    return this.walk.sizeOf(this.table);
  }

  /**
   * @param list of the slots that the values are found at
   * @throws NoRoom
   */
  intern(list: number): number {
    return this.#checked(this.walk.intern(this.table, this.lists[list] ?? 0));
  }

  /** The same for a table that `values` gave, by the place of one in the file. */
  internAt(start: number, end: number): number {
    return this.#checked(this.walk.internAt(this.table, start, end));
  }

  /** The same for bytes that are not in the file. @returns -1 where they are too many */
  internBytes(bytes: Uint8Array): number {
    const { DATA, KEY, ROOM } = this.layout;
    if (bytes.length > ROOM) return -1;
    this.memory.set(bytes, KEY);
    return this.internAt(KEY - DATA, KEY - DATA + bytes.length);
  }

  /** Copies of all from a number on. */
  from(id: number): Stretches {
    const ends = this.#ends();
    const first = id === 0 ? 0 : (ends[id * this.width - 1] ?? 0);
    const copies = this.walk.copiesOf(this.table);
    return {
      bytes: new Uint8Array(this.memory.subarray(copies + first, copies + (ends.at(-1) ?? 0))),
      ends: ends.slice(id * this.width).map((end) => end - first),
    };
  }

  #ends(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, this.walk.endsOf(this.table), this.size * this.width);
  }

  #checked(id: number): number {
    if (id === this.layout.FULL) throw new NoRoom();
    return id;
  }
}
