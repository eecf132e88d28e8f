import { lstat, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseJson } from '../../base/json.js';
import { readRegularFile } from '../../base/read-file.js';
import { OutputError } from './errors.js';

const TOOL = 'cloudtracker';

/** Through a symbolic link, so that a rename replaces the folder and not the link to it. */
export const placeOf = (target: string): Promise<string> => realpath(target).catch(() => resolve(target));

/** A hidden folder of a run beside the place of its report. */
export const besideOf = (place: string, kind: 'partial' | 'previous', pid: number): string =>
  join(dirname(place), `.${basename(place)}.${kind}-${pid}`);

/** Where runs leave what later runs need not do again. */
export const workOf = (place: string): string => join(dirname(place), `.${basename(place)}.work`);

/** @throws OutputError when the place holds anything but an earlier report, or one and not `force` */
export async function checkTarget(place: string, force: boolean): Promise<'absent' | 'present'> {
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
    const manifest = parseJson((await readRegularFile(file)).toString('utf8'));
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
export async function recover(place: string): Promise<void> {
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

/** Another process of that number; a number of this process that a dead one had is not one. */
export function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
