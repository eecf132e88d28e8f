import { at } from '../../../base/checked.js';
import { intAt } from './checked.js';

/** A growing array of 32-bit integers. */
export class IntList {
  #data = new Int32Array(16);
  length = 0;

  push(value: number): void {
    if (this.length === this.#data.length) this.#data = enlarge(this.#data);
    this.#data[this.length] = value;
    this.length += 1;
  }

  /** Retains the memory. */
  clear(): void {
    this.length = 0;
  }

  append(values: Int32Array): void {
    while (this.length + values.length > this.#data.length) this.#data = enlarge(this.#data);
    this.#data.set(values, this.length);
    this.length += values.length;
  }

  /** Appends a value up to a length. */
  fillTo(length: number, value: number): void {
    while (length > this.#data.length) this.#data = enlarge(this.#data);
    if (length > this.length) this.#data.fill(value, this.length, length);
    this.length = Math.max(this.length, length);
  }

  /** @throws InternalError beyond the end */
  at(index: number): number {
    return index < this.length ? intAt(this.#data, index) : at(this.from(0), index);
  }

  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  /** A copy from an index on. */
  from(index: number): Int32Array<ArrayBuffer> {
    return this.#data.slice(index, this.length);
  }
}

function enlarge(data: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(data.length * 2);
  larger.set(data);
  return larger;
}
