import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ElasticsearchConfig } from '../../../../src/config/types.js';
import { inspectElasticsearch } from '../../../../src/trail/elasticsearch/inspect.js';
import { indexState } from '../../../../src/trail/elasticsearch/state.js';
import { FaultProxy, type Fault, type Sent } from '../../../support/elasticsearch/fault-proxy.js';
import { indexRecords, type JsonObject } from '../../../support/elasticsearch/index-records.js';
import { elasticsearchConfig, questions, type Answers } from '../../contract/engines.js';
import { A, B, contractRecords, PERIOD, record } from '../../contract/records.js';
import { ask, expectOnlyB, HASTY, isAbout, isSearch } from './support.js';

const url = inject('elasticsearchUrl');
const INDEX = 'faults-odd-server';

describe.skipIf(url === '')('a server', () => {
  let proxy: FaultProxy;
  let whole: Answers;
  beforeAll(async () => {
    await indexRecords(url, INDEX, contractRecords(), 'keyword', 2);
    await indexRecords(url, `${INDEX}-other`, [record({ recipientAccountId: B })], 'keyword');
    proxy = await FaultProxy.start(url);
    whole = await ask(url, INDEX);
  });
  afterEach(() => {
    proxy.heal();
  });
  afterAll(() => proxy.stop());

  describe('that answers oddly before anything is read is an error:', () => {
    const at =
      (path: string, change: (answer: JsonObject) => JsonObject) =>
      (answer: JsonObject, sent: Sent): JsonObject =>
        sent.path.includes(path) ? change(answer) : answer;
    const none = { _shards: { total: 2, successful: 2, failed: 0 } };
    const cases: [string, string, string, FaultProxy['change']][] = [
      [
        'fields that are null',
        INDEX,
        'unexpected fields: null',
        at('_field_caps', (all) => ({ ...all, fields: null })),
      ],
      ['no indices', INDEX, 'the answer has no indices', at('_field_caps', () => ({ fields: {} }))],
      [
        'indices that are numbers',
        INDEX,
        'unexpected indices: 7',
        at('_field_caps', (all) => ({ ...all, indices: [7] })),
      ],
      [
        'a field whose type is text',
        INDEX,
        'unexpected fields[]: text',
        at('_field_caps', (all) => ({ ...all, fields: { eventName: { keyword: 'yes' } } })),
      ],
      [
        'fields of some indices only',
        INDEX,
        'the fields of x cannot be read (error)',
        at('_field_caps', (all) => ({ ...all, failed_indices: 1, failures: [{ indices: ['x'] }] })),
      ],
      ['a count as text', INDEX, 'unexpected count: text', at('_count', () => ({ ...none, count: '7' }))],
      ['a count below zero', INDEX, 'unexpected count: -1', at('_count', () => ({ ...none, count: -1 }))],
      ['a count without its shards', INDEX, 'the answer has no _shards', at('_count', () => ({ count: 7 }))],
      [
        'a count of nothing, beside documents',
        INDEX,
        'the counts by index add up to 0 of',
        (answer, { path }) => {
          if (path.includes('_count')) return { ...none, count: 0 };
          return 'aggregations' in answer
            ? { ...answer, aggregations: { indices: { buckets: [] } } }
            : answer;
        },
      ],
      [
        'counts without an index',
        `${INDEX}*`,
        'the counts by index add up to 1 of',
        (answer) => {
          const { indices } = (answer['aggregations'] ?? {}) as { indices?: { buckets: JsonObject[] } };
          return indices === undefined
            ? answer
            : { ...answer, aggregations: { indices: { buckets: indices.buckets.slice(1) } } };
        },
      ],
      [
        'fields without an index',
        `${INDEX}*`,
        `counts documents of ${INDEX}-other, but lacks its fields`,
        at('_field_caps', (all) => ({ ...all, indices: [INDEX, 'gone'] })),
      ],
      ['a point in time that is a number', INDEX, 'unexpected id: 7', at('_pit', () => ({ id: 7 }))],
      ['no point in time', INDEX, 'the answer has no id', at('_pit', () => ({}))],
      [
        'a point in time of some shards',
        INDEX,
        '1 of 2 shards failed',
        at('_pit', (all) => ({ ...all, _shards: { total: 2, successful: 1, failed: 1 } })),
      ],
    ];
    it.each(cases)('%s', async (_, index, reason, change) => {
      proxy.change = change;
      await expect(ask(proxy.url, index, HASTY)).rejects.toThrow(reason);
    });

    it.each(['_field_caps', '_count', '_pit'])('a web page for %s', async (path) => {
      const headers = { 'content-type': 'text/html' };
      proxy.fault = (sent) =>
        sent.path.includes(path) ? { status: 200, body: '<html>Log in</html>', headers } : null;
      await expect(ask(proxy.url, INDEX, HASTY)).rejects.toThrow('the answer is a web page, not JSON');
    });

    it('a web page of another server', async () => {
      const headers = { 'content-type': 'text/html', 'x-elastic-product': '' };
      proxy.fault = () => ({ status: 200, body: '<html>Log in</html>', headers });
      await expect(ask(proxy.url, INDEX, HASTY)).rejects.toThrow('is not Elasticsearch 8 or newer');
    });
  });

  it.each(['"7"', '{"version":{}}', '{"version":7}', '[]', 'null', '<html>'])(
    'that says %s of itself is described without a name',
    async (body) => {
      proxy.fault = ({ path, method }) =>
        method === 'GET' && (path === '/' || path.includes('_settings')) ? { status: 200, body } : null;
      const answers = await ask(proxy.url, INDEX);
      expect(questions(answers)).toEqual(questions(whole));
      expect(answers.notes.server?.cluster).toBeNull();
      expect(answers.notes.server?.indices?.map(({ name, uuid }) => [name, uuid])).toEqual([[INDEX, null]]);
      const request = { period: PERIOD, accountIds: [A, B], concurrency: 2 };
      const config = elasticsearchConfig(proxy.url, INDEX, 'keyword');
      expect(await inspectElasticsearch(config, request)).toMatchObject({
        where: expect.stringContaining('(unknown version)') as string,
      });
    },
  );

  describe('whose state is not known', () => {
    const config = (): ElasticsearchConfig => elasticsearchConfig(proxy.url, INDEX, 'keyword');
    const indexIn = (answer: JsonObject): JsonObject =>
      (answer['indices'] as JsonObject)[INDEX] as JsonObject;
    const withIndex =
      (change: (index: JsonObject) => JsonObject) =>
      (answer: JsonObject): JsonObject => ({ ...answer, indices: { [INDEX]: change(indexIn(answer)) } });
    const withCopies = (change: (copy: JsonObject) => JsonObject): FaultProxy['change'] =>
      withIndex((index) => {
        const shards = Object.entries(index['shards'] as Record<string, JsonObject[]>);
        return { ...index, shards: Object.fromEntries(shards.map(([n, copies]) => [n, copies.map(change)])) };
      });

    it('is told from one whose state is', async () => {
      expect(await indexState(config())).not.toBeNull();
    });

    it.each<[string, FaultProxy['change']]>([
      ['no indices', (answer) => ({ ...answer, indices: {} })],
      ['indices in a list', (answer) => ({ ...answer, indices: [] })],
      ['no shards', withIndex((index) => ({ ...index, shards: {} }))],
      ['shards without copies', withIndex((index) => ({ ...index, shards: { 0: [] } }))],
      ['no primaries', withCopies((copy) => ({ ...copy, routing: { primary: 'true' } }))],
      ['a sequence number as text', withCopies((copy) => ({ ...copy, seq_no: { max_seq_no: '7' } }))],
      ['no number of documents', withCopies((copy) => ({ ...copy, docs: {} }))],
      ['an id that is a number', withIndex((index) => ({ ...index, uuid: 7 }))],
      ['failed shards as text', (answer) => ({ ...answer, _shards: { total: 2, failed: 'none' } })],
      ['no word of failed shards', ({ indices }) => ({ indices })],
    ])('%s', async (_, change) => {
      proxy.change = change;
      expect(await indexState(config())).toBeNull();
    });
  });

  describe('that redirects', () => {
    let elsewhere: Server;
    const arrived: IncomingMessage[] = [];
    beforeAll(async () => {
      elsewhere = createServer((request, response) => {
        arrived.push(request);
        response
          .writeHead(200, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' })
          .end('{}');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => {
      expect(arrived).toEqual([]);
    });
    afterAll(() => elsewhere.close());
    const host = (): string => `127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
    const redirect = (status: number, body = ''): Fault => ({
      status,
      body,
      headers: { location: `http://${host()}/login?token=hunter2` },
    });

    it.each([301, 302, 303, 307, 308])('with %d is an error, and is not followed', async (status) => {
      proxy.fault = () => redirect(status);
      const auth = { kind: 'basic', username: 'hannah', password: 'hunter3' } as const;
      const config = { ...elasticsearchConfig(proxy.url, INDEX, 'keyword'), auth };
      const request = { period: PERIOD, accountIds: [A, B], concurrency: 2 };
      const error: unknown = await inspectElasticsearch(config, request, HASTY).catch(
        (reason: unknown) => reason,
      );
      expect(String(error)).toContain(
        `redirects the request to ${host()} (status ${String(status)}). Redirects are not followed`,
      );
      expect(String(error)).not.toContain('hunter');
    });

    it('to a path of its own names no path', async () => {
      proxy.fault = () => ({ status: 302, headers: { location: '/login?token=hunter2' } });
      await expect(ask(proxy.url, INDEX, HASTY)).rejects.toThrow(
        /redirects the request to another path \(status 302\)/,
      );
    });

    it('without a place is one too', async () => {
      proxy.fault = () => ({ status: 304 });
      await expect(ask(proxy.url, INDEX, HASTY)).rejects.toThrow(/redirects the request \(status 304\)/);
    });

    it('in the middle makes the account concerned incomplete, whatever comes with it', async () => {
      const shards = { total: 1, successful: 1, skipped: 0, failed: 0 };
      const nothing = {
        took: 1,
        timed_out: false,
        _shards: shards,
        hits: { total: { value: 0, relation: 'eq' }, hits: [] },
        aggregations: { times: { buckets: [] }, groups: { buckets: [] } },
      };
      proxy.fault = (sent) =>
        isSearch(sent) && isAbout(B, sent) ? redirect(302, JSON.stringify(nothing)) : null;
      expectOnlyB(
        await ask(proxy.url, INDEX, HASTY),
        whole,
        `redirects the request to ${host()} (status 302)`,
      );
    });
  });

  it('whose answers never end is given up', async () => {
    proxy.fault = ({ path }) => (path.includes('_field_caps') ? { delay: 60_000 } : null);
    const begun = Date.now();
    await expect(ask(proxy.url, INDEX, { ...HASTY, requestTimeout: 500, attempts: 2 })).rejects.toThrow(
      'no answer before the timeout',
    );
    expect(Date.now() - begun).toBeLessThan(10_000);
  });
});
