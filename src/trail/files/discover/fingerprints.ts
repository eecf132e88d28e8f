import type { Hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { OnProgress } from './list.js';

/** Size, mtime and ctime of a file, the times in milliseconds since 1970. The ctime cannot be set back. */
const WIDTH = 3;
/** Files, after which others get their turn. */
const PAUSE = 20_000;

/** Those of all log files of a folder, by their numbers: there may be millions. */
export class FileFingerprints {
  private constructor(
    private readonly files: readonly string[],
    /** NaN for a file that has gone since it was listed: reading it will say so. */
    private readonly numbers: Float64Array,
  ) {}

  /** @param onProgress is told now and then how many were looked at */
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

  /** Adds what changes whenever a file is added, removed or written. */
  addTo(hash: Hash): void {
    // One text of millions of paths would be longer than V8 allows.
    for (let at = 0; at < this.files.length; at += PAUSE)
      hash.update(JSON.stringify(this.files.slice(at, at + PAUSE)));
    hash.update(this.numbers);
  }
}
