import { Callers } from './callers.js';
import { Calls } from './calls.js';
import type { Dictionary } from './encoded-file.js';
import { itself, Numbering } from '../collections/interner.js';
import { HASH_BYTES, type PairNumbers, type TupleTable } from './tuple-table.js';
import type { Walker } from './json-scanner.js';

/** See assembly/resources.ts. */
const ARN_FACTS_BYTES = 4;

const NOTHING = {
  callers: 0,
  calls: 0,
  roles: 0,
  kinds: 0,
  named: 0,
  lists: 0,
  values: 0,
  arns: 0,
};

/** Everything that records named so far, and its numbers; of sessions only those of one file, as few files have the same. */
export class Vocabulary {
  readonly callers: Callers;
  readonly calls: Calls;
  readonly sessions: TupleTable;
  readonly roles = new Numbering<string>(itself);
  readonly kinds: PairNumbers;
  /** As of ResourceParts. */
  readonly named: PairNumbers;
  readonly lists: PairNumbers;
  readonly values: TupleTable;
  readonly arns: TupleTable;
  #sent = NOTHING;
  #hasNewResources = true;

  /** @param walker whose tables nobody else uses any more */
  constructor(private readonly walker: Walker) {
    walker.forget();
    this.callers = new Callers(walker);
    this.calls = new Calls(walker);
    this.sessions = walker.values(HASH_BYTES);
    this.kinds = walker.pairs();
    this.named = walker.pairs();
    this.lists = walker.pairs();
    this.values = walker.values();
    this.arns = walker.values(ARN_FACTS_BYTES);
  }

  /** About how many bytes it takes. */
  get weight(): number {
    return this.walker.weight + 600 * this.callers.size + 400 * this.calls.size;
  }

  /**
   * About how many parameters that name resources there are. Nearly each may be another one, and what they name is of use for few
   * of the calls of later files.
   */
  get resources(): number {
    return this.named.size + this.arns.size;
  }

  forgetResources(): void {
    for (const table of [this.named, this.lists, this.values, this.arns]) table.empty();
    this.#sent = { ...this.#sent, named: 0, lists: 0, values: 0, arns: 0 };
    this.#hasNewResources = true;
  }

  /** What is new since the last time. */
  news(): Dictionary {
    const sent = this.#sent;
    const part: Dictionary = {
      callers: this.callers.from(sent.callers),
      calls: this.calls.from(sent.calls),
      roles: this.roles.from(sent.roles),
      kinds: this.kinds.from(sent.kinds),
      resources: {
        anew: this.#hasNewResources,
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
      roles: this.roles.size,
      kinds: this.kinds.size,
      named: this.named.size,
      lists: this.lists.size,
      values: this.values.size,
      arns: this.arns.size,
    };
    return part;
  }
}
