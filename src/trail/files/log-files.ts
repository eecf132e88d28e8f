import { relative, sep } from 'node:path';
import { compareText } from '../aggregate.js';
import type { LogFile } from '../types.js';
import type { FileResult } from './read-file.js';

/** What there is to say about each file afterwards. */
export class LogFiles {
  readonly #root: string;
  readonly #files: LogFile[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** @param result also of a file that could not even be opened */
  add(result: FileResult | { readonly path: string; readonly ok: false; readonly source?: never }): void {
    const whole = result.ok && result.digest.damaged === 0;
    this.#files.push({
      name: relative(this.#root, result.path).split(sep).join('/'),
      sha256: result.source?.sha256 ?? null,
      bytes: result.source?.bytes ?? null,
      records: result.ok ? result.digest.counts.recordsRead : 0,
      newest: result.ok ? newestOf(result.digest.time) : null,
      status: whole ? 'read' : result.ok ? 'damaged' : 'failed',
    });
  }

  sorted(): readonly LogFile[] {
    return this.#files.sort((a, b) => compareText(a.name, b.name));
  }
}

/** @param times seconds since 1970 */
function newestOf(times: Float64Array): string | null {
  const newest = times.reduce((a, b) => Math.max(a, b), -Infinity);
  return newest === -Infinity ? null : `${new Date(newest * 1000).toISOString().slice(0, 19)}Z`;
}
