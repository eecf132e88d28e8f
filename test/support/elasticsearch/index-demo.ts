import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { indexRecords, type JsonObject } from './index-records.js';

const DEMO = resolve('data/demo');

/**
 * Indexes the logs of the demo, and copies its accounts to a folder.
 * @returns the configuration in that folder that reads the index, and the number of records
 */
export async function indexDemo(
  url: string,
  index: string,
  folder: string,
): Promise<{ config: string; records: number }> {
  const logs = join(DEMO, 'logs');
  const records = readdirSync(logs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json.gz'))
    .flatMap((name) => {
      const text = gunzipSync(readFileSync(join(logs, name))).toString('utf8');
      return (JSON.parse(text) as { Records?: JsonObject[] }).Records ?? [];
    });
  await indexRecords(url, index, records, 'keyword');
  cpSync(join(DEMO, 'iam'), join(folder, 'iam'), { recursive: true });
  const config = join(folder, 'config.yaml');
  const text = readFileSync(join(DEMO, 'config.yaml'), 'utf8');
  const source = `elasticsearch:\n  node: ${url}\n  index: ${index}`;
  writeFileSync(config, text.replace(/^files:\n\s+path: logs$/m, source));
  return { config, records: records.length };
}
