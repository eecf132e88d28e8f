import { WASM_MODULE_BASE64 } from './wasm-module.js';
import { FILE_REASONS } from '../../../wording/log-files.js';

/* Interface of the WebAssembly module; see assembly/. */

/** From TypeScript's DOM library, which is not loaded here. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Functions of the module. Addresses are places in its memory; positions are within the file. */
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
  readonly tableBytes: () => number;
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

/** See assembly/layout.ts. Copied once: reading an exported constant takes as long as scanning a record. */
type Layout = Readonly<
  Record<
    | (
        | 'DATA'
        | 'FACTS'
        | 'FINGERPRINTS'
        | 'KEY'
        | 'CALLER_CALL_PAIRS'
        | 'MOST_EVENTS'
        | 'PADDING'
        | 'RESOURCES'
        | 'ROOM'
      )
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

/** Callbacks of the module about the record that it encodes, by their names in assembly/. */
export interface RecordCallbacks {
  readonly factsOfCaller: () => number;
  readonly putCall: (values: number, caller: number) => boolean;
  readonly putId: () => number;
  readonly otherSession: (slot: number) => number;
  readonly otherTime: () => number;
  readonly isListed: () => boolean;
  readonly started: (event: number) => void;
  readonly requested: (event: number, call: number) => void;
}

/** A file, or its distinct values, do not fit into WebAssembly memory. */
export class WasmMemoryExhaustedError extends Error {
  override name = 'WasmMemoryExhaustedError';

  constructor() {
    super(FILE_REASONS.noMemory);
  }
}

const PAGE = 65_536;
let compiled: object | undefined;

/** An instance of the module with its own memory. */
export class WasmInstance {
  readonly run: Functions;
  readonly layout: Layout;
  readonly memory: Buffer<ArrayBuffer>;
  /** The same memory as 32-bit words. */
  readonly words: Int32Array<ArrayBuffer>;
  /** Answers the questions of the module. */
  callbacks: RecordCallbacks | undefined;

  /** @param bytes of memory; it never grows, because growing detaches the buffer, and V8 then checks every access */
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
        memoryExhausted: () => {
          throw new WasmMemoryExhaustedError();
        },
      },
      time: { otherTime: () => this.callbacks?.otherTime() },
      resources: { isListed: () => this.callbacks?.isListed() },
      event: {
        factsOfCaller: () => this.callbacks?.factsOfCaller(),
        putCall: (values: number, caller: number) => this.callbacks?.putCall(values, caller),
        putId: () => this.callbacks?.putId(),
        otherSession: (slot: number) => this.callbacks?.otherSession(slot),
        started: (event: number) => this.callbacks?.started(event),
        requested: (event: number, call: number) => this.callbacks?.requested(event, call),
      },
    });
    this.run = exports as Functions;
    this.layout = layoutOf(exports);
  }

  /**
   * Writes bytes where the module expects them.
   * @returns their length, -1 if too long
   */
  put(text: Uint8Array): number {
    if (text.length > this.layout.ROOM) return -1;
    this.memory.set(text, this.layout.KEY);
    return text.length;
  }

  /**
   * Rewrites a key with escapes as JSON.stringify would.
   * @returns its length, 0 if too long
   */
  #rewrite(start: number, end: number): number {
    const { DATA } = this.layout;
    const key = JSON.parse(this.memory.toString('utf8', DATA + start, DATA + end)) as string;
    return Math.max(0, this.put(Buffer.from(JSON.stringify(key))));
  }
}
