import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputFile, OutputFolder } from './types.js';

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
  const place = resolve(target);
  await checkTarget(place, options.force);
  const parent = dirname(place);
  const folder = join(parent, `.${basename(place)}.partial-${process.pid}`);
  try {
    await mkdir(parent, { recursive: true });
    await clearStale(parent, basename(place));
    await mkdir(folder);
  } catch (error) {
    throw new OutputError(`Cannot write below ${parent}: ${messageOf(error)}`);
  }
  return new StagingFolder(place, folder);
}

async function checkTarget(place: string, force: boolean): Promise<void> {
  const info = await stat(place).catch(() => undefined);
  if (info === undefined) return;
  if (!info.isDirectory()) throw new OutputError(`${place} is a file; --output needs a folder.`);
  const names = await readdir(place);
  if (names.length === 0) return;
  if (!names.includes('manifest.json')) {
    throw new OutputError(`${place} holds other things than a report; choose another --output.`);
  }
  if (!force)
    throw new OutputError(`${place} already holds a report; use --force to replace it, or another --output.`);
}

/** A run that was killed leaves its folder behind; it is taken away when that process is gone. */
async function clearStale(parent: string, name: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    const pid = entry.startsWith(`.${name}.partial-`) ? Number(entry.split('-').at(-1)) : NaN;
    if (Number.isInteger(pid) && !isAlive(pid))
      await rm(join(parent, entry), { recursive: true, force: true });
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
  readonly #place: string;
  readonly #folder: string;

  constructor(place: string, folder: string) {
    this.#place = place;
    this.#folder = folder;
  }

  async open(path: string): Promise<OutputFile> {
    if (path.startsWith('/') || path.split('/').some((part) => part === '..' || part === '')) {
      throw new Error(`not a path inside the report: ${path}`);
    }
    const full = join(this.#folder, path);
    await mkdir(dirname(full), { recursive: true });
    return new StagedFile(path, createWriteStream(full), (written) => this.#files.set(path, written));
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
    await this.writeFile('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    const sums = this.files()
      .map(({ sha256, path }) => `${sha256}  ${path}\n`)
      .join('');
    await writeFile(join(this.#folder, 'SHA256SUMS'), sums);
    const old = `${this.#folder}.old`;
    const replaces = await access(this.#place).then(
      () => true,
      () => false,
    );
    if (replaces) await rename(this.#place, old);
    try {
      await rename(this.#folder, this.#place);
    } catch (error) {
      if (replaces) await rename(old, this.#place);
      throw new OutputError(`Cannot put the report at ${this.#place}: ${messageOf(error)}`);
    }
    await rm(old, { recursive: true, force: true });
  }

  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

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
    if (this.#failure !== undefined) {
      throw new OutputError(
        `Cannot write ${this.#path}: ${this.#failure.message}. The earlier report, if any, is untouched.`,
      );
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
