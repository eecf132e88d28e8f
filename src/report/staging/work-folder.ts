import { lstat, mkdtemp, readdir, rename, rm, rmdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { HOUR_MS } from '../../base/time.js';
import { z } from 'zod';
import { OutputError } from './errors.js';
import { deleteReport } from './earlier-report.js';
import { OUTPUT_ERRORS } from '../../wording/commands.js';

const OWNER = 'owner.json';
/** Number of characters that mkdtemp adds. */
const RANDOM = 6;
const HEARTBEAT = 60_000;
/** Milliseconds without touching the owner file after which a run counts as ended. */
const SILENCE = HOUR_MS;

const ownerShape = z.looseObject({
  tool: z.literal('cloudtracker'),
  target: z.string(),
  host: z.string(),
  pid: z.number(),
  startedAt: z.string(),
});
type Owner = z.infer<typeof ownerShape>;

interface Found {
  readonly path: string;
  readonly owner: Owner;
  /** Time of the owner file: nanoseconds, by the clock of the file system. */
  readonly touched: bigint;
}

/**
 * Folders of runs of this process: the process number alone does not distinguish them from those of an ended
 * process.
 */
const ownFolders = new Set<string>();

/**
 * A hidden folder beside the target, where a run writes everything before the report is complete. `mkdtemp` creates
 * it, so it belongs to no one else, and its owner file identifies the run: folders without it, and links, are never
 * touched.
 */
export class WorkFolder {
  /** The report under construction. */
  readonly report: string;
  /** Saved answers of the logs. */
  readonly answers: string;
  readonly #heartbeat: NodeJS.Timeout;
  #retain = false;

  private constructor(
    readonly path: string,
    readonly place: string,
  ) {
    this.report = join(path, 'report');
    this.answers = join(path, 'answers');
    ownFolders.add(path);
    this.#heartbeat = setInterval(() => {
      const now = new Date();
      utimes(join(path, OWNER), now, now).catch(() => undefined);
    }, HEARTBEAT);
    this.#heartbeat.unref();
  }

  /**
   * @throws OutputError if another run is writing to the same target
   * @throws Error of the file system
   */
  static async create(place: string): Promise<WorkFolder> {
    const before = (await findWorkFolders(place)).filter(isAlive);
    if (before[0] !== undefined) throw anotherRun(place, before[0]);
    const path = await mkdtemp(prefixOf(place));
    const owner: Owner = {
      tool: 'cloudtracker',
      target: basename(place),
      host: hostname(),
      pid: process.pid,
      startedAt: new Date().toISOString(),
    };
    const folder = new WorkFolder(path, place);
    try {
      await writeFile(join(path, OWNER), `${JSON.stringify(owner, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
      // Two runs that started at the same time now see each other: the later one gives up.
      const found = await findWorkFolders(place);
      const own = found.find((other) => other.path === path);
      const earlier = found.find(
        (other) => other.path !== path && isAlive(other) && (own === undefined || isBefore(other, own)),
      );
      if (earlier !== undefined) throw anotherRun(place, earlier);
    } catch (error) {
      await folder.remove();
      throw error;
    }
    return folder;
  }

  /** Place for a replaced report. `discard`: it will be deleted with all changes made to it. */
  replaced(discard: boolean): string {
    return replacedIn(this.path, discard);
  }

  /** Keeps saved answers for a later run, even if this one fails. */
  retainAnswers(): void {
    this.#retain = true;
  }

  /** Ends a failed run. */
  async discard(): Promise<void> {
    if (!this.#retain) return this.remove();
    this.#leave();
    await rm(this.report, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Removes what this program wrote into the folder; other files stay, and with them the folder. */
  async remove(): Promise<void> {
    this.#leave();
    await removeContent(this.path);
  }

  #leave(): void {
    clearInterval(this.#heartbeat);
    ownFolders.delete(this.path);
  }
}

/** Leftovers of ended runs. */
export interface Leftovers {
  /** Folders with saved answers. */
  readonly answers: readonly string[];
  /** Sentences for the user about files left in place. */
  readonly notices: readonly string[];
}

/**
 * Cleans up after killed runs: removes partial results, and restores an earlier report that was moved aside but not
 * replaced.
 * @throws Error of the file system
 */
export async function recover(place: string): Promise<Leftovers> {
  const answers: string[] = [];
  const notices: string[] = [];
  for (const folder of await findWorkFolders(place)) {
    const { path } = folder;
    if (isAlive(folder)) continue;
    await rm(join(path, 'report'), { recursive: true, force: true });
    for (const discard of [false, true]) {
      const replaced = replacedIn(path, discard);
      if (!(await exists(replaced))) continue;
      // Another run may clean up at the same time.
      if (!(await exists(place))) await rename(replaced, place).catch(() => undefined);
      else if (discard) await rm(replaced, { recursive: true, force: true });
      else if (!(await deleteReport(replaced, new Map()))) notices.push(OUTPUT_ERRORS.left(replaced));
    }
    if (await exists(join(path, 'answers'))) answers.push(join(path, 'answers'));
    else await removeContent(path);
  }
  return { answers, notices };
}

/** Removes the saved answers of an ended run, and its folder. */
export async function removeAnswers(answers: string): Promise<void> {
  await removeContent(dirname(answers));
}

const prefixOf = (place: string): string => join(dirname(place), `.${basename(place)}.cloudtracker-`);
const replacedIn = (path: string, discard: boolean): string => join(path, discard ? 'discarded' : 'previous');

async function removeContent(path: string): Promise<void> {
  for (const name of ['report', 'answers'])
    await rm(join(path, name), { recursive: true, force: true, maxRetries: 3 });
  // An earlier report that could neither be restored nor completely deleted.
  if ((await readdir(path).catch(() => [])).some((name) => name !== OWNER)) return;
  await unlink(join(path, OWNER)).catch(() => undefined);
  await rmdir(path).catch(() => undefined);
}

async function findWorkFolders(place: string): Promise<Found[]> {
  const parent = dirname(place);
  const prefix = basename(prefixOf(place));
  const found: Found[] = [];
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix) || name.length !== prefix.length + RANDOM) continue;
    const path = join(parent, name);
    const folder = await lstat(path).catch(() => undefined);
    const file = await lstat(join(path, OWNER), { bigint: true }).catch(() => undefined);
    if (folder?.isDirectory() !== true || file?.isFile() !== true) continue;
    if (process.getuid !== undefined && folder.uid !== process.getuid()) continue;
    const owner = readOwner(join(path, OWNER));
    if (owner?.target === basename(place)) found.push({ path, owner, touched: file.mtimeNs });
  }
  return found.sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

function readOwner(file: string): Owner | undefined {
  try {
    return ownerShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

const isBefore = (a: Found, b: Found): boolean =>
  a.touched === b.touched ? a.path < b.path : a.touched < b.touched;

function isAlive({ path, owner, touched }: Found): boolean {
  if (Date.now() - Number(touched / 1_000_000n) > SILENCE) return false;
  if (owner.host !== hostname()) return true;
  if (owner.pid === process.pid) return ownFolders.has(path);
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const anotherRun = (place: string, { owner, path }: Found): OutputError =>
  new OutputError(OUTPUT_ERRORS.anotherRun(place, owner.pid, owner.host, owner.startedAt, path));

const exists = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => undefined)) !== undefined;
