import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/review-options.js';
import type { ReportResult } from '../../src/commands/report.js';
import { CSV_PROFILES } from '../../src/report/csv/profiles/all.js';
import { createCsvWriter } from '../../src/report/csv/writer.js';
import { createFindingsWriter } from '../../src/report/findings/writer.js';
import { principal, role, write } from './sample.js';

const read = (text = ''): Record<string, string>[] => {
  const rows: unknown = parse(text, { columns: true, bom: true });
  return rows as Record<string, string>[];
};

it.each(CSV_PROFILES)(
  '%s: a list of its own beside the contract’s, with a row for every principal',
  async (profile) => {
    const ann = principal({
      owner: { name: 'ann@example.com', source: 'tag:owner' },
      human: 'yes',
      groups: ['=g'],
    });
    const files = await write(createCsvWriter({ detail: 'services', profile }), [role, ann]);
    expect(read(files.get('csv/access-review.csv'))).toHaveLength(2);
    const rows = read(files.get(`csv/access-review.${profile}.csv`));
    expect(rows).toHaveLength(2);
    expect(Object.values(rows[1] ?? {})).toContain('ann@example.com');
    for (const value of rows.flatMap((row) => Object.values(row))) expect(value).not.toMatch(/^[=+\-@]/);
  },
);

it('--excel: a byte order mark in every file, account ids with all digits', async () => {
  const files = await write(createCsvWriter({ detail: 'full', excel: true }));
  expect(files.size).toBeGreaterThan(8);
  for (const text of files.values()) expect(text.charCodeAt(0)).toBe(0xfeff);
  const [row] = read(files.get('csv/access-review.csv'));
  expect(row?.['account_id']).toBe('="012345678901"');
  expect(row?.['actions_granted']).toBe('5');
});

describe('findings', () => {
  const exemption = { id: 'EX', arn: '*', owner: 'o', reason: 'r', expires: '2026-07-31' };
  it('are suppressed by an exemption that holds, but for incomplete data', async () => {
    const writer = createFindingsWriter();
    const admin = principal({ tags: ['admin', 'unused-admin'], exemption: { ...exemption, expired: false } });
    const files = await write(writer, [
      admin,
      principal({ state: 'incomplete', exemption: { ...exemption, expired: true } }),
    ]);
    expect(writer.counts()).toEqual({
      ...{ inactive: 0, 'unused-admin': 0, 'new-admin': 0, incomplete: 1, 'expired-exemption': 1 },
    });
    const sarif = JSON.parse(files.get('json/findings.sarif') ?? '') as {
      version: string;
      runs: {
        results: { ruleId: string; ruleIndex: number; suppressions?: unknown }[];
        tool: { driver: { rules: { id: string }[] } };
      }[];
    };
    expect(sarif.version).toBe('2.1.0');
    const [run] = sarif.runs;
    expect(run?.results.map(({ ruleId, suppressions }) => [ruleId, suppressions !== undefined])).toEqual([
      ['unused-admin', true],
      ['incomplete', false],
      ['expired-exemption', false],
    ]);
    for (const { ruleId, ruleIndex } of run?.results ?? [])
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('end with 1 when asked for; incomplete data and missing rows go first', () => {
    const findings = {
      inactive: 2,
      'unused-admin': 0,
      'new-admin': 0,
      incomplete: 0,
      'expired-exemption': 0,
    };
    const result = { findings, incomplete: false, missingRows: 0 } as unknown as ReportResult;
    expect(exitCodeOf(result, [])).toBe(0);
    expect(exitCodeOf(result, ['new-admin'])).toBe(0);
    expect(exitCodeOf(result, ['new-admin', 'inactive'])).toBe(1);
    expect(exitCodeOf({ ...result, incomplete: true }, ['inactive'])).toBe(2);
    expect(exitCodeOf({ ...result, missingRows: 1 }, [])).toBe(2);
  });
});
