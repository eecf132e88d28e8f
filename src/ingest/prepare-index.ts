import { errors, type Client } from '@elastic/elasticsearch';
import { TrailError } from '../trail/errors.js';
import {
  bodyIn,
  isObject,
  objectIn,
  odd,
  UnexpectedAnswerError,
} from '../trail/elasticsearch/unexpected-answer.js';
import { mappingOf, RECORD } from './shape.js';

/** Marks the indices that were made here, and by which layout. */
const MADE_HERE = { cloudtracker: 1 };

/** Above those of Elastic's own templates, of which some take `logs-*-*` (Elasticsearch: index templates, priority). */
const PRIORITY = 500;

/**
 * Makes the index where there is none. The template is for this one name: it keeps the mapping should the index be deleted and
 * made anew by the next document, and it takes no other index of a shared cluster.
 * @throws TrailError when an index of this name exists that was made elsewhere: it may refuse records or leave parts unindexed
 */
export async function prepareIndex(client: Client, index: string): Promise<void> {
  if (await client.indices.exists({ index })) return checkMapping(client, index);
  const template = await client.indices.putIndexTemplate({
    name: `cloudtracker-${index}`,
    index_patterns: [index],
    priority: PRIORITY,
    template: {
      settings: {
        // One copy on one node, two where there are more.
        auto_expand_replicas: '0-1',
        // New documents are not looked for while they come in.
        refresh_interval: '30s',
      },
      mappings: { _meta: MADE_HERE, dynamic: false, properties: mappingOf(RECORD) },
    },
  });
  checkAcknowledged(template);
  try {
    checkAcknowledged(await client.indices.create({ index }));
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    await checkMapping(client, index);
  }
}

/** Without the template or the index, the first document would make one that maps whatever comes. */
function checkAcknowledged(answer: unknown): void {
  const { acknowledged } = bodyIn(answer);
  if (acknowledged !== true) throw odd('acknowledged', acknowledged);
}

async function checkMapping(client: Client, index: string): Promise<void> {
  const found = Object.entries(bodyIn(await client.indices.getMapping({ index })));
  if (found.length === 0) throw new UnexpectedAnswerError('an answer held no mapping');
  for (const [name, held] of found) {
    const { _meta: meta } = objectIn(objectIn(held, 'index')['mappings'], 'mappings');
    if (isObject(meta) && meta['cloudtracker'] === MADE_HERE.cloudtracker) continue;
    throw new TrailError(
      `The index ${name} was not made by cloudtracker ingest, so it may refuse records or leave parts of them unindexed. ` +
        'Give a new name with --index, or delete that index first.',
    );
  }
}

const isAlreadyThere = (error: unknown): boolean =>
  error instanceof errors.ResponseError && error.message.includes('resource_already_exists_exception');
