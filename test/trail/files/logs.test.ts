import { mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lookAtLogs, stateOfLogs } from '../../../src/trail/files/logs.js';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import { answers, folder, log, record } from './helpers.js';

it.each([false, true])(
  'logs that have been looked at are not looked for again (cache: %s)',
  async (cached) => {
    const root = await folder({ 'a.json': log(record()) });
    const logs = await lookAtLogs(root, undefined);
    await writeFile(join(root, 'b.json'), log(record()));
    const cache = cached ? await mkdtemp(join(tmpdir(), 'cloudtracker-cache-')) : undefined;
    const read = async (given?: typeof logs): Promise<number | undefined> =>
      (await answers(root, {}, (config, request) => openFilesTrail(config, request, cache, given))).notes
        .counts['filesRead'];
    expect(await read(logs)).toBe(1);
    expect(await read()).toBe(2);
  },
);

it('the state of logs is another one when a file is new, or was written with the same size and time', async () => {
  const root = await folder({ 'a.json': log(record({ eventID: '1' })) });
  const state = async (): Promise<string> => stateOfLogs(await lookAtLogs(root, undefined));
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
