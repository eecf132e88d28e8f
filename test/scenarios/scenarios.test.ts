import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { wholeReport } from '../support/report.js';
import { checkReport } from '../support/check-report.js';
import { indexRecords } from '../support/elasticsearch/index-records.js';

interface Expected {
  readonly principals?: Readonly<Record<string, unknown>>;
  /** All assumptions of the report, in order. */
  readonly assumptions?: readonly unknown[];
  readonly accounts?: readonly unknown[];
}

const root = import.meta.dirname;
const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-scenarios-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const readLines = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

/** By name of the scenario: what the files engine made of it. */
const fromFiles = new Map<string, Promise<Map<string, string>>>();

function reportFromFiles(name: string): Promise<Map<string, string>> {
  const known = fromFiles.get(name) ?? report(name, 'files', '');
  fromFiles.set(name, known);
  return known;
}

/** Copies the scenario, points its configuration at an engine, and makes the report. @returns its json/ and csv/ files */
async function report(name: string, engine: 'files' | 'elasticsearch', url: string): Promise<Map<string, string>> {
  const folder = join(work, `${name}-${engine}`);
  cpSync(join(root, name), folder, { recursive: true });
  const config = join(folder, 'config.yaml');
  let source = 'files: { path: logs }\n';
  if (engine === 'files') {
    mkdirSync(join(folder, 'logs'));
    cpSync(join(folder, 'trail.json'), join(folder, 'logs', 'trail.json'));
  } else {
    const index = `scenario-${name}`;
    const { Records } = readJson(join(folder, 'trail.json')) as { Records: Record<string, unknown>[] };
    await indexRecords(url, index, Records, 'keyword');
    source = `elasticsearch: { node: '${url}', index: ${index} }\n`;
  }
  writeFileSync(config, `${readFileSync(config, 'utf8')}${source}`);
  const output = join(folder, 'out');
  await wholeReport({
    config,
    quarter: '2026-Q3',
    output,
  });
  await checkReport(output);
  // Which log files were read, and which queries sent, is all that engines do not have in common.
  const files = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(json|csv)\/(?!log-files|queries).*\.(json|ndjson|csv)$/.test(file),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(join(output, file), 'utf8')]));
}

function check(name: string, engine: string): void {
  const json = join(work, `${name}-${engine}`, 'out', 'json');
  const expected = readJson(join(root, name, 'expected.json')) as Expected;
  const files = readdirSync(json, { recursive: true, encoding: 'utf8' }).sort();
  const lines = (kind: string): unknown[] =>
    files.filter((file) => file.endsWith(`${kind}.ndjson`)).flatMap((file) => readLines(join(json, file)));
  const byArn = new Map((lines('principals') as { arn: string }[]).map((line) => [line.arn, line]));
  for (const [arn, principal] of Object.entries(expected.principals ?? {})) {
    expect(byArn.get(arn), arn).toMatchObject(principal as object);
  }
  if (expected.assumptions !== undefined) expect(lines('assumptions')).toMatchObject(expected.assumptions);
  if (expected.accounts !== undefined) {
    expect(readJson(join(json, 'report.json'))).toMatchObject({ accounts: expected.accounts });
  }
}

describe.each(names)('%s', (name) => {
  test('from files', async () => {
    await reportFromFiles(name);
    check(name, 'files');
  });

  const url = inject('elasticsearchUrl');
  test.skipIf(url === '')('from Elasticsearch, with the same bytes', async () => {
    const fromElasticsearch = await report(name, 'elasticsearch', url);
    check(name, 'elasticsearch');
    expect(fromElasticsearch).toEqual(await reportFromFiles(name));
  });
});
