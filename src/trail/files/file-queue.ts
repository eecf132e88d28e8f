/** Files of a block that one reader is to take, unless another one has nothing else to do. */
interface Share {
  next: number;
  end: number;
}

interface OpenBlock {
  readonly files: Uint32Array;
  /** By the numbers of readers. */
  readonly shares: readonly Share[];
}

/** A reader goes on with so many blocks of which others have not taken all. */
const MOST_OPEN = 4;

/**
 * Hands out the files of blocks to readers, by and large one block after the other. Each reader has its own share of every block, and
 * files in it are in the order of their paths: so it mostly sees the same accounts, and only few callers and calls are known to several
 * readers.
 */
export class FileQueue {
  readonly #blocks: Iterator<Uint32Array>;
  readonly #readers: number;
  #open: OpenBlock[] = [];

  /** @param blocks numbers of files, in the order in which they are to be read */
  constructor(blocks: Iterable<Uint32Array>, readers: number) {
    this.#blocks = blocks[Symbol.iterator]();
    this.#readers = readers;
  }

  /** @param reader its number, from 0 @returns undefined when there are no more */
  take(reader: number): number | undefined {
    return this.#takeOwn(reader) ?? this.#takeOther();
  }

  #takeOwn(reader: number): number | undefined {
    for (const { files, shares } of this.#open) {
      const share = shares[reader];
      if (share !== undefined && left(share) > 0) return files[share.next++];
    }
    this.#open = this.#open.filter(({ shares }) => shares.some((share) => left(share) > 0));
    if (this.#open.length === MOST_OPEN) return undefined;
    const block = this.#blocks.next();
    if (block.done === true) return undefined;
    this.#open.push(this.#shared(block.value));
    return this.#takeOwn(reader);
  }

  #shared(files: Uint32Array): OpenBlock {
    const begin = (reader: number): number => Math.floor((reader * files.length) / this.#readers);
    const shares = Array.from({ length: this.#readers }, (_, reader) => ({
      next: begin(reader),
      end: begin(reader + 1),
    }));
    return { files, shares };
  }

  /** Of what keeps others back, and from the end, which they would come to last. */
  #takeOther(): number | undefined {
    for (const { files, shares } of this.#open) {
      const [largest] = shares.toSorted((a, b) => left(b) - left(a));
      if (largest !== undefined && left(largest) > 0) return files[--largest.end];
    }
    return undefined;
  }
}

const left = ({ next, end }: Share): number => end - next;
