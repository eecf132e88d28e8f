import { describe, expect, inject, it } from 'vitest';
import type { ElasticsearchConfig } from '../../../src/config/types.js';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import type { Tuning } from '../../../src/trail/elasticsearch/tuning.js';
import {
  addRecords,
  indexRecords,
  layoutBody,
  send,
  type IndexLayout,
  type JsonObject,
} from '../../support/elasticsearch/index-records.js';
import { answersOf, askFiles, knownIn, questions, TINY_PAGES, type Answers } from '../contract/engines.js';
import { A, B, contractRecords, PERIOD, record, user } from '../contract/records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };

const config = (index: string, over: Partial<ElasticsearchConfig> = {}): ElasticsearchConfig => ({
  nodes: [url],
  index,
  keyPrefix: '',
  timestampField: 'eventTime',
  mapping: 'auto',
  ...over,
});

async function ask(index: string, tuning: Partial<Tuning> = {}, over = {}): Promise<Answers> {
  return answersOf(await openElasticsearchTrail(config(index, over), request, tuning));
}

const put = (path: string, body: JsonObject): Promise<string> =>
  send(`${url}/${path}`, 'PUT', JSON.stringify(body), 'application/json');
/** A new index. */
const make = async (index: string, body: JsonObject): Promise<void> => {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  await put(index, body);
};
const post = (path: string, body: JsonObject): Promise<string> =>
  send(`${url}/${path}`, 'POST', JSON.stringify(body), 'application/json');

describe.skipIf(url === '')('indices of several layouts in one pattern', { timeout: 240_000 }, () => {
  const records = contractRecords();
  /** Every third record goes into another index. */
  const part = (of: number): JsonObject[] => records.filter((_, index) => index % 3 === of);

  it.each([
    { name: 'at once', tuning: {} },
    { name: 'page by page', tuning: TINY_PAGES },
  ])('answer together as the files engine does, $name', async ({ tuning }) => {
    const files = await askFiles(records, request);
    const layouts: IndexLayout[] = ['keyword', 'dynamic', 'ecs'];
    for (const [index, layout] of layouts.entries())
      await indexRecords(url, `several-${layout}`, part(index), layout, 2);
    const answers = await ask('several-*', tuning);
    expect(answers.notes.incomplete).toEqual([]);
    expect(knownIn('ecs', answers)).toEqual(knownIn('ecs', files));
  });

  it('count an event once that indices of different layouts hold', async () => {
    // Without an id, two records are two events.
    const known = records.filter(({ eventID }) => eventID !== null);
    await indexRecords(url, 'moved-old', known, 'keyword');
    await indexRecords(url, 'moved-new', known.slice(5), 'ecs');
    const whole = await askFiles(known, request);
    const answers = await ask('moved-old,moved-new', TINY_PAGES);
    expect(answers.notes.incomplete).toEqual([]);
    expect(answers.activity).toEqual(whole.activity);
    expect(answers.assumptions).toEqual(whole.assumptions);
    expect(answers.coverage).toEqual(whole.coverage);
    // Where there is too much to look through, only counts differ.
    const busy = await ask('moved-old,moved-new', { exactDuplicatesUpTo: 10 });
    expect(busy.notes.warnings.join()).toMatch(/different layouts .*count twice/);
    const kinds = ({ activity }: Answers): unknown =>
      activity.map(({ actor, eventName, outcome }) => [actor, eventName, outcome]);
    expect(kinds(busy)).toEqual(kinds(whole));
  });

  it('are read through an alias with a filter, a data stream and a name of another cluster', async () => {
    await put('_index_template/logs-aws.cloudtrail', {
      index_patterns: ['logs-aws.cloudtrail-*'],
      priority: 600,
      data_stream: {},
      template: layoutBody('ecs'),
    });
    // Made by its first document; one name for each run, as the test server cannot delete it.
    const stream = `logs-aws.cloudtrail-${String(Date.now())}`;
    await addRecords(url, stream, part(0), 'ecs');
    await post(`${stream}/_rollover`, {});
    await addRecords(url, stream, part(1), 'ecs');
    await indexRecords(
      url,
      'streamed-old',
      [...part(2), record({ eventName: 'Hidden', awsRegion: 'xx-1' })],
      'keyword',
    );
    await post('_aliases', {
      actions: [
        {
          add: { index: 'streamed-old', alias: 'streamed', filter: { term: { awsRegion: 'eu-central-1' } } },
        },
      ],
    });
    const inEu = await askFiles(
      records.filter((each, index) => index % 3 < 2 || each['awsRegion'] === 'eu-central-1'),
      request,
    );
    expect(questions(await ask(`streamed,${stream}*`)).activity).toEqual(inEu.activity);
    const seed = JSON.parse(await (await fetch(`${url}/_nodes/transport`)).text()) as {
      nodes: Record<string, { transport_address: string }>;
    };
    const [node] = Object.values(seed.nodes);
    await put('_cluster/settings', {
      persistent: { 'cluster.remote.elsewhere.seeds': [node?.transport_address ?? ''] },
    });
    try {
      const far = await ask(`elsewhere:streamed,elsewhere:${stream}*`);
      expect(far.notes.incomplete).toEqual([]);
      expect(far.activity).toEqual(inEu.activity);
    } finally {
      await put('_cluster/settings', { persistent: { 'cluster.remote.elsewhere.seeds': null } });
    }
  });

  it('leave out what holds no CloudTrail fields, and say so', async () => {
    await indexRecords(url, 'mixed-trail', [record({})], 'keyword');
    await make('mixed-web', { mappings: { properties: { message: { type: 'text' } } } });
    await put('mixed-web/_doc/1?refresh=true', { message: 'GET /' });
    await make('mixed-empty', {
      mappings: { properties: { eventName: { type: 'text' }, eventSource: { type: 'text' } } },
    });
    const answers = await ask('mixed-*');
    expect(answers.notes.warnings.join()).toMatch(
      /mixed-web was not read: no CloudTrail fields \(1 document\)/,
    );
    expect(answers.activity).toHaveLength(1);
  });

  it('are an error where one has its records below another field, or as OpenTelemetry names them', async () => {
    await indexRecords(url, 'odd-trail', [record({})], 'keyword');
    await indexRecords(url, 'odd-prefixed', [record({})], 'prefixed');
    await expect(ask('odd-trail,odd-prefixed')).rejects.toThrow(
      /odd-prefixed .*below json.*key_prefix: json/,
    );
    await make('odd-otel', {
      mappings: { properties: { attributes: { properties: { 'rpc.method': { type: 'keyword' } } } } },
    });
    await put('odd-otel/_doc/1?refresh=true', { attributes: { 'rpc.method': 'ListBuckets' } });
    await expect(ask('odd-otel,odd-trail')).rejects.toThrow(/OpenTelemetry.*Exclude the index/);
  });

  it('are an error where one does not index a field that its documents have', async () => {
    await indexRecords(url, 'partial-good', [record({ errorCode: 'AccessDenied' })], 'keyword');
    const properties = {
      eventTime: { type: 'date' },
      eventSource: { type: 'keyword' },
      eventName: { type: 'keyword' },
    };
    await make('partial-bad', { mappings: { dynamic: false, properties } });
    await put(
      'partial-bad/_doc/1?refresh=true',
      record({ errorCode: 'AccessDenied', userIdentity: user('bob') }),
    );
    await expect(ask('partial-*')).rejects.toThrow(/errorCode.*partial-bad.*reindex/);
  });
});
