import type { Hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { OnProgress } from './list.js';
import type { Paths } from './paths.js';

/** Size, mtime and ctime of a file, the times in milliseconds since 1970. The ctime cannot be set back. */
const WIDTH = 3;
/** Files, after which others get their turn. */
const PAUSE = 20_000;

/** Those of all log files of a folder, by their numbers: there may be millions. */
export class FileFingerprints {
  private constructor(
    private readonly files: Paths,
    /** NaN for a file that has gone since it was listed: reading it will say so. */
    private readonly numbers: Float64Array,
  ) {}

  /** @param onProgress is told now and then how many were looked at */
  static async of(files: Paths, onProgress: OnProgress | undefined): Promise<FileFingerprints> {
    const numbers = new Float64Array(WIDTH * files.length);
    let at = 0;
    for (const path of files) {
      try {
        const { size, mtimeMs, ctimeMs } = statSync(path);
        numbers.set([size, mtimeMs, ctimeMs], at);
      } catch {
        numbers.fill(NaN, at, at + WIDTH);
      }
      at += WIDTH;
      if (at % (WIDTH * PAUSE) !== 0) continue;
      onProgress?.(`looked at ${at / WIDTH} of ${files.length} log files`);
      await setImmediate();
    }
    return new FileFingerprints(files, numbers);
  }

  /** Adds what changes whenever a file is added, removed or written. */
  addTo(hash: Hash): void {
    for (const content of this.files.content()) hash.update(content);
    hash.update(this.numbers);
  }
}
