import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { askElasticsearch, askFiles, knownIn } from './engines.js';

// Real records (invictus-ir/aws_dataset, MIT) that lie beside the repository on some machines, not in it.
const FOLDER = new URL('../../../../shared/data/stratus-trail/', import.meta.url).pathname;
const url = inject('elasticsearchUrl');
const records = read();
if (records.length === 0) console.warn(`SKIPPED: the real trail is not at ${FOLDER}`);

const request = {
  period: { start: '2023-07-10T00:00:00Z', end: '2023-07-11T00:00:00Z' },
  accountIds: ['123837392027'],
  concurrency: 4,
};

describe.skipIf(url === '' || records.length === 0)('both engines on a real trail', () => {
  it.each(['explicit', 'flattened', 'ecs', 'ecs-text'] as const)(
    'answer alike with the %s layout',
    async (layout) => {
      const files = await askFiles(records, request);
      const answers = await askElasticsearch(url, records, request, layout);
      expect(answers.notes.incomplete).toEqual([]);
      expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
      expect(answers.coverage[0]?.events).toBeGreaterThan(2_800);
      expect(answers.activity.length).toBeGreaterThan(250);
    },
  );

  it('count an event once that was indexed twice', async () => {
    const files = await askFiles(records, request);
    const answers = await askElasticsearch(url, [...records, ...records], request, 'explicit', {
      tuning: { duplicateWindowDocuments: 500 },
      shards: 2,
    });
    expect(knownIn('explicit', answers)).toEqual(knownIn('explicit', files));
    expect(answers.notes.counts['duplicateRecords']).toBeGreaterThan(2_800);
  });
});

function read(): JsonObject[] {
  let names: string[];
  try {
    names = readdirSync(FOLDER).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const { Records } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { Records?: JsonObject[] };
    return Records ?? [];
  });
}
