import type { estypes } from '@elastic/elasticsearch';
import type { ElasticsearchConfig } from '../../config/types.js';
import { createClient } from './client.js';

/** Milliseconds. It is asked before anything else, and the report does without. */
const TIMEOUT = 10_000;

/**
 * What changes whenever a document of the indices is written or deleted: each shard's highest sequence number.
 * @returns null where the server does not tell (it needs the index privilege `monitor`), or cannot be reached
 */
export async function indexState(config: ElasticsearchConfig): Promise<unknown> {
  // Another cluster's indices are not in the answer.
  if (config.index.includes(':')) return null;
  const client = await createClient(config, { requestTimeout: TIMEOUT });
  try {
    const { indices, _shards } = await client.indices.stats({
      index: config.index,
      level: 'shards',
      metric: 'docs',
    });
    if (indices === undefined || _shards.failed > 0) return null;
    const states = Object.entries(indices).map(([name, { uuid, shards }]) => [
      name,
      uuid,
      ...primaries(shards),
    ]);
    const known = states.length > 0 && states.flat(2).every((value) => value !== undefined);
    return known ? states.sort() : null;
  } catch {
    return null;
  } finally {
    await client.close();
  }
}

const primaries = (shards: Readonly<Record<string, estypes.IndicesStatsShardStats[]>> = {}): unknown[][] =>
  Object.entries(shards).flatMap(([number, copies]) =>
    copies
      .filter(({ routing }) => routing?.primary === true)
      .map(({ seq_no, docs }) => [number, seq_no?.max_seq_no, docs?.count]),
  );
