import type { ByteSlices } from '../collections/byte-slices.js';
import type { WasmInstance } from './wasm-instance.js';
import { at } from '../../../base/checked.js';
import { intAt } from '../collections/checked.js';

const NOTHING: ByteSlices = { bytes: new Uint8Array(), ends: new Int32Array() };

/** Interns tuples of values by their bytes, with indexes from 0 and a copy of each. */
export class WasmTupleTable {
  readonly address: number;
  readonly #wasm: WasmInstance;
  readonly #width: number;
  readonly #lists: readonly number[];

  /** Made by a JsonScanner. */
  constructor(wasm: WasmInstance, lists: readonly (readonly number[])[], factsWidth: number) {
    this.#wasm = wasm;
    this.#width = at(lists, 0).length;
    this.address = wasm.run.makeTable(this.#width, lists.length, factsWidth);
    this.#lists = lists.map((slots, list) => {
      const at = wasm.run.listOf(this.address, list);
      wasm.words.set(slots, at / 4);
      return at;
    });
  }

  get size(): number {
    return this.#wasm.run.sizeOf(this.address);
  }

  /**
   * @param list index of the list of slots with the values
   * @throws WasmMemoryExhaustedError
   */
  intern(list: number): number {
    return this.#wasm.run.intern(this.address, at(this.#lists, list));
  }

  /** The same for a table of single values, by a position in the file. */
  internAt(start: number, end: number): number {
    return this.#wasm.run.internAt(this.address, start, end);
  }

  /**
   * The same for bytes that are not in the file.
   * @returns -1 if too long
   */
  internBytes(bytes: Uint8Array): number {
    const { DATA, KEY } = this.#wasm.layout;
    const length = this.#wasm.put(bytes);
    return length === -1 ? -1 : this.internAt(KEY - DATA, KEY - DATA + length);
  }

  /** Drops all tuples. */
  empty(): void {
    this.#wasm.run.empty(this.address);
  }

  /** For single values with HASH_BYTES of facts: two numbers for each, 64 bits. */
  hashes(): Int32Array<ArrayBuffer> {
    const { run, words } = this.#wasm;
    run.hashValues(this.address);
    const at = run.factsOf(this.address, 0) / 4;
    return words.slice(at, at + 2 * this.size);
  }

  /** Copies of all from an index. */
  from(id: number): ByteSlices {
    if (id === this.size) return NOTHING;
    const { run, memory, words } = this.#wasm;
    const width = this.#width;
    const ends = words.subarray(run.endsOf(this.address) / 4).subarray(0, this.size * width);
    const first = id === 0 ? 0 : intAt(ends, id * width - 1);
    const copies = run.copiesOf(this.address);
    return {
      bytes: new Uint8Array(memory.subarray(copies + first, copies + intAt(ends, ends.length - 1))),
      ends: ends.slice(id * width).map((end) => end - first),
    };
  }
}

/** Size of a 64-bit hash as facts. */
export const HASH_BYTES = 8;

/** Interns pairs of numbers, with indexes from 0. Longer tuples are pairs of pairs. */
export class WasmPairTable {
  readonly address: number;
  readonly #wasm: WasmInstance;

  /** Made by a JsonScanner. */
  constructor(wasm: WasmInstance) {
    this.#wasm = wasm;
    this.address = wasm.run.makePairs();
  }

  get size(): number {
    return this.#wasm.run.countOf(this.address);
  }

  /** Drops all pairs. */
  empty(): void {
    this.#wasm.run.emptyPairs(this.address);
  }

  /** A copy of all from an index, two numbers each. */
  from(id: number): Int32Array<ArrayBuffer> {
    const at = this.#wasm.run.pairsOf(this.address) / 4;
    return this.#wasm.words.slice(at + 2 * id, at + 2 * this.size);
  }
}
