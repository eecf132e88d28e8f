import { isObject } from '../base/is-object.js';
import { errors, type Client } from '@elastic/elasticsearch';
import { TrailError } from '../trail/errors.js';
import { bodyIn, objectIn, odd, UnexpectedAnswerError } from '../trail/elasticsearch/unexpected-answer.js';
import { indexMapping } from './shape.js';
import { INGEST_ERRORS } from '../wording/commands.js';
import { BAD_ANSWERS } from '../wording/elasticsearch-queries.js';

/** Marks indices created by CloudTracker, with the layout version. */
const MADE_HERE = { cloudtracker: 1 };

/** Higher than Elastic's own templates, some of which match `logs-*-*` (Elasticsearch: index templates, priority). */
const PRIORITY = 500;

/**
 * Creates the index if it does not exist. The template matches only this name: it keeps the mapping if the index is
 * deleted and created again by the next document, and affects no other index of a shared cluster.
 * @returns whether it indexes what is stored beside records: earlier versions did not
 * @throws TrailError if the index exists and was created elsewhere: it may reject records or not index some parts
 */
export async function prepareIndex(client: Client, index: string): Promise<boolean> {
  if (await client.indices.exists({ index })) return checkMapping(client, index);
  const template = await client.indices.putIndexTemplate({
    name: `cloudtracker-${index}`,
    index_patterns: [index],
    priority: PRIORITY,
    template: {
      settings: {
        // No replica on a single node, one replica otherwise.
        auto_expand_replicas: '0-1',
        // New documents need not be searchable during ingest.
        refresh_interval: '30s',
      },
      mappings: { _meta: MADE_HERE, dynamic: false, properties: indexMapping() },
    },
  });
  checkAcknowledged(template);
  try {
    checkAcknowledged(await client.indices.create({ index }));
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    return checkMapping(client, index);
  }
  return true;
}

/** Without the template or the index, the first document would create an index with dynamic mapping. */
function checkAcknowledged(answer: unknown): void {
  const { acknowledged } = bodyIn(answer);
  if (acknowledged !== true) throw odd('acknowledged', acknowledged);
}

async function checkMapping(client: Client, index: string): Promise<boolean> {
  const found = Object.entries(bodyIn(await client.indices.getMapping({ index })));
  if (found.length === 0) throw new UnexpectedAnswerError(BAD_ANSWERS.missing('mapping'));
  let storesRequests = true;
  for (const [name, held] of found) {
    const { _meta: meta, properties } = objectIn(objectIn(held, 'index')['mappings'], 'mappings');
    if (isObject(meta) && meta['cloudtracker'] === MADE_HERE.cloudtracker) {
      storesRequests &&= isObject(properties) && 'cloudtracker' in properties;
      continue;
    }
    throw new TrailError(INGEST_ERRORS.foreignIndex(name));
  }
  return storesRequests;
}

const isAlreadyThere = (error: unknown): boolean =>
  error instanceof errors.ResponseError && error.message.includes('resource_already_exists_exception');
