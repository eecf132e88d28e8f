import { z } from 'zod';
import { count, text } from './parts.js';

/** Of this run alone: times, retries and sizes of pages depend on the server. The manifest lists it below `run`. */
export const QUERIES_FILE = 'json/queries.ndjson';

/** A line of json/queries.ndjson, which there is for logs in Elasticsearch. */
export const queryShape = z.object({
  kind: text.describe('what it was for'),
  index: text,
  startedAt: text.describe('ISO 8601 UTC with milliseconds'),
  status: z.enum(['answered', 'failed']),
  reason: text.exactOptional(),
  pages: count,
  retries: count,
  tookMilliseconds: count.describe('as Elasticsearch counts it, all pages together'),
  shards: count,
  documents: count.describe('that match'),
  hits: count.describe('documents of the answer'),
  buckets: count.describe('of its outermost aggregations'),
  body: z.unknown().describe('search of the first page: lists and access key ids shortened'),
});
