import { expect } from 'vitest';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { answersOf, elasticsearchConfig, type Answers } from '../contract/engines.js';
import { A, B, PERIOD } from '../contract/records.js';

export const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
export const keyword = { type: 'keyword' };

/** The answers of an index with these records, in which some fields are mapped otherwise than as keywords. */
export async function askMapped(
  url: string,
  properties: JsonObject,
  records: readonly JsonObject[],
): Promise<Answers> {
  const index = `mapped-${String(process.pid)}-${String(Date.now())}`;
  const mappings = {
    dynamic_templates: [{ strings: { match_mapping_type: 'string', mapping: keyword } }],
    properties: { eventTime: { type: 'date' }, ...properties },
  };
  const send = (method: string, path: string, body: JsonObject): Promise<Response> =>
    fetch(`${url}/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  try {
    expect((await send('PUT', index, { mappings })).ok).toBe(true);
    for (const [id, record] of records.entries())
      expect((await send('PUT', `${index}/_doc/${String(id)}?refresh=true`, record)).ok).toBe(true);
    return await answersOf(await openElasticsearchTrail(elasticsearchConfig(url, index, 'keyword'), request));
  } finally {
    await fetch(`${url}/${index}`, { method: 'DELETE' });
  }
}
