import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { linesOf } from '../../src/cli/check.js';
import { wholeReport } from '../support/report.js';
import { indexRecords } from '../support/elasticsearch/index-records.js';
import { A, B, contractRecords } from '../trail/contract/records.js';
import { check, details } from './check-accounts.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-check-'));
afterAll(() => {
  rmSync(work, { recursive: true });
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
    expect(result.problems).toEqual(['The logs contain no event of account b in the period.']);
    const text = linesOf(result).join('\n');
    expect(text).toMatch(/indices +check-ecs \(\d+ documents\)\n +layout +ecs/);
    expect(text).toMatch(/indices +check-raw \(20 documents\)\n +layout +raw/);
    expect(text).toMatch(/eventName +eventName\.keyword +keyword/);
    expect(text).toMatch(/userIdentity\.principalId +user\.id +keyword/);
    expect(text).toMatch(/sourceIdentity +- +- +missing: people are identified by session name only/);
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
