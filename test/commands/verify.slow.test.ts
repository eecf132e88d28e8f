import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runVerify, type VerifyResult } from '../../src/commands/verify.js';
import { compileCli, type CompiledCli } from '../support/compiled-cli.js';
import { smallReports } from '../support/small-report.js';
import { TamperedReport } from '../support/tamper.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-verify-'));
const reports = smallReports(join(work, 'reports'));
/** Without lists of actions: few files, all of them small. */
const SMALL = { detail: 'services' } as const;
const EMPTY = 'json/444455556666/assumptions.ndjson';
const NAMES = [
  'index.html',
  'csv/access-review.csv',
  'json/report.json',
  'csv/services.csv',
  'manifest.json',
];
let cli: CompiledCli;
let whole: string;
let sums: string;
let round = 0;

beforeAll(async () => {
  const { folder, result } = await reports.make('whole', SMALL);
  whole = folder;
  sums = result.sumsSha256;
  cli = await compileCli();
});
afterAll(async () => {
  rmSync(work, { recursive: true });
  await cli.remove();
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
const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test('finds nothing in an unchanged report, and gives the hash that report gave', async () => {
  const digest = sha256Of(join(whole, 'SHA256SUMS'));
  const listed = readFileSync(join(whole, 'SHA256SUMS'), 'utf8').trim().split('\n').length;
  const result = await verifyAfter(() => undefined, sums.toUpperCase());
  expect(result).toMatchObject({ findings: [], files: listed, sha256: digest });
  expect(sums).toBe(digest);
});

test('names the file of any flipped bit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), fc.nat(), fc.nat(7), async (name, where, bit) => {
      const found = await findings((folder) => {
        const bytes = readFileSync(join(folder, name));
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        writeFileSync(join(folder, name), bytes);
      });
      expect(found).toEqual([`changed: ${name}`]);
    }),
    { numRuns: 40 },
  );
});

test.each<[string, (folder: string) => void, string[]]>([
  [
    'a longer file',
    (f) => {
      writeFileSync(join(f, EMPTY), ' ');
    },
    [`changed: ${EMPTY}`],
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
      rmSync(join(f, 'assets'), { recursive: true });
      symlinkSync(join(whole, 'assets'), join(f, 'assets'));
    },
    [
      'no file: assets',
      expect.stringMatching(/^missing: assets\/site\.[0-9a-f]{12}\.(css|js)$/) as string,
      expect.stringMatching(/^missing: assets\/site\.[0-9a-f]{12}\.(css|js)$/) as string,
    ],
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
    'a pipe in place of a file',
    (f) => {
      rmSync(join(f, 'index.html'));
      execFileSync('mkfifo', [join(f, 'index.html')]);
    },
    ['no file: index.html'],
  ],
  [
    'a pipe in place of the manifest',
    (f) => {
      rmSync(join(f, 'manifest.json'));
      execFileSync('mkfifo', [join(f, 'manifest.json')]);
    },
    ['no file: manifest.json'],
  ],
  [
    'a link to a device in place of the manifest',
    (f) => {
      rmSync(join(f, 'manifest.json'));
      symlinkSync('/dev/zero', join(f, 'manifest.json'));
    },
    ['no file: manifest.json'],
  ],
  [
    'a file and its checksum changed together',
    (f) => {
      const old = sha256Of(join(f, 'index.html'));
      writeFileSync(join(f, 'index.html'), '<b>');
      const text = readFileSync(join(f, 'SHA256SUMS'), 'utf8');
      writeFileSync(join(f, 'SHA256SUMS'), text.replace(old, sha256Of(join(f, 'index.html'))));
    },
    ['changed: index.html', 'contradicts: index.html'],
  ],
  [
    'a checksum taken away',
    (f) => {
      const text = readFileSync(join(f, 'SHA256SUMS'), 'utf8');
      writeFileSync(join(f, 'SHA256SUMS'), text.replace(/.* {2}index\.html\n/, ''));
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
      writeFileSync(join(f, 'SHA256SUMS'), `${sha256Of(join(f, 'index.html'))}  index.html\n`, { flag: 'a' });
    },
    ['changed: SHA256SUMS'],
  ],
])('names %s', async (_, change, expected) => {
  expect(await findings(change)).toEqual(expected);
});

test('a report that was rewritten with its checksums is found by the hash kept elsewhere', async () => {
  const other = await reports.make('other', { ...SMALL, quarter: '2026-Q2' });
  const rewrite = (folder: string): void => {
    rmSync(folder, { recursive: true });
    cpSync(other.folder, folder, { recursive: true });
  };
  expect((await verifyAfter(rewrite)).findings).toEqual([]);
  expect((await verifyAfter(rewrite, sums)).findings).toMatchObject([
    { kind: 'changed', path: 'SHA256SUMS' },
  ]);
});

test('a folder without a report is an error that says so', async () => {
  await expect(runVerify({ folder: work, onProgress: () => undefined })).rejects.toThrow(
    'contains no report',
  );
  await expect(runVerify({ folder: join(work, 'gone'), onProgress: () => undefined })).rejects.toThrow(
    'contains no report',
  );
});

test.each<[string, (sums: string) => void, string]>([
  [
    'a pipe',
    (file) => {
      execFileSync('mkfifo', [file]);
    },
    'SHA256SUMS cannot be read: it is a FIFO',
  ],
  [
    'a link to a device',
    (file) => {
      symlinkSync('/dev/zero', file);
    },
    'SHA256SUMS cannot be read: a symbolic link.',
  ],
  [
    'a file that is longer than any text',
    (file) => {
      writeFileSync(file, '');
      truncateSync(file, 2 ** 30);
    },
    'SHA256SUMS cannot be read: longer than',
  ],
])('%s in place of SHA256SUMS is an error', async (_, put, message) => {
  const replace = (folder: string): void => {
    rmSync(join(folder, 'SHA256SUMS'));
    put(join(folder, 'SHA256SUMS'));
  };
  await expect(verifyAfter(replace)).rejects.toThrow(message);
});

test('the command says what agreement without a known hash does not prove', async () => {
  const alone = await cli.run(['verify', whole]);
  expect(alone).toMatchObject({ code: 0, stderr: '' });
  expect(alone.stdout).toMatch(/^Unchanged: \d+ files, [\d,]+ bytes\.\n/);
  expect(alone.stdout).toContain('To rule out that someone rewrote all of them, compare the SHA-256');
  const known = await cli.run(['verify', whole, '--sha256', sums]);
  expect(known).toMatchObject({ code: 0, stderr: '' });
  expect(known.stdout).not.toContain('proves nothing');
});

test('the command names the version that wrote a report which differs', async () => {
  const report = new TamperedReport(join(work, 'another-version'));
  cpSync(whole, report.folder, { recursive: true });
  report.editManifest((manifest) => ({
    ...manifest,
    tool: { name: 'cloudtracker', version: '3.9.9\u001b[2J' },
  }));
  report.renewSums();
  const { code, stdout } = await cli.run(['verify', report.folder]);
  expect(code).toBe(2);
  expect(stdout).toContain('contradicts: json/report.json (review.tool differs from manifest.json)');
  expect(stdout).toContain('Written by cloudtracker 3.9.9\\u001b[2J; this is ');
});
