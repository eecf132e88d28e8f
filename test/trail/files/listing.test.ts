import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listLogFiles, type Listing } from '../../../src/trail/log-files/list.js';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import { openStore } from '../../../src/trail/log-files/open-store.js';
import { answers, folder, log, record } from './helpers.js';

const list = (path: string): Promise<Listing> => listLogFiles(openStore({ kind: 'folder', path }), undefined);

it('log files that have been listed are not listed again', async () => {
  const root = await folder({ 'a.json': log(record()) });
  const listing = await list(root);
  await writeFile(join(root, 'b.json'), log(record()));
  const read = async (given?: Listing): Promise<number | undefined> =>
    (await answers(root, {}, (config, request) => openFilesTrail(config, request, { listing: given }))).notes
      .counts['filesRead'];
  expect(await read(listing)).toBe(1);
  expect(await read()).toBe(2);
});

it('the fingerprint of logs changes when a file is new, or was written with the same size and time', async () => {
  const root = await folder({ 'a.json': log(record({ eventID: '1' })) });
  const state = async (): Promise<string> => (await list(root)).fingerprint;
  const first = await state();
  expect(await state()).toBe(first);
  const time = new Date('2026-07-05T00:00:00Z');
  await utimes(join(root, 'a.json'), time, time);
  const second = await state();
  await writeFile(join(root, 'a.json'), log(record({ eventID: '2' })));
  await utimes(join(root, 'a.json'), time, time);
  const third = await state();
  await writeFile(join(root, 'b.json'), '');
  expect(new Set([first, second, third, await state()]).size).toBe(4);
});
