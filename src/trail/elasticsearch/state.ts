import type { ElasticsearchConfig } from '../../config/types.js';
import { createClient } from './client.js';
import { orNull } from './failures.js';
import {
  bodyIn,
  countIn,
  listIn,
  objectIn,
  odd,
  UnexpectedAnswerError,
  textIn,
} from './unexpected-answer.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

/** Milliseconds. It is requested first, and the report does not depend on it. */
const TIMEOUT = 10_000;

/**
 * A value that changes whenever a document is written or deleted: the highest sequence number of each shard.
 * @returns null without the index privilege `monitor`, for an unexpected answer, or if the server is unreachable
 */
export async function indexState(config: ElasticsearchConfig): Promise<unknown> {
  // The answer does not include indices of other clusters.
  if (config.index.includes(':')) return null;
  const client = await createClient(config, { requestTimeout: TIMEOUT });
  try {
    const stats = async (): Promise<unknown> =>
      stateIn(await client.indices.stats({ index: config.index, level: 'shards', metric: 'docs' }));
    return await orNull(stats());
  } finally {
    await client.close();
  }
}

/** @throws UnexpectedAnswerError if any part is unknown: a partial state could stay the same while the index changes */
function stateIn(answer: unknown): unknown[][] {
  const { indices, _shards } = bodyIn(answer);
  if (countIn(objectIn(_shards, '_shards')['failed'], 'failed') > 0)
    throw new UnexpectedAnswerError(BAD_ANSWERS.someShards);
  const states = Object.entries(objectIn(indices, 'indices')).map(([name, index]) => {
    const { uuid, shards } = objectIn(index, 'indices[]');
    return [name, textIn(uuid, 'uuid'), ...primariesIn(shards)];
  });
  if (states.length === 0) throw new UnexpectedAnswerError(BAD_ANSWERS.missing('indices'));
  return states.sort();
}

function primariesIn(shards: unknown): unknown[][] {
  const primaries = Object.entries(objectIn(shards, 'shards')).flatMap(([number, copies]) =>
    listIn(copies, 'shards[]')
      .map((copy) => objectIn(copy, 'shards[][]'))
      .filter(({ routing }) => objectIn(routing, 'routing')['primary'] === true)
      .map(({ seq_no, docs }) => [
        number,
        sequenceIn(objectIn(seq_no, 'seq_no')['max_seq_no']),
        countIn(objectIn(docs, 'docs')['count'], 'count'),
      ]),
  );
  if (primaries.length === 0) throw new UnexpectedAnswerError(BAD_ANSWERS.missing('shards'));
  return primaries;
}

/** Negative before the first document. */
function sequenceIn(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw odd('max_seq_no', value);
  return Number(value);
}
