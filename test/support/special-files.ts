import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface SpecialFile {
  /** What a message calls it. */
  readonly kind: string;
  readonly path: string;
}

/** A FIFO that nobody writes to: opening it waits. */
export async function makeFifo(path: string): Promise<string> {
  await promisify(execFile)('mkfifo', [path]);
  return path;
}

/** @param path short: a socket's name has a hundred characters at most (unix(7)) */
export async function makeSocket(path: string): Promise<string> {
  await new Promise<void>((done) => createServer().listen(path, done).unref());
  return path;
}

/** Files of every kind that is not a regular file, and symbolic links to them. */
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
