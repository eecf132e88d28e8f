import { PaddedBytes } from './padded.js';
import { WALK } from './walk-wasm.js';

/*
 * Walks over JSON without making values of it, by WebAssembly (assembly/walk.ts says how). One file is walked over at a time in
 * each thread.
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
  readonly DATA: { readonly value: number };
  readonly KEY: { readonly value: number };
  readonly MOST_SLOTS: { readonly value: number };
  readonly PADDING: { readonly value: number };
  readonly ROOM: { readonly value: number };
  readonly TOO_DEEP: { readonly value: number };
  readonly makeShape: (count: number) => number;
  readonly addKey: (shape: number, length: number, slot: number, inner: number) => number;
  readonly read: (shape: number, at: number) => number;
  readonly skipValue: (at: number) => number;
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

const PAGE = 65_536;
const MB = 1024 * 1024;
const SMALLEST = 4 * MB;
/** Room for more is given back after the file. */
const LARGEST_KEPT = 64 * MB;
let compiled: object | undefined;

export const tooDeep = (): RangeError => new RangeError('nested too deeply');

/** The module with memory for a file. Memory that grew would be detached, which makes V8 slower in all typed arrays. */
class Machine {
  readonly room: number;
  readonly places: Places;
  readonly #walk: Walk;
  readonly #memory: Uint8Array<ArrayBuffer>;
  readonly #shapes = new Map<Shape, number>();

  /** @param room for so many bytes of a file */
  constructor(room: number) {
    compiled ??= new WebAssembly.Module(Buffer.from(WALK, 'base64'));
    // What lies before the file is less than 2 MB.
    const pages = Math.ceil((room + 2 * MB) / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const rewrite = (start: number, end: number): number => this.#rewrite(start, end);
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory }, shape: { rewrite } });
    this.room = room;
    this.#walk = exports as Walk;
    this.#memory = new Uint8Array(memory.buffer);
    this.places = new Int32Array(memory.buffer, 0, 2 * this.#walk.MOST_SLOTS.value);
  }

  load(bytes: Uint8Array): PaddedBytes {
    const { DATA, PADDING } = this.#walk;
    const end = DATA.value + bytes.length;
    this.#memory.set(bytes, DATA.value);
    this.#memory.fill(0, end, end + PADDING.value);
    return PaddedBytes.of(Buffer.from(this.#memory.buffer, DATA.value, bytes.length));
  }

  read(shape: Shape, at: number): number {
    return this.#checked(this.#walk.read(this.#shapes.get(shape) ?? this.#make(shape), at));
  }

  skipValue(at: number): number {
    return this.#checked(this.#walk.skipValue(at));
  }

  #checked(position: number): number {
    if (position === this.#walk.TOO_DEEP.value) throw tooDeep();
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
      const isPlain = length === name.length + 2 && slot < this.#walk.MOST_SLOTS.value;
      if (!isPlain || this.#walk.addKey(address, length, slot, inner) === 0)
        throw new Error(`${name} is no key to look for`);
    }
    this.#shapes.set(shape, address);
    return address;
  }

  /** A key whose bytes are not the ones that JSON.stringify writes. */
  #rewrite(start: number, end: number): number {
    const { value } = this.#walk.DATA;
    const json = Buffer.from(this.#memory.buffer, value + start, end - start).toString();
    return this.#putKey(JSON.parse(json) as string);
  }

  /** @returns its length as JSON, 0 where there is no room for it */
  #putKey(key: string): number {
    const json = Buffer.from(JSON.stringify(key));
    if (json.length > this.#walk.ROOM.value) return 0;
    this.#memory.set(json, this.#walk.KEY.value);
    return json.length;
  }
}

let machine: Machine | undefined;
let held: PaddedBytes | undefined;

/**
 * Takes a file to walk over, instead of the one before.
 * @returns its bytes where they are walked over: what is looked at later is near to the processor there
 */
export function hold(bytes: Uint8Array): { readonly source: PaddedBytes; readonly places: Places } {
  const { length } = bytes;
  const room = machine?.room ?? 0;
  if (machine === undefined || room < length || (room > LARGEST_KEPT && length <= LARGEST_KEPT))
    machine = new Machine(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(Math.max(1, length)))));
  held = machine.load(bytes);
  return { source: held, places: machine.places };
}

function machineOf(source: PaddedBytes): Machine {
  if (machine === undefined || source !== held) throw new Error('another file is walked over');
  return machine;
}

/**
 * Walks over an object and notes where the values are. Of a key that is there twice the last one counts, as in JSON.parse.
 * @param source that is held
 * @param at of its opening byte
 * @returns the position behind its last byte, or -1 where JSON.parse would throw
 * @throws RangeError for what is nested more than a million times
 */
export const readObject = (source: PaddedBytes, at: number, shape: Shape): number =>
  machineOf(source).read(shape, at);

/** The same for any value, of which nothing matters. */
export const skipValue = (source: PaddedBytes, at: number): number => machineOf(source).skipValue(at);
