import type { Client } from '@elastic/elasticsearch';
import type { ElasticsearchConfig } from '../../config/types.js';
import { TrailError } from '../errors.js';
import { capabilitiesByIndex } from './capabilities.js';
import { createClient, hostOf } from './client.js';
import { explain, isTlsFailure } from './explain.js';
import { candidateNames } from './fields.js';
import { UnexpectedAnswerError } from './unexpected-answer.js';
import { groupByLayout, type Grouping, type LayoutGroup } from './layout-groups.js';
import { PointInTime } from './point-in-time.js';
import { repeated } from './retry.js';
import { parseCount, parseSearch } from './search-answer.js';
import type { Tuning } from './tuning.js';
import { CONNECTION_ERRORS } from '../../wording/elasticsearch-connection.js';
import { indexAt, someIndices } from '../../wording/elasticsearch-index.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

const CONNECT_ATTEMPTS = 3;
/** Maximum number of indices in a pattern; Elasticsearch's own limit of shards per search is lower. */
const MOST_INDICES = 10_000;

/** A group of indices with a point in time. */
interface ConnectedGroup extends LayoutGroup {
  readonly pit: PointInTime;
  /** For messages. */
  readonly where: string;
}

export interface Connection {
  readonly client: Client;
  /** Empty: the indices have no documents, so their fields do not matter. */
  readonly groups: readonly ConnectedGroup[];
  readonly others: Grouping['others'];
  /** Pattern and server, for messages. */
  readonly where: string;
}

/** @throws TrailError with host and index: unreachable, rejected, missing, or without required mapping */
export async function connect(config: ElasticsearchConfig, tuning: Tuning): Promise<Connection> {
  const client = await createClient(config, { requestTimeout: tuning.requestTimeout });
  const message = (error: unknown): string => explain(error, { config, index: config.index, to: 'read' });
  // A user waits for this answer: fewer attempts than for a query during the run.
  const tries = {
    retryDelay: tuning.retryDelay,
    attempts: Math.min(tuning.attempts, CONNECT_ATTEMPTS),
  };
  try {
    return await repeated(async () => {
      try {
        return await open(client, config);
      } catch (error) {
        throw isTlsFailure(error) ? new TrailError(message(error)) : error;
      }
    }, tries);
  } catch (error) {
    await client.close();
    throw error instanceof TrailError ? error : new TrailError(message(error));
  }
}

async function open(client: Client, config: ElasticsearchConfig): Promise<Connection> {
  const { index } = config;
  const host = hostOf(config);
  const whereOf = (name: string): string => indexAt(name, host);
  const where = whereOf(index);
  const { groups, others, isUniform } = await findGroups(client, config, whereOf);
  const connected: ConnectedGroup[] = [];
  try {
    for (const group of groups) {
      const pit = await PointInTime.open(client, index, isUniform ? null : group.indices);
      connected.push({ ...group, pit, where: isUniform ? where : whereOf(someIndices(group.indices)) });
    }
  } catch (error) {
    for (const { pit } of connected) await pit.close();
    throw error;
  }
  return { client, groups: connected, others, where };
}

/** @throws TrailError, PartialAnswerError or an error of the client */
async function findGroups(
  client: Client,
  config: ElasticsearchConfig,
  whereOf: (index: string) => string,
): Promise<Grouping> {
  const { index } = config;
  const capabilities = await client.fieldCaps({
    index,
    fields: candidateNames(config.keyPrefix, config.timestampField),
    allow_no_indices: true,
    include_unmapped: true,
  });
  const byIndex = capabilitiesByIndex(capabilities);
  if (byIndex.size === 0) throw new TrailError(CONNECTION_ERRORS.noMatch({ index, host: hostOf(config) }));
  const documents = await countDocuments(client, index, [...byIndex.keys()]);
  return groupByLayout(byIndex, documents, whereOf, config);
}

/**
 * Number of documents by index, without empty indices.
 * @throws PartialAnswerError or UnexpectedAnswerError, also if the answers are contradictory: an index that seems empty
 *   would not be read
 */
async function countDocuments(
  client: Client,
  index: string,
  names: readonly string[],
): Promise<Map<string, number>> {
  const [only] = names;
  if (names.length === 1 && only !== undefined) {
    const documents = parseCount(await client.count({ index }));
    if (documents > 0) return new Map([[only, documents]]);
  }
  const aggs = { indices: { terms: { field: '_index', size: MOST_INDICES } } };
  const answer = await client.search({
    index,
    size: 0,
    track_total_hits: true,
    allow_partial_search_results: false,
    aggs,
  });
  const { documents, aggregations } = parseSearch<{ indices: { buckets: IndexBucket[] } }>(answer, { aggs });
  const { buckets } = aggregations.indices;
  const counted = buckets.reduce((sum, bucket) => sum + bucket.doc_count, 0);
  if (counted < documents) throw new UnexpectedAnswerError(BAD_ANSWERS.indexCounts(counted, documents));
  const known = new Set(names);
  const unknown = buckets.find(({ key }) => !known.has(key));
  // Just created, unless it stays so.
  if (unknown !== undefined) throw new UnexpectedAnswerError(BAD_ANSWERS.unknownIndex(unknown.key));
  return new Map(buckets.map(({ key, doc_count }) => [key, doc_count]));
}

interface IndexBucket {
  readonly key: string;
  readonly doc_count: number;
}
