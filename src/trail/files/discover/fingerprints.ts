import type { Hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { OnProgress } from './list.js';

/** Size, mtime and ctime of a file, the times in milliseconds since 1970. The ctime cannot be set back. */
const WIDTH = 3;
/** Files between two pauses for other work. */
const PAUSE = 20_000;

/** The size, mtime and ctime of every log file, by file index, in one array: there may be millions. */
export class FileFingerprints {
  private constructor(
    private readonly files: readonly string[],
    /** NaN for a file that is gone since it was listed: reading it will report that. */
    private readonly numbers: Float64Array,
  ) {}

  /** @param onProgress is called from time to time with the number of files seen */
  static async of(files: readonly string[], onProgress: OnProgress | undefined): Promise<FileFingerprints> {
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

  /** Adds to the hash all that changes when a file is added, removed or written. */
  addTo(hash: Hash): void {
    // The paths of millions of files would be longer than the longest string of V8.
    for (let at = 0; at < this.files.length; at += PAUSE)
      hash.update(JSON.stringify(this.files.slice(at, at + PAUSE)));
    hash.update(this.numbers);
  }
}
