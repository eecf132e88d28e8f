import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSiteWriter } from '../../src/report/site/writer.js';
import { openSite, overflow, present, violations } from './browser.js';
import { head, summaryOf, totals } from './sample-model.js';
import { samplePrincipal } from './sample-principals.js';
import type { DescribedTotals } from '../../src/wording/described.js';

const ACCOUNTS = Array.from({ length: 100 }, (_, i) => ({
  id: String(100_000_000_000 + i),
  name: `account-${i}`,
}));
/** The first account has many, the others a few. */
const people = ACCOUNTS.flatMap(({ id, name }, n) =>
  Array.from({ length: n === 0 ? 1500 : 5 }, (_, i) =>
    samplePrincipal({
      name: `${['billing', 'search', 'payments'][i % 3] ?? ''}-Worker${i}`,
      id: `AROA${n}X${i}`,
      type: i % 4 === 0 ? 'user' : 'role',
      accountId: id,
      accountName: name,
      weeks: [],
      risks: [],
      lastActivity: `2026-08-${String((i % 28) + 1).padStart(2, '0')}T00:00:00Z`,
    }),
  ),
);

function manyTotals(): DescribedTotals {
  const [one] = totals.accounts;
  if (one === undefined) throw new Error('no sample');
  return {
    ...totals,
    warnings: Array.from({ length: 500 }, (_, i) => `Policy ${i} has no default version`),
    accounts: ACCOUNTS.map((account) => {
      const own = people.filter((p) => p.accountId === account.id);
      const users = own.filter((p) => p.type === 'user').length;
      return {
        ...one,
        ...account,
        counts: { ...one.counts, principals: own.length, users, roles: own.length - users },
        coverage: { ...one.coverage, accountId: account.id },
        trailOnly: [],
      };
    }),
    summaries: people.map(summaryOf),
  };
}

describe.skipIf(!present)('a large report in a browser', () => {
  const { folder, visit } = openSite(async (where) => {
    const writer = createSiteWriter({ detail: 'full' });
    await writer.begin(
      { ...head, accounts: ACCOUNTS },
      {
        writeFile: (name, text) => {
          mkdirSync(path.dirname(path.join(where, name)), { recursive: true });
          writeFileSync(path.join(where, name), text);
          return Promise.resolve();
        },
        open: () => Promise.reject(new Error('the site writes whole files')),
      },
    );
    for (const p of people) await writer.principal(p, { out: [], in: [] });
    await writer.end(manyTotals());
  });
  const account = `accounts/${ACCOUNTS[0]?.id ?? ''}`;

  test('no file is over 1 MB, and the index of 100 accounts is under 200 kB', () => {
    for (const file of readdirSync(folder(), { recursive: true, encoding: 'utf8' }))
      if (path.extname(file) !== '')
        expect(statSync(path.join(folder(), file)).size, file).toBeLessThan(1_000_000);
    expect(statSync(path.join(folder(), 'index.html')).size).toBeLessThan(200_000);
  });

  test.each(['index.html', `${account}/index.html`, `${account}/page-2.html`])(
    '%s opens narrow, without error, request or sideways scroll',
    async (name) => {
      await visit(name, { viewport: { width: 390, height: 844 } }, async (page, problems) => {
        expect(await overflow(page)).toBe(0);
        expect(problems).toEqual([]);
      });
    },
  );

  test('the index has no accessibility violations', async () => {
    await visit('index.html', { bypassCSP: true, colorScheme: 'dark' }, async (page) => {
      expect(await violations(page)).toEqual([]);
    });
  });

  test('search loads only what it needs of the index, and says when there is more', async () => {
    await visit('index.html', {}, async (page, problems) => {
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      const box = page.getByRole('searchbox', { name: 'Find a user or role' });
      const links = page.getByRole('search').getByRole('link');
      await box.fill('worker1499');
      await expect.poll(() => links.count()).toBe(1);
      expect(loaded.length).toBeLessThanOrEqual(3);
      await box.fill('worker account-42');
      await expect.poll(() => links.first().textContent()).toContain('account-42');
      await box.fill('worker');
      await expect
        .poll(() => page.getByRole('search').getByRole('status').textContent())
        .toBe('First 30 results. Type more to narrow the list.');
      await box.fill('nobody-has-this-name');
      await expect.poll(() => page.getByRole('search').getByRole('status').textContent()).toBe('0 found');
      expect(problems).toEqual([]);
    });
  });

  test('a long table sorts by time and filters', async () => {
    await visit(`${account}/index.html`, {}, async (page) => {
      await page.locator('#users').getByRole('button', { name: 'Last activity' }).click();
      expect(await page.locator('#users tbody tr').first().textContent()).toContain('2026-08-25');
      await page.locator('#users').getByLabel('Filter').fill('billing-worker1488');
      expect(await page.locator('#users tbody tr:visible').count()).toBe(1);
    });
  });
});
