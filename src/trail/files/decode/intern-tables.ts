import { Callers } from './callers.js';
import { Calls } from './calls.js';
import type { InternTableDelta } from './encoded-file.js';
import { textItself, Interner } from '../collections/interner.js';
import { HASH_BYTES, type WasmPairTable, type WasmTupleTable } from './tuple-table.js';
import type { RequestPlan } from '../../../base/requests/plan.js';
import type { JsonScanner } from './json-scanner.js';
import { Requests } from './requests.js';

/** See assembly/resources.ts. */
const ARN_FACTS_BYTES = 4;

/** Everything that records have named so far. Sessions belong to one file: few files share any. */
export class InternTables {
  readonly callers: Callers;
  readonly calls: Calls;
  readonly requests: Requests;
  readonly sessions: WasmTupleTable;
  readonly roles = new Interner<string>(textItself);
  readonly callerCallPairs: WasmPairTable;
  /** Like in ResourceTables. */
  readonly named: WasmPairTable;
  readonly lists: WasmPairTable;
  readonly values: WasmTupleTable;
  readonly arns: WasmTupleTable;
  /** By table: how many of its entries were sent. */
  readonly #sent = new Map<object, number>();
  #hasNewResources = true;

  /** @param scanner its tables must not be used by another object */
  constructor(
    private readonly scanner: JsonScanner,
    plan: RequestPlan | undefined,
  ) {
    scanner.forget();
    this.requests = new Requests(plan);
    this.callers = new Callers(scanner);
    this.calls = new Calls(scanner, this.requests);
    this.sessions = scanner.values(HASH_BYTES);
    this.callerCallPairs = scanner.pairs();
    this.named = scanner.pairs();
    this.lists = scanner.pairs();
    this.values = scanner.values();
    this.arns = scanner.values(ARN_FACTS_BYTES);
  }

  /** Approximate memory, in bytes. */
  get bytes(): number {
    const { callers, calls, requests } = this;
    return this.scanner.tableBytes + 600 * callers.size + 400 * (calls.size + requests.contents.size);
  }

  /** Approximate number of resource names. Nearly all can be new, and few calls of later files need them. */
  get resources(): number {
    return this.named.size + this.arns.size;
  }

  forgetResources(): void {
    for (const table of [this.named, this.lists, this.values, this.arns]) {
      table.empty();
      this.#sent.delete(table);
    }
    this.#hasNewResources = true;
  }

  /** Entries that are new since the last call. */
  delta(): InternTableDelta {
    const isReset = this.#hasNewResources;
    this.#hasNewResources = false;
    return {
      callers: this.#news(this.callers),
      calls: this.#news(this.calls),
      requests: this.#news(this.requests.contents),
      roles: this.#news(this.roles),
      callerCallPairs: this.#news(this.callerCallPairs),
      resources: {
        isReset,
        named: this.#news(this.named),
        lists: this.#news(this.lists),
        values: this.#news(this.values),
        arns: this.#news(this.arns),
      },
    };
  }

  #news<T>(table: { readonly size: number; from(first: number): T }): T {
    const first = this.#sent.get(table) ?? 0;
    this.#sent.set(table, table.size);
    return table.from(first);
  }
}
