import { createWriteStream, writeFileSync } from 'node:fs';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { OutputError, toOutputError } from './staging/errors.js';
import { besideOf, checkTarget, placeOf, recover } from './staging/place.js';
import { StagedFile, writtenFile, type WrittenFile } from './staging/staged-file.js';
import { formatSums, isInside, sha256Of, SUMS } from './staging/sums.js';
import { keepTimes } from './staging/unchanged.js';
import type { OutputFile, OutputFolder } from './types.js';

export { OutputError } from './staging/errors.js';
export type { WrittenFile } from './staging/staged-file.js';

/** Whole files between two breaths: timers and signals wait that long. */
const FILES_AT_ONCE = 16;

export interface Staging extends OutputFolder {
  /** What has been written so far, sorted by path. */
  files(): readonly WrittenFile[];
  /**
   * Adds manifest.json and SHA256SUMS and puts the whole folder in its place by a rename.
   * @returns the SHA-256 of SHA256SUMS, which stands for the whole report
   */
  commit(manifest: unknown): Promise<string>;
  /** Takes away everything that was written. The target stays as it was. */
  discard(): Promise<void>;
}

/**
 * A report under construction, in a hidden folder beside its target: it appears whole or not at all.
 * @throws OutputError when the target is no earlier report, or one and not `force`, or cannot be written
 */
export async function createStaging(target: string, options: { readonly force: boolean }): Promise<Staging> {
  const place = await placeOf(target);
  const parent = dirname(place);
  const folder = besideOf(place, 'partial', process.pid);
  try {
    await mkdir(parent, { recursive: true });
    await recover(place);
    await checkTarget(place, options.force);
    await mkdir(folder);
  } catch (error) {
    throw toOutputError(`Cannot write below ${parent}`, error);
  }
  return new StagingFolder(place, folder, options.force);
}

class StagingFolder implements Staging {
  readonly #files = new Map<string, WrittenFile>();
  readonly #open = new Map<string, StagedFile>();
  readonly #folders = new Set<string>();
  readonly #place: string;
  readonly #folder: string;
  readonly #force: boolean;
  #whole = 0;

  constructor(place: string, folder: string, force: boolean) {
    this.#place = place;
    this.#folder = folder;
    this.#force = force;
  }

  async open(path: string): Promise<OutputFile> {
    const full = await this.#makeRoom(path);
    const file = new StagedFile(path, createWriteStream(full), (written) => {
      this.#open.delete(path);
      this.#files.set(path, written);
    });
    this.#open.set(path, file);
    return file;
  }

  async writeFile(path: string, text: string, rows?: number): Promise<void> {
    const full = await this.#makeRoom(path);
    const bytes = Buffer.from(text, 'utf8');
    try {
      // A page is small and there are very many: this takes less than a stream or a promise each (bench/output.mjs).
      writeFileSync(full, bytes);
    } catch (error) {
      throw toOutputError(`Cannot write ${path}`, error);
    }
    this.#files.set(path, writtenFile(path, sha256Of(bytes), bytes.length, rows));
    this.#whole += 1;
    if (this.#whole % FILES_AT_ONCE === 0) await setImmediate();
  }

  /** @returns the file's absolute path, in a folder that exists */
  async #makeRoom(path: string): Promise<string> {
    if (!isInside(path)) throw new Error(`not a path inside the report: ${path}`);
    if (this.#open.has(path)) throw new Error(`already open: ${path}`);
    const full = join(this.#folder, path);
    const parent = dirname(full);
    if (this.#folders.has(parent)) return full;
    try {
      await mkdir(parent, { recursive: true });
    } catch (error) {
      throw toOutputError(`Cannot write ${path}`, error);
    }
    this.#folders.add(parent);
    return full;
  }

  files(): readonly WrittenFile[] {
    return [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async commit(manifest: unknown): Promise<string> {
    const [unfinished] = this.#open.keys();
    if (unfinished !== undefined) throw new Error(`not closed: ${unfinished}`);
    await this.writeFile('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    const files = this.files();
    const sums = formatSums(files);
    const previous = besideOf(this.#place, 'previous', process.pid);
    try {
      await this.#checkPresent();
      await writeFile(join(this.#folder, SUMS), sums);
      await keepTimes(files, this.#folder, this.#place);
      // Again: a run takes long, and something may have been put there since.
      const target = await checkTarget(this.#place, this.#force);
      if (target === 'present') await rename(this.#place, previous);
      try {
        await rename(this.#folder, this.#place);
      } catch (error) {
        if (target === 'present') await rename(previous, this.#place);
        throw error;
      }
    } catch (error) {
      throw toOutputError(`Cannot put the report at ${this.#place}`, error);
    }
    // The new report is in its place: a rest of the earlier one is no reason to fail; the next run takes it away.
    await rm(previous, { recursive: true, force: true }).catch(() => undefined);
    return sha256Of(sums);
  }

  /** Something else may tidy up hidden folders during a long run; half a report must not replace a whole one. */
  async #checkPresent(): Promise<void> {
    for (const { path, bytes } of this.#files.values()) {
      const info = await lstat(join(this.#folder, path)).catch(() => undefined);
      if (info?.size !== bytes) throw new OutputError(`${path} was changed or removed during the run.`);
    }
  }

  async discard(): Promise<void> {
    for (const file of this.#open.values()) await file.abandon();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
