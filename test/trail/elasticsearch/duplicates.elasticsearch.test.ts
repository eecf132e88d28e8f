import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Tuning } from '../../../src/trail/elasticsearch/tuning.js';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import { indexRecords } from '../../support/elasticsearch/index-records.js';
import { answersOf, askFiles, elasticsearchConfig, questions, type Answers } from '../contract/engines.js';
import { A, PERIOD, record, user } from '../contract/records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A], concurrency: 2 };
/** One each hour. */
const records = Array.from({ length: 40 }, (_, hour) =>
  record({
    eventTime: new Date(Date.parse(PERIOD.start) + hour * 3_600_000).toISOString().replace('.000', ''),
    eventName: `GetThing${String(hour % 4)}`,
    userIdentity: user(hour % 3 === 0 ? 'alice' : 'bob'),
  }),
);
/** As if the index were far above the number of events that are all looked at. */
const LARGE = { exactDuplicatesUpTo: 0, duplicateWindowDocuments: 4, sampleWindows: 5 };

async function ask(index: string, tuning: Partial<Tuning>): Promise<Answers> {
  return answersOf(await openElasticsearchTrail(elasticsearchConfig(url, index, 'keyword'), request, tuning));
}

describe.skipIf(url === '')('in an index with very many events', () => {
  let once: Answers;
  beforeAll(async () => {
    await indexRecords(url, 'duplicates-all', [...records, ...records], 'keyword', 2);
    await indexRecords(url, 'duplicates-none', records, 'keyword', 2);
    once = await askFiles(records, request);
  });

  it('duplicates count once where a sample has some', async () => {
    const answers = await ask('duplicates-all', LARGE);
    expect(questions(answers)).toEqual(questions(once));
    expect(answers.notes.counts['duplicateRecords']).toBe(40);
  });

  it('counts stay as recorded where duplicates are too many, and the report says their share', async () => {
    const answers = await ask('duplicates-all', { ...LARGE, mostDuplicates: 10 });
    const { duplicateWindows = 0, duplicateWindowsChecked = 0 } = answers.notes.counts;
    expect(duplicateWindowsChecked).toBeLessThan(duplicateWindows);
    expect(answers.notes.warnings.join()).toMatch(
      /include duplicates .*: 50\.0% in a sample of \d+ of 80 events/,
    );
    expect(answers.activity).toEqual(once.activity.map((row) => ({ ...row, count: 2 * row.count })));
    expect(answers.assumptions).toEqual(once.assumptions);
    expect(answers.resources).toEqual(once.resources);
  });

  it('no more than a sample is looked at where it has none', async () => {
    const answers = await ask('duplicates-none', LARGE);
    const { duplicateWindows = 0, duplicateWindowsChecked = 0 } = answers.notes.counts;
    expect(duplicateWindowsChecked).toBeLessThan(duplicateWindows);
    expect(questions(answers)).toEqual(questions(once));
    expect(answers.notes.warnings.join()).toMatch(
      /may include duplicates .* sample of \d+ of 40 events has none/,
    );
  });
});
