import type { ArrayPool } from './array-pool.js';

/** Of the table that grows, at first. */
const FEWEST_SLOTS = 64;
/** Settled identities lie in pages of so many. */
const PAGE = 512;
/** And so many are in a bucket of theirs, on average. */
const BUCKET = 8;

/** Identities (64 bits each, never 0), in a table that grows: 11 to 21 bytes each. Those of a settled part take 9. */
export class IdentityPart {
  /** Open addressing: pairs of high and low; 0, 0 is free. */
  #slots: Int32Array;
  #used = 0;
  #settled: Settled | undefined;

  constructor(private readonly pool: ArrayPool) {
    this.#slots = pool.take(2 * FEWEST_SLOTS);
  }

  /** @returns whether it was not there */
  add(high: number, low: number): boolean {
    if (this.#settled?.has(high, low) === true) return false;
    const at = slotOf(this.#slots, high, low);
    if (this.#slots[at] !== 0 || this.#slots[at + 1] !== 0) return false;
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    this.#used += 1;
    if (this.#used * 8 > this.#slots.length * 3) this.#grow();
    return true;
  }

  /** To be called when few more will come. */
  settle(): void {
    const before = this.#settled;
    // A few that came later are not worth it.
    if (this.#used * 8 <= (before?.size ?? 0)) return;
    const all = this.pool.take(2 * ceilPower(this.#used + (before?.size ?? 0)));
    let count = before?.copyTo(all) ?? 0;
    eachIn(this.#slots, (high, low) => {
      all[2 * count] = high;
      all[2 * count + 1] = low;
      count += 1;
    });
    before?.free();
    this.pool.give(this.#slots);
    this.#slots = this.pool.take(2 * FEWEST_SLOTS);
    this.#used = 0;
    this.#settled = new Settled(this.pool, all, count);
    this.pool.give(all);
  }

  /** Gives up its memory: it may not be used any more. */
  free(): void {
    this.pool.give(this.#slots);
    this.#settled?.free();
  }

  #grow(): void {
    const slots = this.pool.take(2 * this.#slots.length);
    eachIn(this.#slots, (high, low) => {
      const at = slotOf(slots, high, low);
      slots[at] = high;
      slots[at + 1] = low;
    });
    this.pool.give(this.#slots);
    this.#slots = slots;
  }
}

function eachIn(slots: Int32Array, use: (high: number, low: number) => void): void {
  for (let at = 0; at < slots.length; at += 2) {
    const high = slots[at] ?? 0;
    const low = slots[at + 1] ?? 0;
    if (high !== 0 || low !== 0) use(high, low);
  }
}

/** @returns where it is, or the free slot where it belongs */
function slotOf(slots: Int32Array, high: number, low: number): number {
  const mask = slots.length - 1;
  let at = (low << 1) & mask;
  while ((slots[at] !== high || slots[at + 1] !== low) && (slots[at] !== 0 || slots[at + 1] !== 0))
    at = (at + 2) & mask;
  return at;
}

const ceilPower = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)));

/** Identities, once they are many and few more come: in buckets by their first bits, one behind the other. */
class Settled {
  /** Of each bucket. */
  readonly #ends: Int32Array;
  readonly #shift: number;
  readonly #pages: Int32Array[] = [];

  /** @param all two numbers of each */
  constructor(
    private readonly pool: ArrayPool,
    all: Int32Array,
    readonly size: number,
  ) {
    const buckets = Math.max(2, ceilPower(size / BUCKET));
    const ends = pool.take(buckets);
    const shift = 32 - Math.log2(buckets);
    this.#ends = ends;
    this.#shift = shift;
    for (let each = 0; each < size; each += 1) {
      const bucket = (all[2 * each] ?? 0) >>> shift;
      ends[bucket] = (ends[bucket] ?? 0) + 1;
    }
    let before = 0;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const count = ends[bucket] ?? 0;
      // For now where it begins.
      ends[bucket] = before;
      before += count;
    }
    while (this.#pages.length * PAGE < size) this.#pages.push(pool.take(2 * PAGE));
    for (let each = 0; each < size; each += 1) {
      const high = all[2 * each] ?? 0;
      const bucket = high >>> shift;
      const at = ends[bucket] ?? 0;
      ends[bucket] = at + 1;
      this.#put(at, high, all[2 * each + 1] ?? 0);
    }
  }

  #put(at: number, high: number, low: number): void {
    const page = this.#pages[Math.floor(at / PAGE)];
    if (page === undefined) return;
    page[2 * (at % PAGE)] = high;
    page[2 * (at % PAGE) + 1] = low;
  }

  has(high: number, low: number): boolean {
    const bucket = high >>> this.#shift;
    const end = this.#ends[bucket] ?? 0;
    for (let at = bucket === 0 ? 0 : (this.#ends[bucket - 1] ?? 0); at < end; at += 1) {
      const page = this.#pages[Math.floor(at / PAGE)];
      const place = 2 * (at % PAGE);
      if (page?.[place] === high && page[place + 1] === low) return true;
    }
    return false;
  }

  /** @returns how many there are */
  copyTo(all: Int32Array): number {
    for (const [number, page] of this.#pages.entries())
      all.set(page.subarray(0, 2 * Math.min(PAGE, this.size - number * PAGE)), 2 * number * PAGE);
    return this.size;
  }

  free(): void {
    for (const page of this.#pages) this.pool.give(page);
    this.pool.give(this.#ends);
  }
}
