import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { wholeReport } from '../support/report.js';
import { checkReport } from '../support/check-report.js';
import { indexDemo } from '../support/elasticsearch/index-demo.js';

const DEMO = resolve('data/demo');
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-engines-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

async function report(config: string, output: string): Promise<Map<string, string>> {
  await wholeReport({
    config,
    output,
    quarter: '2026-Q3',
    concurrency: 4,
  });
  await checkReport(output);
  const names = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(csv|json)\/(?!log-files|queries).*\.(csv|json|ndjson)$/.test(name),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(output, name), 'utf8')]));
}

const url = inject('elasticsearchUrl');
test.skipIf(url === '')('Elasticsearch and the folder give the same csv/ and json/ on the demo', async () => {
  const { config } = await indexDemo(url, 'demo', work);
  const fromElasticsearch = await report(config, join(work, 'elasticsearch'));
  const fromFiles = await report(join(DEMO, 'config.yaml'), join(work, 'files'));
  expect([...fromElasticsearch.keys()]).toEqual([...fromFiles.keys()]);
  for (const [name, text] of fromFiles) expect(fromElasticsearch.get(name) === text, name).toBe(true);

  const queries = readFileSync(join(work, 'elasticsearch/json/queries.ndjson'), 'utf8');
  expect(queries).toMatch(/"ASIA…[A-Z0-9]{4}"/);
  expect(queries).not.toMatch(/A[KS]IA[A-Z0-9]/);
});
