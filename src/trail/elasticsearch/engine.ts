import { failure, success } from '../../base/result.js';
import { describeServer } from '../../config/describe.js';
import { elasticsearchShape } from '../../config/elasticsearch-shape.js';
import { readElasticsearch } from '../../config/elasticsearch.js';
import { literalSecrets } from '../../config/secrets.js';
import { defineSection } from '../../config/section.js';
import type { ElasticsearchConfig } from '../../config/types.js';
import type { Engine, LogSource, SourceFindings } from '../source.js';
import { sumCalls } from '../seen-calls.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { MOVED_KEYS, SOURCE_USES } from '../../wording/configuration.js';

/** Connection options of elasticsearch-py, and their replacement. */
const MOVED: ReadonlyMap<string, string> = new Map([
  ['use_ssl', MOVED_KEYS.scheme],
  ['scheme', MOVED_KEYS.scheme],
  ['http_auth', MOVED_KEYS.login],
  ['ca_certs', MOVED_KEYS.ca],
  ['url', MOVED_KEYS.node],
]);

/**
 * Elasticsearch 8 and 9. Its modules load on demand: the client takes longer to load than the logs of the demo to
 * read.
 */
export const elasticsearchEngine: Engine = defineSection({
  key: 'elasticsearch',
  shape: elasticsearchShape,
  moved: MOVED,
  example: {
    use: SOURCE_USES.elasticsearch,
    lines: ['elasticsearch:', '  host: localhost', '  port: 9200', '  index: cloudtrail'],
  },
  literalSecrets,
  read: (raw, { folder, topIndex }) => {
    const result = readElasticsearch(raw, folder, topIndex);
    if (result.ok) return success(new ElasticsearchSource(result.value));
    return failure(
      result.error.map(({ key, message }) => ({
        path: key === '' ? ['elasticsearch'] : ['elasticsearch', key],
        message,
      })),
    );
  },
});

export class ElasticsearchSource implements LogSource {
  readonly kind = 'elasticsearch';
  readonly isCacheable = false;

  constructor(readonly config: ElasticsearchConfig) {}

  describe(name: (path: string) => string): Record<string, unknown> {
    return describeServer(this.config, name);
  }

  async open(request: TrailRequest): Promise<TrailSource> {
    const { openElasticsearchTrail } = await import('./open.js');
    return openElasticsearchTrail(this.config, request);
  }

  async inspect(request: TrailRequest): Promise<SourceFindings> {
    const { inspectElasticsearch } = await import('./inspect.js');
    const found = await inspectElasticsearch(this.config, request);
    const trail = await this.open(request);
    try {
      return { ...found, calls: await sumCalls(trail.activity()), counts: trail.notes().counts };
    } finally {
      await trail.close();
    }
  }

  async fingerprint(): Promise<unknown> {
    const { indexState } = await import('./state.js');
    return indexState(this.config);
  }
}
