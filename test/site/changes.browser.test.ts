import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, test } from 'vitest';
import type { ReportOptions } from '../../src/commands/report.js';
import { wholeReport } from '../support/report.js';
import { ACCOUNT, details, trail } from '../story/account.js';
import { openSite, overflow, pdfText, present, sheetsOf, violations } from './browser.js';

const HOSTILE = '</script><script>window.pwned = true</script><img src=x onerror="window.pwned = true">';
const LONG = 'A.long+name=with,all@that.IAM-allows_64'.padEnd(64, 'x');
const CHANGES = 'report/changes.html';
/** More than a page shows of one table. */
const MANY = 600;

const people = (
  count: number,
  may: readonly string[],
  start = 0,
): Record<string, { may: readonly string[] }> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`person-${start + i}`, { may }]));

/** What the reviewer was given, filled in. */
function decide(file: string, target: string): void {
  const rows = parse<Record<string, string>>(readFileSync(file), { columns: true, bom: true }).map(
    (row, i) => ({
      ...row,
      decision: ['revoke', 'modify', 'keep', ''][i % 4],
      reviewer: HOSTILE,
      ticket: HOSTILE,
    }),
  );
  writeFileSync(target, stringify(rows, { header: true }));
}

describe.skipIf(!present)('changes since the last review in a browser', () => {
  const { visit } = openSite(async (where) => {
    const at = (name: string): string => join(where, name);
    const report = (quarter: string, output: string, more: Partial<ReportOptions> = {}): Promise<unknown> =>
      wholeReport({
        config: at(`${quarter}.yaml`),
        quarter,
        output: at(output),
        concurrency: 1,
        ...more,
      });
    mkdirSync(at('logs'));
    writeFileSync(at('logs/all.json'), trail({ 'person-1': ['2026-05-04', '2026-08-04'] }));
    for (const [quarter, its] of [
      ['2026-Q2', { ...people(MANY, ['s3:ListAllMyBuckets']), [LONG]: { may: ['s3:*'] } }],
      [
        '2026-Q3',
        { ...people(MANY, ['s3:*'], 20), [LONG]: { may: ['s3:*', 'ec2:*'], has: ['Everything'] as const } },
      ],
    ] as const) {
      writeFileSync(at(`${quarter}.json`), details(its));
      writeFileSync(
        at(`${quarter}.yaml`),
        `accounts: [{ name: '${HOSTILE}', id: '${ACCOUNT}', iam: ${quarter}.json }]\nfiles: { path: logs }\n`,
      );
    }
    await report('2026-Q2', 'before');
    decide(at('before/csv/access-review.csv'), at('decisions.csv'));
    await report('2026-Q3', 'report', { previous: at('before'), decisions: at('decisions.csv') });
  });

  test('the page is sound: narrow and dark, without error, request or sideways scroll', async () => {
    const options = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', bypassCSP: true } as const;
    await visit(CHANGES, options, async (page, problems) => {
      expect(await overflow(page)).toBe(0);
      expect(await page.evaluate('window.pwned')).toBeUndefined();
      expect(problems).toEqual([]);
      expect(await violations(page)).toEqual([]);
    });
  });

  test('each outcome leads to its table, and a name to the page of its principal', async () => {
    await visit(CHANGES, {}, async (page) => {
      await page.locator('.outcomes a').first().click();
      expect(await page.locator('h2:target, section:target, div:target').count()).toBe(1);
      const changed = page.locator('#changed tbody tr').first().getByRole('link');
      const name = await changed.textContent();
      await changed.click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
      expect(await page.getByRole('link', { name: 'Changes' }).count()).toBeGreaterThan(0);
    });
  });

  test.skipIf(!pdfText)('a table that goes on has its header on every sheet', async () => {
    await visit(CHANGES, {}, async (page) => {
      const rows = (await sheetsOf(page)).filter((sheet) => sheet.includes('person-'));
      expect(rows.length).toBeGreaterThan(10);
      for (const sheet of rows) expect(sheet).toMatch(/Name\s+Account/);
    });
  });

  test('a table says of how many it shows the first', async () => {
    await visit(CHANGES, {}, async (page) => {
      expect(await page.locator('#changed tbody tr').count()).toBeLessThan(MANY);
      expect(await page.locator('#changed').textContent()).toContain('581 in total');
      expect(await page.locator('#changed a[href="csv/changes.csv"]').count()).toBe(1);
    });
  });
});
