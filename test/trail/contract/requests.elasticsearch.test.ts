import { Client } from '@elastic/elasticsearch';
import { describe, expect, inject, it } from 'vitest';
import type { RequestPlan } from '../../../src/base/requests/plan.js';
import { documentOf } from '../../../src/ingest/document.js';
import { prepareIndex } from '../../../src/ingest/prepare-index.js';
import { requestStore } from '../../../src/ingest/store-request.js';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import type { Tuning } from '../../../src/trail/elasticsearch/tuning.js';
import { send, type IndexLayout, type JsonObject } from '../../support/elasticsearch/index-records.js';
import { answersOf, askElasticsearch, elasticsearchConfig, TINY, type Answers } from './engines.js';
import { A, B, PERIOD } from './records.js';
import { expectedRequests, PLAN, requestRecords } from './request-records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 2, requests: PLAN };
/** Of another version. */
const OTHER: RequestPlan = { ...PLAN, services: new Map([...PLAN.services].slice(0, 1)) };

/** The answers of an index of `ingest`. @param planOf by which the request of each record is stored */
async function askIngested(
  records: readonly JsonObject[],
  planOf: (record: number) => RequestPlan | undefined,
  tuning: Partial<Tuning> = {},
): Promise<Answers> {
  const index = `requests-${String(process.pid)}-${String(Date.now())}`;
  const client = new Client({ node: url });
  try {
    await prepareIndex(client, index);
    const lines = records.flatMap((record, position) => {
      const plan = planOf(position);
      const store = plan === undefined ? undefined : requestStore(plan);
      const document = documentOf(record, { fileName: 'a.json', position }, store);
      return document === null ? [] : ['{"index":{}}', document.body];
    });
    await send(`${url}/${index}/_bulk?refresh=true`, 'POST', `${lines.join('\n')}\n`, 'application/x-ndjson');
    return await answersOf(
      await openElasticsearchTrail(elasticsearchConfig(url, index, 'keyword'), request, tuning),
    );
  } finally {
    await client.indices.deleteIndexTemplate({ name: `cloudtracker-${index}` }, { ignore: [404] });
    await client.indices.delete({ index }, { ignore: [404] });
    await client.close();
  }
}

/** A dynamic mapping refuses a field that is now an object and now a text. */
const uniform = (): JsonObject[] =>
  requestRecords().filter(({ requestParameters }) => {
    const { deep } = (requestParameters ?? {}) as JsonObject;
    return typeof deep !== 'object';
  });

describe.skipIf(url === '')('requests in an index', () => {
  it.each<[IndexLayout, () => JsonObject[]]>([
    ['keyword', uniform],
    ['dynamic', uniform],
    ['prefixed', uniform],
    ['explicit', requestRecords],
    ['flattened', requestRecords],
    ['ecs', requestRecords],
    ['ecs-text', requestRecords],
  ])('are told as the reference tells them with the %s layout', async (layout, records) => {
    for (const options of [{}, { tuning: TINY, shards: 3 }]) {
      const answers = await askElasticsearch(url, records(), request, layout, options);
      expect(answers.notes.incomplete).toEqual([]);
      expect(answers.requests).toEqual(expectedRequests(records()));
    }
  });

  it('are not told where nobody asks', async () => {
    const { period, accountIds, concurrency } = request;
    const answers = await askElasticsearch(url, uniform(), { period, accountIds, concurrency }, 'keyword');
    expect(answers.requests).toEqual([]);
  });

  it('are missing where there are too many to read, and a warning says so', async () => {
    const tuning = { requestDocuments: 3 };
    const { requests, notes, activity } = await askElasticsearch(url, uniform(), request, 'keyword', {
      tuning,
    });
    const ofName = (name: string): unknown[] =>
      requests.filter(({ eventName }) => eventName === name).map(({ parameters }) => parameters);
    expect(new Set(ofName('RunInstances'))).toEqual(new Set(['missing']));
    expect(new Set(ofName('RunTask'))).toEqual(new Set(['whole']));
    const count = (rows: readonly { eventName: string; apiCall: boolean; count: number }[]): number =>
      rows
        .filter(({ eventName, apiCall }) => eventName === 'RunInstances' && apiCall)
        .reduce((sum, row) => sum + row.count, 0);
    expect(count(requests)).toBe(count(activity));
    expect(notes.warnings.join()).toMatch(/Not all request parameters were read: .*RunInstances/);
  });
});

it.skipIf(url === '').each(['keyword', 'flattened', 'ecs'] as const)(
  'of calls that are too many, those with a parameter are read as far as the %s layout tells them',
  async (layout) => {
    const few = uniform().slice(0, 9);
    const records = [
      ...few,
      ...few.map((record) => ({
        ...record,
        eventID: `${String(record['eventID'])}-2`,
        requestParameters: { a: 1 },
      })),
    ];
    const tuning = { requestDocuments: 6 };
    const { requests } = await askElasticsearch(url, records, request, layout, { tuning });
    const shown = expectedRequests(records).filter(({ found }) => found.length > 0);
    expect(shown.length).toBeGreaterThan(0);
    expect(requests.filter(({ found }) => found.length > 0)).toEqual(shown);
    expect(requests.filter(({ found }) => found.length === 0).map(({ parameters }) => parameters)).toEqual([
      'missing',
    ]);
  },
);

describe.skipIf(url === '')('requests that ingest stored', () => {
  const expectSame = (answers: Answers): void => {
    expect(answers.notes.incomplete).toEqual([]);
    expect(answers.requests).toEqual(expectedRequests(requestRecords()));
  };

  it.each([{}, TINY])('are grouped, without a document %#', async (tuning) => {
    const answers = await askIngested(requestRecords(), () => PLAN, tuning);
    expectSame(answers);
    expect(answers.notes.counts['requestDocuments'] ?? 0).toBe(0);
  });

  it('by another plan, or not at all, are read in the documents', async () => {
    expectSame(await askIngested(requestRecords(), (position) => [PLAN, OTHER, undefined][position % 3]));
  });
});
