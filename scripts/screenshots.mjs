// `npm run screenshots`: makes the report of the demo and takes the screenshots of the README.
import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const images = new URL('../docs/images/', import.meta.url);
const account = 'accounts/123456789012';
const PICTURES = [
  { name: 'report', page: 'index.html', height: 900 },
  { name: 'account', page: `${account}/index.html`, height: 900 },
  { name: 'principal', page: `${account}/users/AIDAZHGLE7J5MHFEFHVS.html`, height: 900 },
  { name: 'suggestion', page: `${account}/users/AIDAZHGLE7J5MHFEFHVS.html#suggestion`, height: 900 },
  { name: 'assumptions', page: 'assumptions.html', height: 900, colorScheme: 'dark' },
];

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-screenshots-'));
const report = join(work, 'report');
try {
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  const args = ['report', '--config', 'data/demo/config.yaml', '--quarter', '2026-Q3', '--output', report];
  const made = spawnSync(process.execPath, [cli, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (made.status !== 0) throw new Error('the demo made no report');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  for (const { name, page: file, height, colorScheme = 'light' } of PICTURES) {
    const page = await browser.newPage({
      viewport: { width: 1280, height },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const [path, hash = ''] = file.split('#');
    await page.goto(`${pathToFileURL(join(report, path)).href}${hash === '' ? '' : `#${hash}`}`);
    await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, images)), animations: 'disabled' });
    await page.close();
    console.log(`docs/images/${name}.png`);
  }
  await browser.close();
} finally {
  rmSync(work, { recursive: true, force: true });
}
