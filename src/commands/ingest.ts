import { resolve } from 'node:path';
import { loadCatalog } from '../catalog/catalog.js';
import { loadConfig } from '../config/load.js';
import { UserError, type ElasticsearchConfig } from '../config/types.js';
import { ElasticsearchSource } from '../trail/elasticsearch/engine.js';
import { ENGINES } from '../trail/engines.js';
import type { IngestResult } from '../ingest/ingest.js';
import { INGEST_ERRORS } from '../wording/commands.js';

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
  if (!(source instanceof ElasticsearchSource)) throw new UserError(INGEST_ERRORS.noElasticsearch(file));
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
  if (keyPrefix !== '') throw new UserError(INGEST_ERRORS.keyPrefix(file));
  if (timestampField !== 'eventTime') throw new UserError(INGEST_ERRORS.timestampField(file));
  if (mapping === 'ecs') throw new UserError(INGEST_ERRORS.ecs(file));
  const index = wanted ?? config.index;
  if (!/^[^-_+*?,:\s][^*?,:\s]*$/.test(index)) {
    throw new UserError(INGEST_ERRORS.notOneIndex(index, wanted === undefined ? file : undefined));
  }
  return index;
}
