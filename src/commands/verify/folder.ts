import { createHash } from 'node:crypto';
import { closeSync, constants, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegularFile } from '../../base/read-file.js';
import { reasonOf } from '../../report/staging/errors.js';

export interface Entry {
  /** Relative, with `/`. */
  readonly path: string;
  /** other: a symbolic link, which is not followed, or a special file; unreadable: a folder. */
  readonly kind: 'file' | 'other' | 'unreadable';
}

/** Everything below a folder but folders. */
export async function listFolder(root: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const visit = async (folder: string): Promise<void> => {
    let names;
    try {
      names = await readdir(join(root, folder), { withFileTypes: true });
    } catch {
      entries.push({ path: folder === '' ? '.' : folder, kind: 'unreadable' });
      return;
    }
    for (const entry of names) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else entries.push({ path, kind: entry.isFile() ? 'file' : 'other' });
    }
  };
  await visit('');
  return entries;
}

export type HashResult =
  | { readonly ok: true; readonly sha256: string; readonly bytes: number }
  | { readonly ok: false; readonly reason: string };

const PIECE = Buffer.alloc(1 << 20);

/** Reads a file piece by piece, never through a link. */
export function hashFile(file: string): HashResult {
  let descriptor: number | undefined;
  try {
    descriptor = openRegularFile(file, constants.O_NOFOLLOW).descriptor;
    const hash = createHash('sha256');
    let bytes = 0;
    for (;;) {
      const read = readSync(descriptor, PIECE);
      if (read === 0) return { ok: true, sha256: hash.digest('hex'), bytes };
      hash.update(PIECE.subarray(0, read));
      bytes += read;
    }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
