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

const NOTHING = {
  callers: 0,
  calls: 0,
  requests: 0,
  roles: 0,
  kinds: 0,
  named: 0,
  lists: 0,
  values: 0,
  arns: 0,
};

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
  #sent = NOTHING;
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
    for (const table of [this.named, this.lists, this.values, this.arns]) table.empty();
    this.#sent = { ...this.#sent, named: 0, lists: 0, values: 0, arns: 0 };
    this.#hasNewResources = true;
  }

  /** Entries that are new since the last call. */
  delta(): InternTableDelta {
    const sent = this.#sent;
    const part: InternTableDelta = {
      callers: this.callers.from(sent.callers),
      calls: this.calls.from(sent.calls),
      requests: this.requests.contents.from(sent.requests),
      roles: this.roles.from(sent.roles),
      callerCallPairs: this.callerCallPairs.from(sent.kinds),
      resources: {
        isReset: this.#hasNewResources,
        named: this.named.from(sent.named),
        lists: this.lists.from(sent.lists),
        values: this.values.from(sent.values),
        arns: this.arns.from(sent.arns),
      },
    };
    this.#hasNewResources = false;
    this.#sent = {
      callers: this.callers.size,
      calls: this.calls.size,
      requests: this.requests.contents.size,
      roles: this.roles.size,
      kinds: this.callerCallPairs.size,
      named: this.named.size,
      lists: this.lists.size,
      values: this.values.size,
      arns: this.arns.size,
    };
    return part;
  }
}
