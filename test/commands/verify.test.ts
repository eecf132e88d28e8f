import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runVerify, type VerifyResult } from '../../src/commands/verify.js';
import { createStaging } from '../../src/report/output.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-verify-'));
const whole = join(work, 'whole');
const FILES = {
  'index.html': '<p>',
  'csv/access-review.csv': 'a,b\r\n'.repeat(500_000),
  'csv/empty.csv': '',
  'accounts/1/users/AIDA1.html': '<!doctype html>ü',
};
const NAMES = [...Object.keys(FILES), 'manifest.json'];
let sums: string;
let round = 0;

beforeAll(async () => {
  const staging = await createStaging(whole, { force: false });
  for (const [path, text] of Object.entries(FILES)) await staging.writeFile(path, text);
  sums = await staging.commit({ tool: { name: 'cloudtracker' }, outputs: staging.files() });
});
afterAll(() => {
  rmSync(work, { recursive: true });
});

/** A copy of the report with something done to it. */
async function verifyAfter(change: (folder: string) => void, sha256?: string): Promise<VerifyResult> {
  const folder = join(work, `copy-${(round += 1)}`);
  cpSync(whole, folder, { recursive: true });
  try {
    change(folder);
    return await runVerify({
      folder,
      onProgress: () => undefined,
      ...(sha256 === undefined ? {} : { sha256 }),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const findings = async (change: (folder: string) => void): Promise<string[]> =>
  (await verifyAfter(change)).findings.map(({ kind, path }) => `${kind}: ${path}`);

test('finds nothing in an unchanged report, and gives the hash that report gave', async () => {
  const digest = createHash('sha256')
    .update(readFileSync(join(whole, 'SHA256SUMS')))
    .digest('hex');
  const result = await verifyAfter(() => undefined, sums.toUpperCase());
  expect(result).toMatchObject({ findings: [], files: NAMES.length, sha256: digest });
  expect(sums).toBe(digest);
});

test('names the file of any flipped bit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...NAMES.filter((name) => name !== 'csv/empty.csv')),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.nat(7),
      async (name, where, bit) => {
        const found = await findings((folder) => {
          const bytes = readFileSync(join(folder, name));
          const at = Math.floor(where * bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
          writeFileSync(join(folder, name), bytes);
        });
        expect(found[0]).toBe(`changed: ${name}`);
      },
    ),
    { numRuns: 40 },
  );
});

test.each<[string, (folder: string) => void, string[]]>([
  [
    'a longer file',
    (f) => {
      writeFileSync(join(f, 'csv/empty.csv'), ' ');
    },
    ['changed: csv/empty.csv'],
  ],
  [
    'a missing file',
    (f) => {
      rmSync(join(f, 'index.html'));
    },
    ['missing: index.html'],
  ],
  [
    'a missing manifest',
    (f) => {
      rmSync(join(f, 'manifest.json'));
    },
    ['missing: manifest.json'],
  ],
  [
    'an extra file',
    (f) => {
      writeFileSync(join(f, 'csv/.x'), '');
    },
    ['extra: csv/.x'],
  ],
  [
    'a renamed file',
    (f) => {
      renameSync(join(f, 'index.html'), join(f, 'index.htm'));
    },
    ['extra: index.htm', 'missing: index.html'],
  ],
  [
    'a link to the same bytes',
    (f) => {
      rmSync(join(f, 'index.html'));
      symlinkSync(join(whole, 'index.html'), join(f, 'index.html'));
    },
    ['no file: index.html'],
  ],
  [
    'a link to a folder with the same files',
    (f) => {
      rmSync(join(f, 'csv'), { recursive: true });
      symlinkSync(join(whole, 'csv'), join(f, 'csv'));
    },
    ['no file: csv', 'missing: csv/access-review.csv', 'missing: csv/empty.csv'],
  ],
  [
    'a folder in place of a file',
    (f) => {
      rmSync(join(f, 'index.html'));
      mkdirSync(join(f, 'index.html'));
    },
    ['missing: index.html'],
  ],
  [
    'a file and its checksum changed together',
    (f) => {
      writeFileSync(join(f, 'index.html'), '<b>');
      const hash = createHash('sha256').update('<b>').digest('hex');
      const old = createHash('sha256').update('<p>').digest('hex');
      writeFileSync(join(f, 'SHA256SUMS'), readFileSync(join(f, 'SHA256SUMS'), 'utf8').replace(old, hash));
    },
    ['changed: index.html'],
  ],
  [
    'a checksum taken away',
    (f) => {
      const text = readFileSync(join(f, 'SHA256SUMS'), 'utf8');
      writeFileSync(join(f, 'SHA256SUMS'), text.replace(/.*index\.html\n/, ''));
    },
    ['extra: index.html', 'not listed: index.html'],
  ],
  [
    'checksums that lead outside, or are none',
    (f) => {
      writeFileSync(join(f, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../etc/passwd\nx\n`, { flag: 'a' });
    },
    ['changed: SHA256SUMS', 'changed: SHA256SUMS'],
  ],
  [
    'a checksum given twice',
    (f) => {
      writeFileSync(
        join(f, 'SHA256SUMS'),
        `${createHash('sha256').update('<p>').digest('hex')}  index.html\n`,
        {
          flag: 'a',
        },
      );
    },
    ['changed: SHA256SUMS'],
  ],
])('names %s', async (_, change, expected) => {
  expect(await findings(change)).toEqual(expected);
});

test('a report that was rewritten with its checksums is found by the hash kept elsewhere', async () => {
  const rewrite = (folder: string): void => {
    rmSync(join(folder, 'SHA256SUMS'));
    cpSync(join(work, 'other/SHA256SUMS'), join(folder, 'SHA256SUMS'));
    cpSync(join(work, 'other'), folder, { recursive: true });
  };
  const staging = await createStaging(join(work, 'other'), { force: false });
  for (const [path, text] of Object.entries(FILES)) await staging.writeFile(path, `${text}!`);
  await staging.commit({ tool: { name: 'cloudtracker' }, outputs: staging.files() });
  expect((await verifyAfter(rewrite)).findings).toEqual([]);
  expect((await verifyAfter(rewrite, sums)).findings).toMatchObject([
    { kind: 'changed', path: 'SHA256SUMS' },
  ]);
});

test('a folder without a report is an error that says so', async () => {
  await expect(runVerify({ folder: work, onProgress: () => undefined })).rejects.toThrow('holds no report');
  await expect(runVerify({ folder: join(work, 'gone'), onProgress: () => undefined })).rejects.toThrow(
    'holds no report',
  );
});
