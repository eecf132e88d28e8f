import { lstat, mkdtemp, readdir, rename, rm, rmdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { HOUR_MS } from '../../base/time.js';
import { z } from 'zod';
import { OutputError } from './errors.js';
import { deleteReport } from './earlier-report.js';

const OWNER = 'owner.json';
/** Characters that mkdtemp adds. */
const RANDOM = 6;
const HEARTBEAT = 60_000;
/** A run that has not touched its owner file for so long has ended: milliseconds. */
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
  /** Of the owner file: nanoseconds, by the clock of the file system. */
  readonly touched: bigint;
}

/** Folders of runs of this process: their number alone does not tell them from those of an ended process. */
const ownFolders = new Set<string>();

/**
 * A hidden folder beside the place of a report, where one run writes what is not the report yet. `mkdtemp` makes it, so it is nobody
 * else's, and a file in it names its owner: folders without that file, and links, are left alone whatever they are called.
 */
export class WorkFolder {
  /** The report under construction. */
  readonly report: string;
  /** What the trail answered, for a run that goes on from it. */
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
   * @throws OutputError when another run is at work for the same place
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
      // Of two runs that began at once, each now sees the other: the later one gives way.
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

  /** Of a replaced report. `discard` is for one that is deleted with the changes that people made in it. */
  replaced(discard: boolean): string {
    return replacedIn(this.path, discard);
  }

  /** What the trail answered stays for a later run, also when this one fails. */
  retainAnswers(): void {
    this.#retain = true;
  }

  /** The end of a run that failed. */
  async discard(): Promise<void> {
    if (!this.#retain) return this.remove();
    this.#leave();
    await rm(this.report, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Removes what this program writes into the folder; what else is there stays, and with it the folder. */
  async remove(): Promise<void> {
    this.#leave();
    await removeContent(this.path);
  }

  #leave(): void {
    clearInterval(this.#heartbeat);
    ownFolders.delete(this.path);
  }
}

/** What runs left that have ended. */
export interface Leftovers {
  /** Folders in which a run kept what the trail had answered. */
  readonly answers: readonly string[];
  /** Sentences for the user about what was left alone. */
  readonly notices: readonly string[];
}

/**
 * Tidies up after runs that were killed: what they had begun is removed, and an earlier report that one had moved aside, but not yet
 * replaced, is put back.
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
      // Another run may tidy up at the same time.
      if (!(await exists(place))) await rename(replaced, place).catch(() => undefined);
      else if (discard) await rm(replaced, { recursive: true, force: true });
      else if (!(await deleteReport(replaced, new Map()))) notices.push(leftIn(replaced));
    }
    if (await exists(join(path, 'answers'))) answers.push(join(path, 'answers'));
    else await removeContent(path);
  }
  return { answers, notices };
}

/** Removes what an ended run kept of the trail's answers, and its folder. */
export async function removeAnswers(answers: string): Promise<void> {
  await removeContent(dirname(answers));
}

export const leftIn = (folder: string): string =>
  `${folder} contains files of the earlier report that changed while it was replaced. Move them to where they belong.`;

const prefixOf = (place: string): string => join(dirname(place), `.${basename(place)}.cloudtracker-`);
const replacedIn = (path: string, discard: boolean): string => join(path, discard ? 'discarded' : 'previous');

async function removeContent(path: string): Promise<void> {
  for (const name of ['report', 'answers'])
    await rm(join(path, name), { recursive: true, force: true, maxRetries: 3 });
  // An earlier report that could be neither put back nor deleted whole.
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
  new OutputError(
    `Another run is writing ${place} (process ${owner.pid} on ${owner.host}, since ${owner.startedAt}, in ${path}). ` +
      'Wait for it to end, or choose another --output.',
  );

const exists = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => undefined)) !== undefined;
