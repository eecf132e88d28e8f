import { resolve } from 'node:path';
import { loadCatalog } from '../catalog/catalog.js';
import { loadConfig } from '../config/load.js';
import { UserError, type ElasticsearchConfig } from '../config/types.js';
import { ElasticsearchSource } from '../trail/elasticsearch/engine.js';
import { ENGINES } from '../trail/engines.js';
import type { IngestResult } from '../ingest/ingest.js';

export type { IngestResult } from '../ingest/ingest.js';

export interface IngestOptions {
  readonly config: string;
  /** Overrides the configured index. */
  readonly index?: string;
  readonly folders: readonly string[];
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** Loads folders of CloudTrail log files into the configured index. @throws UserError, TrailError */
export async function runIngest(options: IngestOptions): Promise<IngestResult & { readonly index: string }> {
  const { file, source } = await loadConfig(options.config, ENGINES);
  if (!(source instanceof ElasticsearchSource))
    throw new UserError(`${file} reads its logs from files: ingest needs an elasticsearch section.`);
  const index = indexOf(source.config, options.index, file);
  // Imported on demand: the client takes long to load.
  const { ingest } = await import('../ingest/ingest.js');
  const folders = options.folders.map((folder) => resolve(folder));
  const { requestPlan: requests } = await loadCatalog();
  const { concurrency, signal, onProgress } = options;
  const result = await ingest({
    ...{ config: source.config, index, folders, requests },
    ...{ concurrency, signal, onProgress },
  });
  return { index, ...result };
}

/** Checks that a report with this configuration would find the records. */
function indexOf(config: ElasticsearchConfig, wanted: string | undefined, file: string): string {
  const { keyPrefix, timestampField, mapping } = config;
  const section = `the elasticsearch section of ${file}`;
  if (keyPrefix !== '')
    throw new UserError(`Records are put in as CloudTrail writes them: take key_prefix out of ${section}.`);
  if (timestampField !== 'eventTime')
    throw new UserError(`Records have their time in eventTime: take timestamp_field out of ${section}.`);
  if (mapping === 'ecs')
    throw new UserError(
      `Records are put in with CloudTrail's own names: take mapping: ecs out of ${section}.`,
    );
  const index = wanted ?? config.index;
  if (!/^[^-_+*?,:\s][^*?,:\s]*$/.test(index)) {
    throw new UserError(
      `${wanted === undefined ? `The index "${index}" in ${section}` : `"${index}"`} is not the name of one index. ` +
        'Name the one to write to: --index cloudtrail-2026',
    );
  }
  return index;
}
