import { describe, expect, inject, it } from 'vitest';
import type { IndexLayout } from '../../support/elasticsearch/index-records.js';
import { askElasticsearch, TINY } from './engines.js';
import { A, B, PERIOD } from './records.js';
import { expectedRequests, PLAN, requestRecords } from './request-records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 2, requests: PLAN };

describe.skipIf(url === '')('requests in an index', () => {
  const layouts: IndexLayout[] = [
    'keyword',
    'dynamic',
    'prefixed',
    'explicit',
    'flattened',
    'ecs',
    'ecs-text',
  ];
  it.each(layouts)('are told as the reference tells them with the %s layout', async (layout) => {
    for (const options of [{}, { tuning: TINY, shards: 3 }]) {
      const answers = await askElasticsearch(url, requestRecords(), request, layout, options);
      expect(answers.notes.incomplete).toEqual([]);
      expect(answers.requests).toEqual(expectedRequests(requestRecords()));
    }
  });
});
