import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReportOptions } from '../../src/commands/report.js';
import { wholeReport } from '../support/report.js';
import { checkReport } from '../support/check-report.js';

// Four reports of the whole demo: more than the usual minute where the machine is busy.
vi.setConfig({ testTimeout: 300_000 });

/** Small disks of our own: only root may have them. */
const disk = join(mkdtempSync(join(tmpdir(), 'cloudtracker-disk-')), 'disk');
mkdirSync(disk);
const mounted = ((): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', disk], { stdio: 'pipe' });
    execFileSync('umount', [disk]);
    return true;
  } catch {
    console.warn('skipped: a full and a read-only disk, because this user may not mount one');
    return false;
  }
})();

beforeEach(() => {
  if (mounted) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', disk]);
});
afterEach(() => {
  if (mounted) execFileSync('umount', ['-l', disk]);
  else rmSync(disk, { recursive: true, force: true });
});

const run = (options: Partial<ReportOptions> = {}): Promise<unknown> =>
  wholeReport({
    config: resolve('data/demo/config.yaml'),
    output: join(disk, 'report'),
    quarter: '2026-Q3',
    concurrency: 1,
    detail: 'services',
    force: true,
    ...options,
  });

test.skipIf(!mounted)('a full disk is named, and the earlier report stays as it was', async () => {
  await run();
  // From too little for the answers of the trail to too little for the last file.
  for (const left of [20, 200, 2500]) {
    const used = Number(
      execFileSync('df', ['-k', '--output=used', disk], { encoding: 'utf8' }).split('\n')[1],
    );
    execFileSync('mount', ['-o', `remount,size=${used + left}k`, disk]);
    await expect(run({ detail: 'full' })).rejects.toThrow(
      /the disk is full\. An existing report is unchanged/,
    );
    await checkReport(join(disk, 'report'));
    const hidden = readdirSync(disk).filter((name) => name.startsWith('.'));
    for (const name of hidden) {
      expect(readdirSync(join(disk, name)).sort()).toEqual(['answers', 'owner.json']);
      rmSync(join(disk, name), { recursive: true });
    }
  }
});

test.skipIf(!mounted)('a read-only disk is named before anything is read', async () => {
  await run();
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const told: string[] = [];
  await expect(run({ onProgress: (message) => told.push(message) })).rejects.toThrow(/the disk is read-only/);
  expect(told).toEqual([]);
  await checkReport(join(disk, 'report'));
});
