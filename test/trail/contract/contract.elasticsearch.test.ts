import { describe, expect, inject, it } from 'vitest';
import type { IndexLayout } from '../../support/elasticsearch/index-records.js';
import { askElasticsearch, askFiles, knownIn, TINY } from './engines.js';
import { expectAnswers } from './expected-answers.js';
import { A, B, contractRecords, PERIOD } from './records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };

describe.skipIf(url === '')('the Elasticsearch engine answers as the files engine does', () => {
  const layouts: IndexLayout[] = [
    'keyword',
    'dynamic',
    'prefixed',
    'explicit',
    'flattened',
    'ecs',
    'ecs-text',
  ];
  it.each(layouts)('with the %s layout', async (layout) => {
    const files = await askFiles(contractRecords(), request);
    const answers = await askElasticsearch(url, contractRecords(), request, layout);
    expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
    expect(answers.notes.incomplete).toEqual([]);
    expectAnswers(answers);
  });

  it.each(layouts)(
    'page by page from several shards, accounts together, with the %s layout',
    async (layout) => {
      const files = await askFiles(contractRecords(), request);
      const answers = await askElasticsearch(url, contractRecords(), request, layout, {
        tuning: TINY,
        shards: 3,
      });
      expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
      expect(answers.notes.incomplete).toEqual([]);
    },
  );
});
