import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { linesOf } from '../../src/cli/check.js';
import { runCheck, type CheckResult } from '../../src/commands/check.js';
import { wholeReport } from '../support/report.js';
import { indexRecords } from '../support/elasticsearch/index-records.js';
import { A, B, contractRecords } from '../trail/contract/records.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-check-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

const check = (
  config: string,
  period: { start?: string; end?: string; quarter?: string },
): Promise<CheckResult> =>
  runCheck({
    config,
    ...period,
    concurrency: 2,
    now: new Date('2026-11-01T00:00:00Z'),
    onProgress: () => undefined,
  });

function details(account: string, policies: readonly string[] = []): string {
  return JSON.stringify({
    UserDetailList: [
      {
        Path: '/',
        UserName: 'alice',
        UserId: `AIDAALICE${account.slice(0, 2)}`,
        Arn: `arn:aws:iam::${account}:user/alice`,
        CreateDate: '2020-01-01T00:00:00+00:00',
        GroupList: [],
        AttachedManagedPolicies: policies.map((arn) => ({ PolicyName: 'p', PolicyArn: arn })),
      },
    ],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
}

describe('check', () => {
  it('finds nothing wrong with the demo', async () => {
    const result = await check(resolve('data/demo/config.yaml'), { quarter: '2026-Q3' });
    expect(result.problems).toEqual([]);
    expect(result.source).toMatchObject({
      kind: 'files',
      found: { failed: 0, formats: { '.json.gz': 254 } },
    });
    expect(result.accounts.map(({ name }) => name)).toEqual(['demo', 'backup', 'staging']);
    const text = linesOf(result).join('\n');
    expect(text).toMatch(/demo +123456789012 +\d+ +2026-07-01T/);
    expect(text).toContain('would be whole');
    expect(text).toContain('staging has events on 67 of 92 days: read, write, kms, sts, global');
  });

  it('says what a report says of what the logs could have shown', async () => {
    const config = resolve('data/demo/config.yaml');
    const period = { start: '2026-07-01', end: '2026-10-31' };
    const result = await check(config, period);
    const { totals } = await wholeReport({ config, output: join(work, 'demo'), ...period });
    // What AWS itself saw is in the account's IAM file, which is only held against the logs for a report.
    expect(result.warnings).toEqual(totals.warnings.filter((warning) => !warning.includes('doubtful')));
    expect(result.warnings.join('\n')).toMatch(
      /backup hold no AWS KMS events[^]*hold events on 92 of 123 days/,
    );
  });

  it('finds a problem where a report is incomplete for lack of events', async () => {
    const config = resolve('data/demo/config.yaml');
    const period = { start: '2025-01-01', end: '2025-01-31' };
    const { problems } = await check(config, period);
    expect(problems).toEqual(
      ['demo', 'backup', 'staging'].map((name) => `Account ${name} has no events in the period.`),
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
      /nowhere does not exist[^]*first: 1 of 1 principals[^]*absent\.json cannot be read/,
    );
    expect(result.accounts[0]?.iam?.missingPolicies).toEqual([`arn:aws:iam::${A}:policy/lost`]);
    expect(linesOf(result).join('\n')).toContain(`first lacks the document of arn:aws:iam::${A}:policy/lost`);
  });
});

const url = inject('elasticsearchUrl');
describe.skipIf(url === '')('check of Elasticsearch', { timeout: 240_000 }, () => {
  it('says where each field is, of every layout, and what the missing ones cost', async () => {
    const records = contractRecords().filter(({ recipientAccountId }) => recipientAccountId === A);
    await indexRecords(url, 'check-raw', records.slice(0, 20), 'dynamic');
    await indexRecords(url, 'check-ecs', records.slice(20), 'ecs');
    writeFileSync(join(work, 'a.json'), details(A));
    writeFileSync(join(work, 'b.json'), details(B));
    writeFileSync(
      join(work, 'elasticsearch.yaml'),
      `elasticsearch: {node: '${url}', index: check-*}
accounts:
  - {name: a, id: '${A}', iam: a.json}
  - {name: b, id: '${B}', iam: b.json}
`,
    );
    const result = await check(join(work, 'elasticsearch.yaml'), { start: '2026-07-01', end: '2026-07-07' });
    expect(result.problems).toEqual(['Account b has no events in the period.']);
    const text = linesOf(result).join('\n');
    expect(text).toMatch(/indices +check-ecs \(\d+ documents\)\n +layout +ecs/);
    expect(text).toMatch(/indices +check-raw \(20 documents\)\n +layout +raw/);
    expect(text).toMatch(/eventName +eventName\.keyword +keyword/);
    expect(text).toMatch(/userIdentity\.principalId +user\.id +keyword/);
    expect(text).toMatch(/sourceIdentity +- +- +missing: people are known by the name of their session only/);
    expect(result.accounts[0]?.coverage).toMatchObject({
      emptyDays: ['2026-07-06'],
      last: '2026-07-07T23:59:59Z',
    });
  });

  it('goes with a report that keeps its queries as evidence of the run', async () => {
    const output = join(work, 'report');
    await wholeReport({
      config: join(work, 'elasticsearch.yaml'),
      output,
      start: '2026-07-01',
      end: '2026-07-07',
      accounts: ['a'],
    });
    const lines = readFileSync(join(output, 'json/queries.ndjson'), 'utf8').trimEnd().split('\n');
    const queries = lines.map((line) => JSON.parse(line) as { kind: string; status: string; body: unknown });
    expect(new Set(queries.map(({ kind }) => kind))).toContain('activity');
    expect(queries.every(({ status, body }) => status === 'answered' && body !== null)).toBe(true);
    const manifest = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as {
      run: { outputs: { path: string; rows: number }[]; effort: Record<string, number> };
      outputs: { path: string }[];
    };
    expect(manifest.run.outputs).toMatchObject([{ path: 'json/queries.ndjson', rows: lines.length }]);
    expect(manifest.run.effort['queries']).toBeGreaterThan(0);
    expect(manifest.outputs.map(({ path }) => path)).not.toContain('json/queries.ndjson');
  });
});
