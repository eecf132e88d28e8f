import fc from 'fast-check';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listLogFiles } from '../../../src/trail/files/list.js';
import { folder, pathsOf } from './helpers.js';

const part = fc.oneof(
  fc.constantFrom('AWSLogs', '111111111111', 'us-east-1', '2026', '07', 'é', '😀', '\uffee', 'a.b', 'a'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
);
const paths = fc
  .uniqueArray(
    fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
    {
      maxLength: 200,
    },
  )
  .map((all) => all.sort());

it('gives back the paths that were put in, in any order, and their numbers', () => {
  fc.assert(
    fc.property(paths, fc.array(fc.nat({ max: 250 })), part, (all, numbers, other) => {
      const made = pathsOf(all);
      expect([...made]).toEqual(all);
      for (const number of numbers) {
        expect(made.at(number)).toBe(all[number] ?? '');
        expect(made.numberOf(all[number] ?? '/none')).toBe(
          all[number] === undefined ? all.indexOf('/none') : number,
        );
      }
      expect(made.numberOf(other)).toBe(all.indexOf(other));
      expect(all.map((path) => made.numberOf(path))).toEqual([...all.keys()]);
    }),
    { numRuns: Number(process.env['FUZZ'] ?? 200) },
  );
});

it('lists files in the order of their paths, whatever folders are called like', async () => {
  const names = [
    'a/1.json',
    'a/b/1.json',
    'a/b.json',
    'a.json',
    'a-b/1.json',
    'a.b/1.json',
    'ab/1.json',
    'a0.json',
  ];
  const root = await folder(Object.fromEntries(names.map((name) => [name, '{}'])));
  await mkdir(join(root, 'z'));
  await symlink(join(root, 'ab'), join(root, 'a-a'));
  await symlink(join(root, 'a.json'), join(root, 'z', 'link.json'));
  const { files, unreadable } = await listLogFiles(root, undefined);
  // What two folders reach is read where it was found first.
  const found = [...names.filter((name) => name !== 'ab/1.json'), 'a-a/1.json', 'z/link.json'];
  expect([...files]).toEqual(found.map((name) => join(root, name)).sort());
  expect(unreadable).toEqual([]);
});

it('tells how many files were found while there are many folders', async () => {
  const names = Array.from({ length: 600 }, (_, day) => `${String(day).padStart(3, '0')}/a.json`);
  const root = await folder(Object.fromEntries(names.map((name) => [name, '{}'])));
  const messages: string[] = [];
  const { files } = await listLogFiles(root, (message) => messages.push(message));
  expect(files.length).toBe(600);
  // The folder itself is one, too.
  expect(messages).toEqual(['found 498 log files']);
});
