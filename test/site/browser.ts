import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const present = existsSync(executablePath);
if (!present) console.warn(`SKIPPED: browser tests, for there is no Chromium at ${executablePath}`);

/** What reads printed pages. */
export const pdfText = existsSync('/usr/bin/pdftotext');

test('CI has a browser, and can read PDF', () => {
  if (process.env['CI'] !== undefined) expect([present, pdfText]).toEqual([true, true]);
});

const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Site {
  readonly folder: () => string;
  /** Opens a page from the disk; `problems` are errors of the console and requests that would leave the machine. */
  readonly visit: <T>(
    name: string,
    options: BrowserContextOptions,
    look: (page: Page, problems: string[]) => Promise<T>,
  ) => Promise<T>;
}

/** A browser and a folder with a site, for the tests of one file. */
export function openSite(build: (folder: string) => Promise<void>): Site {
  let folder = '';
  let browser: Browser | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudtracker-site-'));
    await build(folder);
    browser = await chromium.launch({ executablePath, args: ARGS.split(' ') });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    visit: async (name, options, look) => {
      if (browser === undefined) throw new Error('no browser');
      const context = await browser.newContext(options);
      try {
        const page = await context.newPage();
        const problems: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(message.text());
        });
        page.on('pageerror', (error) => problems.push(error.message));
        page.on('request', (request) => {
          if (!/^(file|data):/.test(request.url())) problems.push(request.url());
        });
        await page.goto(pathToFileURL(path.join(folder, name)).href);
        return await look(page, problems);
      } finally {
        await context.close();
      }
    },
  };
}

/** What axe finds, WCAG 2.2 AA and its best practices, or only these rules; the page must be open with `bypassCSP`. */
export async function violations(page: Page, rules?: readonly string[]): Promise<unknown> {
  await page.evaluate(axe);
  const options = JSON.stringify(rules === undefined ? {} : { runOnly: rules });
  return page.evaluate(
    `axe.run(${options}).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')))`,
  );
}

/** Wider than the window: a reader would have to scroll sideways. */
export const overflow = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));

/** The texts of a page's sheets of A4. */
export async function sheetsOf(page: Page): Promise<string[]> {
  const input = await page.pdf({ format: 'A4' });
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input, encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

/** Of A4 between the margins: what is wider makes the browser print everything smaller. */
export const SHEET = { width: 718, height: 1000 };
