import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, inject, test } from 'vitest';
import { runReport } from '../../src/commands/report.js';
import { checkReport } from '../support/check-report.js';
import { indexRecords, type JsonObject } from '../support/elasticsearch/index-records.js';

const DEMO = resolve('data/demo');
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-engines-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

async function report(config: string, output: string): Promise<Map<string, string>> {
  await runReport({
    config,
    output,
    quarter: '2026-Q3',
    accounts: [],
    concurrency: 4,
    detail: 'full',
    force: false,
    now: new Date('2026-11-01T00:00:00Z'),
    onProgress: () => undefined,
  });
  await checkReport(output);
  const names = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(csv|json)\/(?!log-files|queries).*\.(csv|json|ndjson)$/.test(name),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(output, name), 'utf8')]));
}

const url = inject('elasticsearchUrl');
test.skipIf(url === '')('Elasticsearch and the folder give the same csv/ and json/ on the demo', async () => {
  const logs = join(DEMO, 'logs');
  const records = readdirSync(logs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json.gz'))
    .flatMap((name) => {
      const text = gunzipSync(readFileSync(join(logs, name))).toString('utf8');
      return (JSON.parse(text) as { Records?: JsonObject[] }).Records ?? [];
    });
  await indexRecords(url, 'demo', records, 'keyword');
  cpSync(join(DEMO, 'iam'), join(work, 'iam'), { recursive: true });
  const config = readFileSync(join(DEMO, 'config.yaml'), 'utf8');
  writeFileSync(
    join(work, 'config.yaml'),
    config.replace(/^files:\n\s+path: logs$/m, `elasticsearch:\n  node: ${url}\n  index: demo`),
  );
  const fromElasticsearch = await report(join(work, 'config.yaml'), join(work, 'elasticsearch'));
  const fromFiles = await report(join(DEMO, 'config.yaml'), join(work, 'files'));
  expect([...fromElasticsearch.keys()]).toEqual([...fromFiles.keys()]);
  for (const [name, text] of fromFiles) expect(fromElasticsearch.get(name) === text, name).toBe(true);
});
