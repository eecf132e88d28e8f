import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { wholeReport } from '../support/report.js';
import { checkReport } from '../support/check-report.js';

/** Writes files (relative path -> contents) into a new folder. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'cloudtracker-ingest-'));
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  }
  return root;
}

/** The report of the third quarter of 2026: its csv/ and json/, path -> contents. */
export async function reportOf(config: string, output: string): Promise<Map<string, string>> {
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

/** Removes what ingest makes on a server. */
export async function removeIndex(url: string, index: string): Promise<void> {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  await fetch(`${url}/_index_template/cloudtracker-${index}`, { method: 'DELETE' });
}
