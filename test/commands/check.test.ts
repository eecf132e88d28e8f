import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { linesOf } from '../../src/cli/check.js';
import { wholeReport } from '../support/report.js';
import { A, B } from '../trail/contract/records.js';
import { check, details } from './check-accounts.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-check-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

describe('check', () => {
  it('finds nothing wrong with the demo', async () => {
    const result = await check(resolve('data/demo/config.yaml'), { quarter: '2026-Q3' });
    expect(result.problems).toEqual([]);
    expect(result.source?.facts).toEqual([
      { kind: 'line', label: 'files', value: '254 .json.gz: 254 read, 0 not readable' },
    ]);
    expect(result.accounts.map(({ name }) => name)).toEqual(['demo', 'backup', 'staging']);
    const text = linesOf(result).join('\n');
    expect(text).toMatch(/demo +123456789012 +\d+ +2026-07-01T/);
    expect(text).toContain('would be complete');
    expect(text).toContain('staging: events on 67 of 92 days; recorded: read, write, kms, sts, global');
  });

  it('says what a report says of what the logs could have shown', async () => {
    const config = resolve('data/demo/config.yaml');
    const period = { start: '2026-07-01', end: '2026-10-31' };
    const result = await check(config, period);
    const { totals } = await wholeReport({ config, output: join(work, 'demo'), ...period });
    // Only a report compares the logs with the last use that IAM recorded.
    expect(result.warnings).toEqual(
      totals.warnings.filter((warning) => !warning.includes('not in the logs')),
    );
    expect(result.warnings.join('\n')).toMatch(
      /backup contain no AWS KMS events[^]*contain events on 92 of 123 days/,
    );
  });

  it('finds a problem where a report is incomplete for lack of events', async () => {
    const config = resolve('data/demo/config.yaml');
    const period = { start: '2025-01-01', end: '2025-01-31' };
    const { problems } = await check(config, period);
    expect(problems).toEqual(
      ['demo', 'backup', 'staging'].map(
        (name) => `The logs contain no event of account ${name} in the period.`,
      ),
    );
    const { incomplete, totals } = await wholeReport({ config, output: join(work, 'empty'), ...period });
    expect(incomplete).toBe(true);
    expect(totals.accounts.every(({ counts }) => counts.incomplete === counts.principals)).toBe(true);
    expect(totals.accounts.map(({ counts }) => counts.unused)).toEqual([0, 0, 0]);
  });

  it('names every problem, and goes on after each', async () => {
    writeFileSync(join(work, 'iam.json'), details(A, [`arn:aws:iam::${A}:policy/lost`]));
    writeFileSync(
      join(work, 'problems.yaml'),
      `files: {path: nowhere}
accounts:
  - {name: first, id: '${A}', iam: iam.json}
  - {name: second, id: '${B}', iam: absent.json}
`,
    );
    const result = await check(join(work, 'problems.yaml'), { quarter: '2026-Q3' });
    expect(result.problems.join('\n')).toMatch(
      /nowhere does not exist[^]*first: 1 of 1 principal has[^]*absent\.json cannot be read/,
    );
    expect(result.accounts[0]?.iam?.missingPolicies).toEqual([`arn:aws:iam::${A}:policy/lost`]);
    expect(linesOf(result).join('\n')).toContain(`first: no document for arn:aws:iam::${A}:policy/lost`);
  });
});
