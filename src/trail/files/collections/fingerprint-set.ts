const FEWEST_SLOTS = 64;

/** A set of 64-bit numbers other than 0: 11 to 21 bytes each. */
export class FingerprintSet {
  /** Open addressing: pairs of high and low; 0, 0 is free. */
  #slots = new Int32Array(2 * FEWEST_SLOTS);
  #used = 0;

  /** @returns whether it is new */
  add(high: number, low: number): boolean {
    const at = slotFor(this.#slots, high, low);
    if (this.#slots[at] !== 0 || this.#slots[at + 1] !== 0) return false;
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    this.#used += 1;
    if (this.#used * 8 > this.#slots.length * 3) this.#grow();
    return true;
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Int32Array(2 * before.length);
    for (let from = 0; from < before.length; from += 2) {
      const high = before[from] ?? 0;
      const low = before[from + 1] ?? 0;
      if (high === 0 && low === 0) continue;
      const at = slotFor(slots, high, low);
      slots[at] = high;
      slots[at + 1] = low;
    }
    this.#slots = slots;
  }
}

/** @returns slot of the number, or the free slot for it */
function slotFor(slots: Int32Array, high: number, low: number): number {
  const mask = slots.length - 1;
  let at = (low << 1) & mask;
  while ((slots[at] !== high || slots[at + 1] !== low) && (slots[at] !== 0 || slots[at + 1] !== 0))
    at = (at + 2) & mask;
  return at;
}
