import { rmSync } from 'node:fs';
import { symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TrailError } from '../../../src/trail/errors.js';
import { openStore } from '../../../src/trail/log-files/open-store.js';
import { MAX_FILE_BYTES, type LogStore, type StorePage } from '../../../src/trail/log-files/store.js';
import { folder } from '../files/helpers.js';

/** A store of a test, and how others change its files. */
interface TestStore {
  readonly store: LogStore;
  readonly missing: LogStore;
  readonly write: (name: string, contents: string) => Promise<void>;
  readonly remove: (name: string) => void;
}

async function folderStore(files: Readonly<Record<string, string>>): Promise<TestStore> {
  const path = await folder(files);
  return {
    store: openStore({ kind: 'folder', path }),
    missing: openStore({ kind: 'folder', path: join(path, 'missing') }),
    write: (name, contents) => writeFile(join(path, name), contents),
    remove: (name) => {
      rmSync(join(path, name));
    },
  };
}

/** A second kind of store gets a row here. */
const stores: [string, (files: Readonly<Record<string, string>>) => Promise<TestStore>][] = [
  ['folder', folderStore],
];

async function listed(store: LogStore): Promise<StorePage> {
  const pages: StorePage[] = [];
  for await (const page of store.list()) pages.push(page);
  return {
    files: pages.flatMap(({ files }) => files),
    unreadable: pages.flatMap(({ unreadable }) => unreadable),
  };
}

const FILES = { 'b/c d/1.json': 'one', 'b/é.json.gz': '', 'a.json': '{"Records":[]}', 'b.txt': 'text' };

describe.each(stores)('a store: %s', (_, make) => {
  it('lists names relative to its root, with sizes, always in the same order', async () => {
    const { store } = await make(FILES);
    const { files, unreadable } = await listed(store);
    expect(new Map(files.map(({ name, size }) => [name, size]))).toEqual(
      new Map(Object.entries(FILES).map(([name, contents]) => [name, contents.length])),
    );
    expect(unreadable).toEqual([]);
    expect(await listed(store)).toEqual({ files, unreadable });
  });

  it('lists more files than a page holds', async () => {
    const names = Array.from({ length: 2100 }, (_, i) => `logs/${i}.json`);
    const { store } = await make(Object.fromEntries(names.map((name) => [name, ''])));
    const { files } = await listed(store);
    expect(files.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it('gives a file another version when it is written', async () => {
    const { store, write } = await make({ 'a.json': 'one', 'b.json': 'one' });
    const versions = async (): Promise<string[]> => (await listed(store)).files.map((file) => file.version);
    const [a, b] = await versions();
    await write('a.json', 'two');
    const [changed, same] = await versions();
    expect(changed).not.toBe(a);
    expect(same).toBe(b);
  });

  it('reads a file, into memory that it is given or into other memory', async () => {
    const { store } = await make(FILES);
    const memory = Buffer.alloc(20);
    for (const placeFor of [undefined, () => undefined, (size: number) => memory.subarray(0, size)])
      for (const [name, contents] of Object.entries(FILES))
        expect((await store.read(name, placeFor)).toString()).toBe(contents);
  });

  it('opens again from its location', async () => {
    const { store } = await make(FILES);
    const again = openStore(structuredClone(store.location));
    expect((await again.read('b/c d/1.json')).toString()).toBe('one');
  });

  it('says that a file is gone, and that there is no such store', async () => {
    const { store, missing, remove } = await make(FILES);
    remove('a.json');
    await expect(store.read('a.json')).rejects.toThrow(Error);
    await expect(listed(missing)).rejects.toThrow(TrailError);
  });

  it('names itself and its files', async () => {
    const { store } = await make(FILES);
    expect(store.describe('b/c d/1.json')).toContain(store.describe());
    expect(store.describe('b/c d/1.json')).toContain('b/c d/1.json');
  });
});

describe('a folder', () => {
  it('lists a link to nothing as unreadable', async () => {
    const path = await folder({ 'a.json': '' });
    await symlink('nowhere', join(path, 'b.json'));
    expect((await listed(openStore({ kind: 'folder', path }))).unreadable).toEqual(['b.json']);
  });

  it('refuses a file that is too large before it asks for memory', async () => {
    const path = await folder({});
    await writeFile(join(path, 'a.json'), '');
    await truncate(join(path, 'a.json'), MAX_FILE_BYTES + 1);
    const placeFor = (): Buffer => expect.unreachable();
    await expect(openStore({ kind: 'folder', path }).read('a.json', placeFor)).rejects.toThrow(
      'it is larger than 512 MB',
    );
  });
});
