import { z } from 'zod';
import { count, text } from './parts.js';
import type { RecordOf } from './record.js';

/** Differs between runs: times, retries and page sizes depend on the server. The manifest lists it under `run`. */
export const QUERIES_FILE = 'json/queries.ndjson';

/** A line of json/queries.ndjson, for logs in Elasticsearch. */
export const queryShape = z.object({
  kind: text.describe('purpose of the query'),
  index: text,
  startedAt: text.describe('ISO 8601 UTC with milliseconds'),
  status: z.enum(['answered', 'failed']),
  reason: text.exactOptional(),
  pages: count,
  retries: count,
  tookMilliseconds: count.describe('`took` of Elasticsearch, all pages'),
  shards: count,
  documents: count.describe('matching documents'),
  hits: count.describe('returned documents'),
  buckets: count.describe('buckets of the outermost aggregations'),
  body: z.unknown().describe('search request of the first page; lists and access key IDs are shortened'),
});
export type QueryRecord = RecordOf<typeof queryShape>;
