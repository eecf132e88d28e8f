import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSiteWriter } from '../../src/report/site/writer.js';
import { memoryFolder, writeSample } from './sample-model.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) console.warn(`SKIPPED: browser tests, for there is no Chromium at ${executablePath}`);

const account = 'accounts/111122223333';
const PAGES = [
  'index.html',
  'assumptions.html',
  'methodology.html',
  `${account}/index.html`,
  `${account}/users/AIDAALICE.html`,
  `${account}/users/AIDAADMIN.html`,
  `${account}/users/AIDAHOSTILE.html`,
  `${account}/users/AIDARTL.html`,
  `${account}/roles/AROALONG.html`,
  'accounts/444455556666/index.html',
  'accounts/444455556666/roles/AROADEPLOY.html',
];
/** Made of the same parts as the others: for its size, which axe needs half a minute for. */
const HUGE = 'accounts/444455556666/roles/AROAHUGE.html';

test('CI has a browser', () => {
  if (process.env['CI'] !== undefined) expect(present).toBe(true);
});

describe.skipIf(!present)('in a browser', () => {
  let folder = '';
  let browser: Browser | undefined;
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudtracker-site-'));
    const { files, out } = memoryFolder();
    await writeSample(createSiteWriter({ detail: 'full' }), out);
    for (const [name, text] of files) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const args =
      '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
    browser = await chromium.launch({ executablePath, args: args.split(' ') });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visit<T>(
    name: string,
    options: BrowserContextOptions,
    look: (page: Page, problems: string[]) => Promise<T>,
  ): Promise<T> {
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
  }

  test.each([...PAGES, HUGE])(
    '%s: no error, no request, no foreign script, no sideways scroll',
    async (name) => {
      await visit(name, { viewport: { width: 390, height: 844 } }, async (page, problems) => {
        expect(await page.evaluate('window.pwned')).toBeUndefined();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
        expect(
          await page.evaluate('getComputedStyle(document.querySelector(".top")).borderBottomWidth'),
        ).toBe('1px');
        expect(problems).toEqual([]);
      });
    },
  );

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each(PAGES)('%s has no accessibility violations', async (name) => {
      await visit(name, { colorScheme, bypassCSP: true }, async (page) => {
        await page.evaluate(axe);
        const found = await page.evaluate(
          `axe.run().then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')))`,
        );
        expect(found).toEqual([]);
      });
    });
  });

  test('the filter hides rows and says how many are left', async () => {
    await visit(`${account}/index.html`, {}, async (page) => {
      await page.getByLabel('Filter').fill('ali user');
      const table = page.locator('table[data-filter] tbody tr:visible');
      expect(await table.count()).toBe(1);
      expect(await table.textContent()).toContain('alice');
      expect(await page.getByRole('status').textContent()).toBe('1 of 5 rows');
    });
  });

  test('a header sorts by number and back', async () => {
    await visit(`${account}/index.html`, {}, async (page) => {
      const first = page.locator('table[data-filter] tbody tr').first();
      const header = page.getByRole('button', { name: 'Granted' });
      await header.click();
      expect(await first.textContent()).toContain('22,070');
      await header.click();
      expect(await first.textContent()).not.toContain('22,070');
      expect(await page.locator('[aria-sort=ascending]').count()).toBe(1);
    });
  });

  test('the copy button answers', async () => {
    await visit(`${account}/users/AIDAALICE.html`, {}, async (page) => {
      const button = page.getByRole('button', { name: 'Copy' }).first();
      await button.click();
      await page
        .getByText(/^(Copied|Selected: press Ctrl\+C)$/)
        .first()
        .waitFor();
    });
  });

  test('without JavaScript all rows are there', async () => {
    await visit(`${account}/index.html`, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('table').first().locator('tbody tr:visible').count()).toBe(5);
      expect(await page.locator('input, button').count()).toBe(0);
    });
  });
});
