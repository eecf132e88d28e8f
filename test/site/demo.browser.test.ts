import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { REVIEW_PAGES } from '../../src/report/site/pages.js';
import { wholeReport } from '../support/report.js';
import { openSite, overflow, pdfText, present, SHEET, sheetsOf, violations } from './browser.js';

const account = 'accounts/123456789012';
const alice = `${account}/users/AIDAZHGLE7J5MHFEFHVS.html`;
const PAGES = [
  ...REVIEW_PAGES.flatMap(({ path, when }) => (when === undefined ? [path] : [])),
  `${account}/index.html`,
  alice,
  `${account}/roles/AROA6LWBMQSBQMGGJT5J.html`,
  `${account}/roles/AROAT2H7QYFPEB3F2IRW.html`,
];

describe.skipIf(!present)('the demo in a browser', () => {
  const { folder, visit } = openSite(async (where) => {
    await wholeReport({
      config: 'data/demo/config.yaml',
      quarter: '2026-Q3',
      output: path.join(where, 'below', 'report'),
      now: new Date(),
    });
  });
  const at = (page: string): string => `below/report/${page}`;

  test.each(PAGES)(
    '%s is sound: narrow and dark, without error, request or sideways scroll',
    async (name) => {
      const options = {
        viewport: { width: 390, height: 844 },
        colorScheme: 'dark',
        bypassCSP: true,
      } as const;
      await visit(at(name), options, async (page, problems) => {
        expect(await overflow(page)).toBe(0);
        expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
          'rgb(17, 20, 24)',
        );
        // Before axe, which tries to read the style sheet and may not.
        expect(problems).toEqual([]);
        expect(await violations(page)).toEqual([]);
      });
    },
  );

  test('a page of shared names is sound', async () => {
    const file = readdirSync(path.join(folder(), at('services'))).find((name) => name.startsWith('ec2-'));
    await visit(at(`services/${file ?? ''}`), { bypassCSP: true }, async (page, problems) => {
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(
        /^ec2: \d+ granted actions$/,
      );
      // Before axe, which tries to read the style sheet and may not.
      expect(problems).toEqual([]);
      expect(await violations(page)).toEqual([]);
    });
  });

  test('search finds by any word of a name, and by what else is known, with the keyboard alone', async () => {
    await visit(at(alice), {}, async (page, problems) => {
      await page.keyboard.press('/');
      await page.keyboard.type('poweruser');
      const links = page.getByRole('search').getByRole('link');
      await expect.poll(() => links.allTextContents()).toHaveLength(1);
      expect(await links.first().textContent()).toContain('AWSReservedSSO_PowerUserAccess');
      await page.keyboard.press('Escape');
      expect(await links.first().isVisible()).toBe(false);
      await page.getByRole('searchbox', { name: 'Find a user or role' }).fill('adm backup');
      await expect.poll(() => links.count()).toBe(1);
      await page.getByRole('searchbox', { name: 'Find a user or role' }).fill('adm');
      await expect.poll(() => links.count()).toBe(2);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/210987654321\/roles\//);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('admin');
      expect(problems).toEqual([]);
    });
  });

  test('the open search has no accessibility violations', async () => {
    await visit(at('index.html'), { bypassCSP: true }, async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('a');
      await page.getByRole('search').getByRole('link').first().waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });

  test('the keyboard reaches the content, sorts and unfolds', async () => {
    await visit(at(`${account}/index.html`), {}, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      await page.locator('#roles').getByRole('button', { name: 'Granted' }).focus();
      await page.keyboard.press('Enter');
      expect(await page.locator('#roles [aria-sort=descending]').textContent()).toContain('Granted');
      expect(await page.locator('#roles tbody tr').first().textContent()).toContain('22,091');
    });
    await visit(at(alice), {}, async (page) => {
      const idle = page.locator('details.service').last();
      await idle.locator('> summary').focus();
      await page.keyboard.press('Enter');
      expect(await idle.getAttribute('open')).toBe('');
    });
  });

  test('nothing moves for those who asked for less motion', async () => {
    await visit(at('index.html'), { reducedMotion: 'reduce' }, async (page) => {
      expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe('auto');
    });
  });

  test('without JavaScript a page tells the same', async () => {
    await visit(at(alice), { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('details.service[open] tbody tr:visible').count()).toBeGreaterThan(20);
      expect(await page.locator('.diff ins').count()).toBeGreaterThan(20);
      expect(await page.locator('input, button').count()).toBe(0);
    });
  });

  test.skipIf(!pdfText).each(['index.html', alice])(
    '%s prints with the review, its period and page numbers on every sheet, and a block to sign',
    async (name) => {
      await visit(at(name), {}, async (page) => {
        const sheets = await sheetsOf(page);
        expect(sheets.length).toBeGreaterThan(2);
        for (const [i, sheet] of sheets.entries()) {
          expect(sheet).toContain('CloudTracker access review 2026-Q3');
          expect(sheet).toContain('2026-07-01 to 2026-10-01 UTC');
          expect(sheet).toContain(`Page ${i + 1} of ${sheets.length}`);
        }
        expect(sheets.join('\n')).toMatch(/Reviewed by\s+Decision[\s\S]*Date\s+Signature/);
        expect(sheets.join('\n')).not.toContain('Find a user');
      });
    },
  );

  test.each(PAGES)('%s fits on a sheet', async (name) => {
    await visit(at(name), { viewport: SHEET }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await overflow(page)).toBe(0);
    });
  });
});
