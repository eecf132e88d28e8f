import type { Config } from '../config/types.js';
import type { LogFolder } from '../trail/files/logs.js';
import { openFilesTrail } from '../trail/files/open.js';
import type { TrailRequest, TrailSource } from '../trail/types.js';

/**
 * The engine that the configuration names.
 * @param cache folder where the files engine keeps what it has read; without it, it keeps nothing
 * @param logs of the files engine, where its folder has been looked at already
 * @throws TrailError when it cannot be reached or holds no logs
 */
export async function openTrail(
  config: Config,
  request: TrailRequest,
  cache?: string,
  logs?: LogFolder,
): Promise<TrailSource> {
  if (config.source.kind === 'files') return openFilesTrail(config.source.files, request, cache, logs);
  // Loaded only where it is used: the client takes longer to load than the demo's logs to read.
  const { openElasticsearchTrail } = await import('../trail/elasticsearch/open.js');
  return openElasticsearchTrail(config.source.elasticsearch, request);
}
