import { firstWhere } from './search.js';

/** So many paths, of which the first is kept as text. */
interface Block {
  readonly first: string;
  /** Of each other one: how many bytes it shares with the one before it, how many it has besides (HEAD bytes), and those. */
  readonly rests: Buffer;
}

const BLOCK = 32;
const HEAD = 4;
const MOST_BYTES = 0xffff;

/**
 * Paths in their order, of which there may be millions: AWS delivers a file every five minutes for each account and region. As texts
 * they take 170 bytes each, which V8 looks at whenever it collects garbage. Here it is 40, as most bytes are those of the path before.
 */
export class Paths implements Iterable<string> {
  /** The path that was asked for last, in bytes, and where the one behind it is in its block. */
  readonly #bytes = Buffer.alloc(MOST_BYTES);
  #size = 0;
  #number = -1;
  #next = 0;

  /** Only a builder makes them. */
  constructor(
    private readonly blocks: readonly Block[],
    readonly length: number,
  ) {}

  /** @returns the path with a number from 0 on, empty where there is none: fast for one that is not far behind the last one */
  at(number: number): string {
    const block = this.blocks[Math.floor(number / BLOCK)];
    if (block === undefined || number >= this.length) return '';
    const first = number - (number % BLOCK);
    if (number === first) return block.first;
    if (this.#number < first || this.#number > number) {
      this.#size = this.#bytes.write(block.first);
      this.#number = first;
      this.#next = 0;
    }
    while (this.#number < number) this.#step(block.rests);
    return this.#bytes.toString('utf8', 0, this.#size);
  }

  #step(rests: Buffer): void {
    const shared = rests.readUInt16LE(this.#next);
    const begin = this.#next + HEAD;
    const end = begin + rests.readUInt16LE(this.#next + 2);
    rests.copy(this.#bytes, shared, begin, end);
    this.#size = shared + end - begin;
    this.#next = end;
    this.#number += 1;
  }

  /** @returns the number of a path, -1 where it is not among them */
  numberOf(path: string): number {
    const block = firstWhere(this.blocks.length, (at) => (this.blocks[at]?.first ?? '') > path) - 1;
    const last = this.#number;
    // Who asks for one after the other need not have the whole block put together each time.
    const isBehind = Math.floor(last / BLOCK) === block && this.at(last) <= path;
    const end = Math.min((block + 1) * BLOCK, this.length);
    for (let number = isBehind ? last : block * BLOCK; number < end; number += 1)
      if (this.at(number) === path) return number;
    return -1;
  }

  *[Symbol.iterator](): Generator<string> {
    for (let number = 0; number < this.length; number += 1) yield this.at(number);
  }

  /** What is the same only for the same paths. */
  *content(): Generator<string | Buffer> {
    for (const { first, rests } of this.blocks) {
      yield JSON.stringify([first, rests.length]);
      yield rests;
    }
  }
}

/** What blocks have besides their first paths lies in pieces of memory of so many bytes. */
const PAGE = 256 * 1024;

/** Takes paths one after the other. */
export class PathsBuilder {
  readonly #blocks: Block[] = [];
  #length = 0;
  #first = '';
  #bytes = Buffer.alloc(MOST_BYTES);
  #before = Buffer.alloc(MOST_BYTES);
  #sizeBefore = 0;
  /** Not by a pool of Node's: a small part that stays would keep all that was beside it. */
  #page = Buffer.allocUnsafeSlow(PAGE);
  /** In the page: where the block begins, and ends so far. */
  #begin = 0;
  #end = 0;

  get length(): number {
    return this.#length;
  }

  /** @param path that is behind all others in their order, which is that of `<` */
  add(path: string): void {
    const size = this.#bytes.write(path);
    // No file system has such.
    if (size > MOST_BYTES - 4) throw new RangeError(`The path of a log file is too long: ${path}`);
    if (this.#length % BLOCK === 0) {
      this.#endBlock();
      this.#first = path;
    } else {
      const most = Math.min(size, this.#sizeBefore);
      let shared = 0;
      while (shared < most && this.#bytes[shared] === this.#before[shared]) shared += 1;
      this.#put(shared, size);
    }
    [this.#bytes, this.#before] = [this.#before, this.#bytes];
    this.#sizeBefore = size;
    this.#length += 1;
  }

  #put(shared: number, size: number): void {
    const needed = HEAD + size - shared;
    if (this.#end + needed > this.#page.length) {
      const begun = this.#page.subarray(this.#begin, this.#end);
      this.#page = Buffer.allocUnsafeSlow(Math.max(PAGE, 2 * (begun.length + needed)));
      begun.copy(this.#page);
      this.#begin = 0;
      this.#end = begun.length;
    }
    this.#page.writeUInt16LE(shared, this.#end);
    this.#page.writeUInt16LE(size - shared, this.#end + 2);
    this.#bytes.copy(this.#page, this.#end + HEAD, shared, size);
    this.#end += needed;
  }

  #endBlock(): void {
    if (this.#length > 0)
      this.#blocks.push({ first: this.#first, rests: this.#page.subarray(this.#begin, this.#end) });
    this.#begin = this.#end;
  }

  /** To be called once, at the end. */
  paths(): Paths {
    this.#endBlock();
    return new Paths(this.#blocks, this.#length);
  }
}
