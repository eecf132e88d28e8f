import type { EncodedFile } from './encoded-file.js';
import type { WasmPairTable, WasmTupleTable } from './tuple-table.js';
import type { RecordCallbacks, WasmInstance } from './wasm-instance.js';

/** What WebAssembly needs to encode a record: slots, the shape of an element of `resources`, and tables. */
export interface EventSettings {
  readonly eventTime: number;
  readonly eventID: number;
  readonly originalEventID: number;
  readonly accessKeyId: number;
  readonly issuerArn: number;
  readonly requestParameters: number;
  readonly resources: number;
  readonly arn: number;
  readonly element: number;
  readonly callers: WasmTupleTable;
  readonly calls: WasmTupleTable;
  readonly sessions: WasmTupleTable;
  readonly values: WasmTupleTable;
  readonly arns: WasmTupleTable;
  readonly callerCallPairs: WasmPairTable;
  readonly named: WasmPairTable;
  readonly lists: WasmPairTable;
}

/** The columns of an encoded file. */
export type EventColumns = Pick<
  EncodedFile,
  'callerCallPair' | 'session' | 'resources' | 'time' | 'fingerprint'
>;

/** Result of reading a record. */
export const EVENT = 0;
export const INSIGHT = 1;

/** Encodes records that were just scanned. */
export class EventEncoder {
  readonly #wasm: WasmInstance;
  #parts: EventColumns[] = [];
  #taken = 0;
  #count = 0;

  /** Made by a JsonScanner. */
  constructor(wasm: WasmInstance, settings: EventSettings, callbacks: RecordCallbacks) {
    this.#wasm = wasm;
    wasm.callbacks = callbacks;
    const { eventTime, eventID, originalEventID, accessKeyId, issuerArn } = settings;
    const { requestParameters, resources, arn, element } = settings;
    const { callers, calls, sessions, values, arns, callerCallPairs, named, lists } = settings;
    const tables = [callers, calls, sessions, values, arns, callerCallPairs, named, lists];
    wasm.words.set(
      [
        ...[eventTime, eventID, originalEventID, accessKeyId, issuerArn],
        ...[requestParameters, resources, arn, element],
        ...tables.map(({ address }) => address),
      ],
      wasm.layout.SETTINGS / 4,
    );
  }

  /** Number of events copied out of WebAssembly. */
  get taken(): number {
    return this.#taken;
  }

  /** Starts another file. */
  begin(): void {
    this.#wasm.run.taken();
    this.#parts = [];
    this.#taken = 0;
    this.#count = 0;
  }

  /**
   * @returns EVENT, INSIGHT, or another number for a value that is not a record
   * @throws WasmMemoryExhaustedError
   */
  add(): number {
    const became = this.#wasm.run.event();
    if (became === EVENT) {
      this.#count += 1;
      if (this.#count === this.#wasm.layout.MOST_EVENTS) this.#take();
    }
    return became;
  }

  /** @returns index of the access key at a slot of the record, -1 for none */
  session(slot: number): number {
    return this.#wasm.run.session(slot);
  }

  /** All events since `begin`. */
  columns(): EventColumns {
    this.#take();
    const [first, ...others] = this.#parts;
    if (first !== undefined && others.length === 0) return first;
    const all = this.#parts;
    const count = this.#taken;
    return {
      callerCallPair: joined(new Int32Array(count), ...all.map(({ callerCallPair }) => callerCallPair)),
      session: joined(new Int32Array(count), ...all.map(({ session }) => session)),
      resources: joined(new Int32Array(count), ...all.map(({ resources }) => resources)),
      time: joined(new Float64Array(count), ...all.map(({ time }) => time)),
      fingerprint: joined(new Int32Array(2 * count), ...all.map(({ fingerprint }) => fingerprint)),
    };
  }

  #take(): void {
    const { run, words, memory, layout } = this.#wasm;
    const count = run.taken();
    const column = (at: number, width = 1): Int32Array<ArrayBuffer> =>
      words.slice(at / 4, at / 4 + width * count);
    this.#parts.push({
      callerCallPair: column(layout.CALLER_CALL_PAIRS),
      session: column(layout.SESSIONS),
      resources: column(layout.RESOURCES),
      time: new Float64Array(memory.buffer, layout.TIMES, count).slice(),
      fingerprint: column(layout.FINGERPRINTS, 2),
    });
    this.#taken += count;
    this.#count = 0;
  }
}

function joined<T extends Int32Array | Float64Array>(all: T, ...parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
