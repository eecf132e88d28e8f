import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { REVIEW_PAGES } from '../../src/report/site/pages.js';
import { createSiteWriter } from '../../src/report/site/writer.js';
import { openSite, present, violations } from './browser.js';
import { memoryFolder, writeSample } from './sample-model.js';

const account = 'accounts/111122223333';
const PAGES = [
  ...REVIEW_PAGES.flatMap(({ path, when }) => (when === undefined ? [path] : [])),
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

describe.skipIf(!present)('in a browser', () => {
  const site = openSite(async (folder) => {
    const { files, out } = memoryFolder();
    await writeSample(createSiteWriter({ detail: 'full' }), out);
    for (const [name, text] of files) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  });
  const { visit } = site;

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

  test.each(PAGES)('%s has no accessibility violations, light or dark', async (name) => {
    await visit(name, { colorScheme: 'light', bypassCSP: true }, async (page) => {
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      // All that the scheme changes.
      expect(await violations(page, ['color-contrast'])).toEqual([]);
    });
  });

  test('the filter hides rows and says how many are left', async () => {
    await visit(`${account}/index.html`, {}, async (page) => {
      await page.getByLabel('Filter').first().fill('ali reduce');
      const table = page.locator('#users tbody tr:visible');
      expect(await table.count()).toBe(1);
      expect(await table.textContent()).toContain('alice');
      expect(await page.locator('#users [role=status]').textContent()).toBe('1 of 4 rows');
    });
  });

  test('a header sorts by number and back', async () => {
    await visit(`${account}/index.html`, {}, async (page) => {
      const first = page.locator('#users tbody tr').first();
      const header = page.locator('#users').getByRole('button', { name: 'Granted' });
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
      expect(await page.locator('#users tbody tr:visible').count()).toBe(4);
      expect(await page.locator('input, button').count()).toBe(0);
    });
  });
});
