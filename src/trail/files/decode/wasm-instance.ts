import { WASM_MODULE_BASE64 } from './wasm-module.js';

/*
 * What JavaScript and WebAssembly know of each other; assembly/ says what is what.
 */

/** As in the TypeScript of browsers, whose library is not there. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Functions of the module. Addresses are places in its memory, positions are within the file. */
interface Functions {
  readonly makeShape: (count: number) => number;
  readonly addKey: (shape: number, length: number, slot: number, inner: number) => number;
  readonly readRecord: (shape: number, at: number, slots: number) => number;
  readonly skipValue: (at: number) => number;
  readonly inflate: (start: number, end: number, size: number) => number;
  readonly event: () => number;
  readonly session: (slot: number) => number;
  readonly taken: () => number;
  readonly prepare: (room: number, high: number, low: number) => void;
  readonly forget: () => void;
  readonly weight: () => number;
  readonly makeList: (length: number) => number;
  readonly makeTable: (width: number, lists: number, factsWidth: number) => number;
  readonly listOf: (table: number, list: number) => number;
  readonly sizeOf: (table: number) => number;
  readonly empty: (table: number) => void;
  readonly copiesOf: (table: number) => number;
  readonly endsOf: (table: number) => number;
  readonly factsOf: (table: number, id: number) => number;
  readonly hashValues: (table: number) => void;
  readonly intern: (table: number, list: number) => number;
  readonly internAt: (table: number, start: number, end: number) => number;
  readonly makePairs: () => number;
  readonly emptyPairs: (pairs: number) => void;
  readonly countOf: (pairs: number) => number;
  readonly pairsOf: (pairs: number) => number;
}

/** See assembly/layout.ts. Read once: to ask the module for one takes as long as to walk over a record. */
type Layout = Readonly<
  Record<
    | ('DATA' | 'FACTS' | 'IDENTITIES' | 'KEY' | 'KINDS' | 'MOST_EVENTS' | 'PADDING' | 'RESOURCES' | 'ROOM')
    | ('SCRATCH' | 'SESSIONS' | 'SETTINGS' | 'SLACK' | 'TIMES' | 'TOO_DEEP'),
    number
  >
>;

const layoutOf = (exports: object): Layout =>
  Object.fromEntries(
    Object.entries(exports as Readonly<Record<string, { readonly value?: number }>>).map(
      ([name, { value }]) => [name, value],
    ),
  ) as Layout;

/** What the module asks about a record that it was told to make an event of, by the names of assembly/. */
export interface RecordCallbacks {
  readonly factsOfCaller: () => number;
  readonly putCall: (values: number, caller: number) => boolean;
  readonly putId: () => number;
  readonly otherSession: (slot: number) => number;
  readonly otherTime: () => number;
  readonly isListed: () => boolean;
  readonly started: (event: number) => void;
}

/** Thrown where a file, or the different values in it, are more than there is room for. */
export class WasmInstance extends Error {
  override name = 'NoRoom';

  constructor() {
    super('more in it than can be held at once');
  }
}

const PAGE = 65_536;
let compiled: object | undefined;

/** An instance of the module with a memory of its own. */
export class Wasm {
  readonly run: Functions;
  readonly layout: Layout;
  readonly memory: Buffer<ArrayBuffer>;
  /** The same by words, at a quarter of their addresses. */
  readonly words: Int32Array<ArrayBuffer>;
  /** Whom it asks. */
  learner: RecordCallbacks | undefined;

  /** @param bytes of memory. It does not grow: V8 would become slower */
  constructor(bytes: number) {
    compiled ??= new WebAssembly.Module(Buffer.from(WASM_MODULE_BASE64, 'base64'));
    const pages = Math.ceil(bytes / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.memory = Buffer.from(memory.buffer);
    this.words = new Int32Array(memory.buffer);
    const { exports } = new WebAssembly.Instance(compiled, {
      env: { memory },
      shape: { rewrite: (start: number, end: number) => this.#rewrite(start, end) },
      memory: {
        noRoom: () => {
          throw new WasmInstance();
        },
      },
      time: { otherTime: () => this.learner?.otherTime() },
      resources: { isListed: () => this.learner?.isListed() },
      event: {
        factsOfCaller: () => this.learner?.factsOfCaller(),
        putCall: (values: number, caller: number) => this.learner?.putCall(values, caller),
        putId: () => this.learner?.putId(),
        otherSession: (slot: number) => this.learner?.otherSession(slot),
        started: (event: number) => this.learner?.started(event),
      },
    });
    this.run = exports as Functions;
    this.layout = layoutOf(exports);
  }

  /** Puts a text where the module expects one. @returns its length, -1 where it has no room */
  put(text: Uint8Array): number {
    if (text.length > this.layout.ROOM) return -1;
    this.memory.set(text, this.layout.KEY);
    return text.length;
  }

  /** A key whose bytes are not the ones that JSON.stringify writes. @returns its length, 0 where it has no room */
  #rewrite(start: number, end: number): number {
    const { DATA } = this.layout;
    const key = JSON.parse(this.memory.toString('utf8', DATA + start, DATA + end)) as string;
    return Math.max(0, this.put(Buffer.from(JSON.stringify(key))));
  }
}
