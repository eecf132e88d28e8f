import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface SpecialFile {
  /** Name in messages. */
  readonly kind: string;
  readonly path: string;
}

/** A FIFO without writer: opening it waits. */
export async function makeFifo(path: string): Promise<string> {
  await promisify(execFile)('mkfifo', [path]);
  return path;
}

/** @param path short: a socket name has at most about a hundred characters (unix(7)) */
export async function makeSocket(path: string): Promise<string> {
  await new Promise<void>((done) => createServer().listen(path, done).unref());
  return path;
}

/** Special files of every type, and symbolic links to them. */
export async function makeSpecialFiles(): Promise<SpecialFile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'special-'));
  const at = (name: string): string => join(folder, name);
  await makeFifo(at('fifo'));
  await symlink(at('fifo'), at('link-to-fifo'));
  await symlink('/dev/zero', at('link-to-device'));
  await mkdir(at('folder'));
  await makeSocket(at('socket'));
  return [
    { kind: 'a FIFO', path: at('fifo') },
    { kind: 'a FIFO', path: at('link-to-fifo') },
    { kind: 'a character device', path: '/dev/zero' },
    { kind: 'a character device', path: at('link-to-device') },
    { kind: 'a folder', path: at('folder') },
    { kind: 'a socket', path: at('socket') },
  ];
}
