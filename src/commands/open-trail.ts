import { UserError, type Config } from '../config/types.js';
import { openFilesTrail } from '../trail/files/open.js';
import type { TrailRequest, TrailSource } from '../trail/types.js';

/** The engine that the configuration names. @throws TrailError when it cannot be reached or holds no logs. */
export async function openTrail(config: Config, request: TrailRequest): Promise<TrailSource> {
  if (config.source.kind === 'files') return openFilesTrail(config.source.files, request);
  return Promise.reject(
    new UserError('Elasticsearch is not supported yet: name a folder of logs with files: {path: FOLDER}.'),
  );
}
