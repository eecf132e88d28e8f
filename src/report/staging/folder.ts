import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Entry {
  /** Relative, with `/`. */
  readonly path: string;
  /** other: a symbolic link, which is not followed, or a special file; unreadable: a folder. */
  readonly kind: 'file' | 'other' | 'unreadable';
}

/** Everything below a folder except folders. */
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
