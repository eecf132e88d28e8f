import { createWriteStream, writeFileSync } from 'node:fs';
import { lstat, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareBy } from '../base/compare.js';
import { OutputError, toOutputError } from './staging/errors.js';
import { deleteReport, type EarlierReport } from './staging/earlier-report.js';
import { inspectTarget, resolvePlace, type Target, type TargetOptions } from './staging/place.js';
import { StagedFile, writtenFile, type WrittenFile } from './staging/staged-file.js';
import { formatSums, isInside, sha256Of, SUMS } from './staging/sums.js';
import { restoreModificationTimes } from './staging/unchanged.js';
import { recover, WorkFolder, type Leftovers } from './staging/work-folder.js';
import type { OutputFile, OutputFolder } from './types.js';
import { OUTPUT_ERRORS } from '../wording/commands.js';

export { OutputError } from './staging/errors.js';
export type { WrittenFile } from './staging/staged-file.js';

/** Files between two turns of the event loop: timers and signals wait that long. */
const FILES_AT_ONCE = 16;

export interface Staging extends OutputFolder {
  /** Files written so far, sorted by path. */
  files(): readonly WrittenFile[];
  /**
   * Adds manifest.json and SHA256SUMS, and renames the folder into place.
   * @returns SHA-256 of SHA256SUMS, which identifies the whole report
   */
  commit(manifest: unknown): Promise<string>;
  /** Removes everything that was written. The target stays unchanged. */
  discard(): Promise<void>;
  /** Folder of the run for everything except the report. */
  readonly work: WorkFolder;
  /** Folders with answers of earlier runs. */
  readonly earlierAnswers: readonly string[];
  /** Sentences about files that were left in place unexpectedly. */
  notices(): readonly string[];
}

/**
 * A report under construction, in a hidden folder beside its target: it appears complete or not at all.
 * @throws OutputError if the target must not be replaced or cannot be written, or another run is writing it
 */
export async function createStaging(target: string, options: TargetOptions): Promise<Staging> {
  let work: WorkFolder | undefined;
  try {
    const place = await resolvePlace(target);
    work = await WorkFolder.create(place);
    const leftovers = await recover(place);
    const found = await inspectTarget(place, options);
    await mkdir(work.report);
    return new StagingFolder(work, found, leftovers, options);
  } catch (error) {
    await work?.remove();
    throw toOutputError(OUTPUT_ERRORS.cannotWrite(dirname(resolve(target))), error);
  }
}

class StagingFolder implements Staging {
  readonly work: WorkFolder;
  readonly earlierAnswers: readonly string[];
  readonly #files = new Map<string, WrittenFile>();
  readonly #open = new Map<string, StagedFile>();
  readonly #folders = new Set<string>();
  readonly #place: string;
  readonly #folder: string;
  readonly #target: Target;
  readonly #options: TargetOptions;
  readonly #notices: string[];
  #whole = 0;

  constructor(work: WorkFolder, target: Target, leftovers: Leftovers, options: TargetOptions) {
    this.work = work;
    this.earlierAnswers = leftovers.answers;
    this.#place = work.place;
    this.#folder = work.report;
    this.#target = target;
    this.#options = options;
    this.#notices = [...leftovers.notices];
  }

  notices(): readonly string[] {
    return this.#notices;
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
      // Pages are small and many: this takes less than a stream or promise each (bench/output.mjs).
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
    return [...this.#files.values()].sort(compareBy(({ path }) => path));
  }

  async commit(manifest: unknown): Promise<string> {
    const [unfinished] = this.#open.keys();
    if (unfinished !== undefined) throw new Error(`not closed: ${unfinished}`);
    await this.writeFile('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    const files = this.files();
    const sums = formatSums(files);
    try {
      await this.#checkPresent();
      await writeFile(join(this.#folder, SUMS), sums);
      await restoreModificationTimes(files, this.#folder, this.#place);
      await this.#replace();
    } catch (error) {
      throw toOutputError(OUTPUT_ERRORS.cannotReplace(this.#place), error);
    }
    await this.work.remove();
    return sha256Of(sums);
  }

  /** Looks at the target once more: a run takes long, and somebody may have put something there since. */
  async #replace(): Promise<void> {
    const { discardChanges = false } = this.#options;
    const before = this.#target.kind === 'report' ? this.#target.earlier.unchanged : undefined;
    const target = await inspectTarget(this.#place, this.#options, before);
    const replaced = this.work.replaced(discardChanges);
    if (target.kind !== 'absent') await rename(this.#place, replaced);
    try {
      await rename(this.#folder, this.#place);
    } catch (error) {
      if (target.kind !== 'absent') await rename(replaced, this.#place);
      throw error;
    }
    // The new report is in its place: a rest of the earlier one is no reason to fail.
    if (target.kind === 'empty') await rmdir(replaced).catch(() => undefined);
    else if (target.kind === 'report') await this.#deleteReplaced(replaced, target.earlier);
  }

  async #deleteReplaced(folder: string, { unchanged }: EarlierReport): Promise<void> {
    const gone =
      this.#options.discardChanges === true
        ? rm(folder, { recursive: true, force: true }).then(() => true)
        : deleteReport(folder, unchanged);
    if (!(await gone.catch(() => false))) this.#notices.push(OUTPUT_ERRORS.left(folder));
  }

  /** Something else may tidy up hidden folders during a long run; half a report must not replace a whole one. */
  async #checkPresent(): Promise<void> {
    for (const { path, bytes } of this.#files.values()) {
      const info = await lstat(join(this.#folder, path)).catch(() => undefined);
      if (info?.size !== bytes) throw new OutputError(OUTPUT_ERRORS.changed(path));
    }
  }

  async discard(): Promise<void> {
    for (const file of this.#open.values()) await file.abandon();
    await this.work.discard();
  }
}
