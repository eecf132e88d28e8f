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

/** Milliseconds. It is asked before anything else, and the report does without. */
const TIMEOUT = 10_000;

/**
 * What changes whenever a document of the indices is written or deleted: each shard's highest sequence number.
 * @returns null where the server does not tell (it needs the index privilege `monitor`), tells it oddly, or cannot be reached
 */
export async function indexState(config: ElasticsearchConfig): Promise<unknown> {
  // Another cluster's indices are not in the answer.
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

/** @throws UnexpectedAnswerError where anything of it is not known: half a state would stay the same while the index changes */
function stateIn(answer: unknown): unknown[][] {
  const { indices, _shards } = bodyIn(answer);
  if (countIn(objectIn(_shards, '_shards')['failed'], 'failed') > 0)
    throw new UnexpectedAnswerError('some shards failed');
  const states = Object.entries(objectIn(indices, 'indices')).map(([name, index]) => {
    const { uuid, shards } = objectIn(index, 'indices[]');
    return [name, textIn(uuid, 'uuid'), ...primariesIn(shards)];
  });
  if (states.length === 0) throw new UnexpectedAnswerError('an answer held no indices');
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
  if (primaries.length === 0) throw new UnexpectedAnswerError('an answer held no shards');
  return primaries;
}

/** Below zero before the first document. */
function sequenceIn(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw odd('max_seq_no', value);
  return Number(value);
}
