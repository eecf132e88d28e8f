import type { Hash } from 'node:crypto';
import { statSync, type Stats } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { OnProgress } from './list.js';
import type { Paths } from './paths.js';

/** Tells whether a file is still the one that was read. */
export interface Stamp {
  readonly size: number;
  /** Milliseconds since 1970: mtime, and ctime, which cannot be set back. */
  readonly modified: number;
  readonly changed: number;
}

export const stampOf = ({ size, mtimeMs, ctimeMs }: Stats): Stamp => ({
  size,
  modified: mtimeMs,
  changed: ctimeMs,
});

const WIDTH = 3;
/** Files, after which others get their turn. */
const PAUSE = 20_000;

/** Those of all log files of a folder, by their numbers: there may be millions. */
export class Stamps {
  private constructor(
    private readonly files: Paths,
    /** NaN for a file that has gone since it was listed: reading it will say so. */
    private readonly numbers: Float64Array,
  ) {}

  /** @param onProgress is told now and then how many were looked at */
  static async of(files: Paths, onProgress: OnProgress | undefined): Promise<Stamps> {
    const numbers = new Float64Array(WIDTH * files.length);
    let at = 0;
    for (const path of files) {
      try {
        const { size, modified, changed } = stampOf(statSync(path));
        numbers.set([size, modified, changed], at);
      } catch {
        numbers.fill(NaN, at, at + WIDTH);
      }
      at += WIDTH;
      if (at % (WIDTH * PAUSE) !== 0) continue;
      onProgress?.(`looked at ${at / WIDTH} of ${files.length} log files`);
      await setImmediate();
    }
    return new Stamps(files, numbers);
  }

  is(file: number, { size, modified, changed }: Stamp): boolean {
    const at = WIDTH * file;
    const { numbers } = this;
    return numbers[at] === size && numbers[at + 1] === modified && numbers[at + 2] === changed;
  }

  /** Adds what changes whenever a file is added, removed or written. */
  addTo(hash: Hash): void {
    for (const content of this.files.content()) hash.update(content);
    hash.update(this.numbers);
  }
}
