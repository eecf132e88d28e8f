import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { lstat, mkdir, readFile, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputFile, OutputFolder } from './types.js';

const TOOL = 'cloudtracker';

/** The report cannot be put where it was asked for. Printed without a stack trace. */
export class OutputError extends Error {
  override name = 'OutputError';
}

export interface WrittenFile {
  /** Relative to the report, with `/`. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Rows without header, of files that have rows. */
  readonly rows?: number;
}

export interface Staging extends OutputFolder {
  /** What has been written so far, sorted by path. */
  files(): readonly WrittenFile[];
  /** Adds manifest.json and SHA256SUMS and puts the whole folder in its place by a rename. */
  commit(manifest: unknown): Promise<void>;
  /** Takes away everything that was written. The target stays as it was. */
  discard(): Promise<void>;
}

/**
 * A report under construction, in a hidden folder beside its target: it appears whole or not at all.
 * @throws OutputError when the target is no earlier report, or one and not `force`, or cannot be written
 */
export async function createStaging(target: string, options: { readonly force: boolean }): Promise<Staging> {
  // Through a symbolic link, so that the rename replaces the folder and not the link to it.
  const place = await realpath(target).catch(() => resolve(target));
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

const besideOf = (place: string, kind: 'partial' | 'previous', pid: number): string =>
  join(dirname(place), `.${basename(place)}.${kind}-${pid}`);

async function checkTarget(place: string, force: boolean): Promise<'absent' | 'present'> {
  const info = await lstat(place).catch(() => undefined);
  if (info === undefined) return 'absent';
  if (!info.isDirectory()) throw new OutputError(`${place} is a file; --output needs a folder.`);
  const names = await readdir(place);
  if (names.length === 0) return 'present';
  if (!names.includes('manifest.json') || !(await isOurs(join(place, 'manifest.json')))) {
    throw new OutputError(`${place} holds other things than a report; choose another --output.`);
  }
  if (!force)
    throw new OutputError(`${place} already holds a report; use --force to replace it, or another --output.`);
  return 'present';
}

/** Web apps and extensions have a manifest.json too: --force must not take their folder away. */
async function isOurs(file: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('tool' in manifest)) return false;
    const { tool } = manifest;
    return typeof tool === 'object' && tool !== null && 'name' in tool && tool.name === TOOL;
  } catch {
    return false;
  }
}

/**
 * Tidies up after runs that were killed: what they had begun is taken away, and an earlier report that one had moved
 * aside, but not yet replaced, is put back.
 */
async function recover(place: string): Promise<void> {
  const parent = dirname(place);
  for (const entry of await readdir(parent)) {
    for (const kind of ['partial', 'previous'] as const) {
      const pid = Number(/-(\d+)$/.exec(entry)?.[1] ?? NaN);
      const path = besideOf(place, kind, pid);
      if (path !== join(parent, entry) || isAlive(pid)) continue;
      const lost = kind === 'previous' && (await lstat(place).catch(() => undefined)) === undefined;
      if (lost) await rename(path, place);
      else await rm(path, { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

class StagingFolder implements Staging {
  readonly #files = new Map<string, WrittenFile>();
  readonly #open = new Set<string>();
  readonly #place: string;
  readonly #folder: string;
  readonly #force: boolean;

  constructor(place: string, folder: string, force: boolean) {
    this.#place = place;
    this.#folder = folder;
    this.#force = force;
  }

  async open(path: string): Promise<OutputFile> {
    if (!isInside(path)) throw new Error(`not a path inside the report: ${path}`);
    if (this.#open.has(path)) throw new Error(`already open: ${path}`);
    const full = join(this.#folder, path);
    try {
      await mkdir(dirname(full), { recursive: true });
    } catch (error) {
      throw toOutputError(`Cannot write ${path}`, error);
    }
    this.#open.add(path);
    return new StagedFile(path, createWriteStream(full), (written) => {
      this.#open.delete(path);
      this.#files.set(path, written);
    });
  }

  async writeFile(path: string, text: string, rows?: number): Promise<void> {
    const file = await this.open(path);
    await file.write(text);
    await file.close(rows);
  }

  files(): readonly WrittenFile[] {
    return [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async commit(manifest: unknown): Promise<void> {
    const [unfinished] = this.#open;
    if (unfinished !== undefined) throw new Error(`not closed: ${unfinished}`);
    await this.writeFile('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    const sums = this.files()
      .map(({ sha256, path }) => `${sha256}  ${path}\n`)
      .join('');
    const previous = besideOf(this.#place, 'previous', process.pid);
    try {
      await this.#checkPresent();
      await writeFile(join(this.#folder, 'SHA256SUMS'), sums);
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
  }

  /** Something else may tidy up hidden folders during a long run; half a report must not replace a whole one. */
  async #checkPresent(): Promise<void> {
    for (const { path, bytes } of this.#files.values()) {
      const info = await lstat(join(this.#folder, path)).catch(() => undefined);
      if (info?.size !== bytes) throw new OutputError(`${path} was changed or removed during the run.`);
    }
  }

  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Also no backslash, control character or `:`: paths are read by `sha256sum -c`, in URLs and on Windows. */
const isInside = (path: string): boolean =>
  /^[^\\:\p{Cc}]+$/u.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));

class StagedFile implements OutputFile {
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;
  #failure: Error | undefined;
  readonly #path: string;
  readonly #stream: WriteStream;
  readonly #onClosed: (file: WrittenFile) => void;

  constructor(path: string, stream: WriteStream, onClosed: (file: WrittenFile) => void) {
    this.#path = path;
    this.#stream = stream;
    this.#onClosed = onClosed;
    stream.on('error', (error) => (this.#failure = error));
  }

  async write(text: string): Promise<void> {
    this.#check();
    const bytes = Buffer.from(text, 'utf8');
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    if (!this.#stream.write(bytes)) {
      await once(this.#stream, 'drain').catch(() => undefined);
      this.#check();
    }
  }

  async close(rows?: number): Promise<void> {
    this.#stream.end();
    if (!this.#stream.closed) await once(this.#stream, 'close').catch(() => undefined);
    this.#check();
    const sha256 = this.#hash.digest('hex');
    this.#onClosed({ path: this.#path, sha256, bytes: this.#bytes, ...(rows === undefined ? {} : { rows }) });
  }

  #check(): void {
    if (this.#failure !== undefined) throw toOutputError(`Cannot write ${this.#path}`, this.#failure);
  }
}

const REASONS = new Map<unknown, string>([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'no permission'],
  ['EPERM', 'no permission'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EMFILE', 'too many open files'],
]);

function toOutputError(what: string, error: unknown): OutputError {
  if (error instanceof OutputError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = REASONS.get(code) ?? (error instanceof Error ? error.message : String(error));
  return new OutputError(`${what}: ${reason}. An earlier report is untouched.`, { cause: error });
}
