import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
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

/** Names of the folders beside this file, each a scenario. */
export const scenarios: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const readLines = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

/** Makes the report of a scenario from its log file. @param work folder for a copy of the scenario and the report */
export async function reportFromFiles(name: string, work: string): Promise<Map<string, string>> {
  const folder = join(work, `${name}-files`);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  cpSync(join(root, name, 'trail.json'), join(folder, 'logs', 'trail.json'));
  return report(name, folder, 'files: { path: logs }');
}

/** Makes the report of a scenario from an index with the records of its log file. @param work as of reportFromFiles */
export async function reportFromElasticsearch(
  name: string,
  work: string,
  url: string,
): Promise<Map<string, string>> {
  const index = `scenario-${name}`;
  const { Records } = readJson(join(root, name, 'trail.json')) as { Records: Record<string, unknown>[] };
  await indexRecords(url, index, Records, 'keyword');
  return report(name, join(work, `${name}-elasticsearch`), `elasticsearch: { node: '${url}', index: ${index} }`);
}

/** Expects in the report what expected.json says. @returns the json/ and csv/ files that engines have in common */
async function report(name: string, folder: string, source: string): Promise<Map<string, string>> {
  cpSync(join(root, name), folder, { recursive: true });
  const config = join(folder, 'config.yaml');
  writeFileSync(config, `${readFileSync(config, 'utf8')}${source}\n`);
  const output = join(folder, 'out');
  await wholeReport({ config, quarter: '2026-Q3', output });
  await checkReport(output);
  expectIn(join(output, 'json'), readJson(join(root, name, 'expected.json')) as Expected);
  // Which log files were read, and which queries sent, is all that engines do not have in common.
  const files = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(json|csv)\/(?!log-files|queries).*\.(json|ndjson|csv)$/.test(file),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(join(output, file), 'utf8')]));
}

function expectIn(json: string, expected: Expected): void {
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
