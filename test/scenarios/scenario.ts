import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { wholeReport } from '../support/report.js';
import { checkReport } from '../support/check-report.js';
import { logFile, recordOf } from '../support/cloudtrail.js';
import { indexRecords, type JsonObject } from '../support/elasticsearch/index-records.js';
import { expectIn, parseExpected } from './expected.js';

const root = import.meta.dirname;

/** Names of the folders beside this file, each a scenario. */
export const scenarios: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** calls.json: as in Call of support/cloudtrail.ts; `over`: other fields of the record. */
const calls = z.array(
  z.strictObject({
    time: z.string(),
    caller: z.string(),
    source: z.string(),
    name: z.string(),
    error: z.string().optional(),
    over: z.record(z.string(), z.unknown()).optional(),
  }),
);
/** trail.json, trail-2.json, …: log files as CloudTrail delivers them, for records that calls.json cannot express. */
const trail = z.strictObject({ Records: z.array(z.looseObject({})) });
/** period.json: days of the report, if not 2026-Q3. */
const period = z.strictObject({ start: z.string(), end: z.string() });

/** Records by log file. */
function recordsOf(name: string): Map<string, JsonObject[]> {
  const folder = join(root, name);
  const read = <T>(shape: z.ZodType<T>, file: string): T =>
    shape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const files = new Map<string, JsonObject[]>();
  for (const file of readdirSync(folder).sort()) {
    if (/^trail(-\d+)?\.json$/.test(file)) files.set(file, read(trail, file).Records);
    if (file === 'calls.json')
      files.set(
        file,
        read(calls, file).map(({ over = {}, ...call }) => recordOf(call, over)),
      );
  }
  return files;
}

/** Makes the report of a scenario from its log files. @param work folder for a copy of the scenario and the report */
export async function reportFromFiles(name: string, work: string): Promise<Map<string, string>> {
  const folder = join(work, `${name}-files`);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  for (const [file, records] of recordsOf(name)) writeFileSync(join(folder, 'logs', file), logFile(...records));
  return report(name, folder, 'files: { path: logs }');
}

/**
 * Makes the report of a scenario from an index with the records of its log files.
 * @param work as of reportFromFiles
 * @param layout the report from an index in lower case is not compared with expected.json, which has other names
 */
export async function reportFromElasticsearch(
  name: string,
  work: string,
  url: string,
  layout: 'keyword' | 'lower-case' = 'keyword',
): Promise<Map<string, string>> {
  const index = `scenario-${name}`;
  await indexRecords(url, index, [...recordsOf(name).values()].flat(), layout);
  const source = `elasticsearch: { node: '${url}', index: ${index} }`;
  return report(name, join(work, `${name}-${layout}`), source, layout === 'keyword');
}

/** @returns the json/ and csv/ files that engines have in common */
async function report(
  name: string,
  folder: string,
  source: string,
  compared = true,
): Promise<Map<string, string>> {
  const expected = parseExpected(`${name}/expected.json`, readFileSync(join(root, name, 'expected.json'), 'utf8'));
  cpSync(join(root, name), folder, { recursive: true });
  const config = join(folder, 'config.yaml');
  writeFileSync(config, `${readFileSync(config, 'utf8')}${source}\n`);
  const output = join(folder, 'out');
  const days = join(root, name, 'period.json');
  const span = existsSync(days) ? period.parse(JSON.parse(readFileSync(days, 'utf8'))) : { quarter: '2026-Q3' };
  await wholeReport({ config, ...span, output });
  await checkReport(output);
  if (compared) expectIn(join(output, 'json'), expected);
  // Which log files were read, and which queries sent, is all that engines do not have in common.
  const files = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(json|csv)\/(?!log-files|queries).*\.(json|ndjson|csv)$/.test(file),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(join(output, file), 'utf8')]));
}
