import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ElasticsearchConfig } from '../../../src/config/types.js';
import { TrailError } from '../../../src/trail/errors.js';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import { indexRecords, type JsonObject } from '../../support/elasticsearch/index-records.js';
import { answersOf, elasticsearchConfig, questions, type Answers } from '../contract/engines.js';
import { A, B, contractRecords, PERIOD, record } from '../contract/records.js';

const url = inject('elasticsearchUrl');
const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
const QUICK = { retryDelay: 1, attempts: 4 };

async function messageOf(config: ElasticsearchConfig): Promise<string> {
  const error: unknown = await openElasticsearchTrail(config, request, QUICK).then(
    (trail) => trail.close(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TrailError);
  return error instanceof TrailError ? error.message : '';
}

it('names host and index of a server that does not answer, and no secrets', async () => {
  const message = await messageOf({
    ...elasticsearchConfig('http://hannah:hunter2@127.0.0.1:1', 'trail', 'keyword'),
  });
  expect(message).toContain('127.0.0.1:1');
  expect(message).toContain('index trail');
  expect(message).not.toContain('hunter2');
  expect(message).not.toContain('\n');
});

it('says that a certificate file is missing', async () => {
  const config = { ...elasticsearchConfig('https://127.0.0.1:1', 'trail', 'keyword'), ca: '/nowhere/ca.pem' };
  expect(await messageOf(config)).toContain('/nowhere/ca.pem');
});

describe.skipIf(url === '')('with a server', () => {
  beforeAll(async () => {
    await indexRecords(url, 'failures-trail', contractRecords(), 'keyword', 2);
  });

  it.each(['failures-missing', 'failures-missing-*'])('names the missing index %s', async (index) => {
    const message = await messageOf(elasticsearchConfig(url, index, 'keyword'));
    expect(message).toContain(index);
    expect(message).toContain(new URL(url).host);
  });

  it('says how to map a text field', async () => {
    await indexRecords(url, 'failures-text', [record({})], 'text');
    const message = await messageOf(elasticsearchConfig(url, 'failures-text', 'text'));
    expect(message).toMatch(/eventName .*type text.*keyword.*reindex/);
  });

  it('asks for key_prefix and timestamp_field where the fields are elsewhere', async () => {
    await indexRecords(url, 'failures-prefix', [record({})], 'prefixed');
    const config = elasticsearchConfig(url, 'failures-prefix', 'prefixed');
    expect(await messageOf({ ...config, keyPrefix: '' })).toContain('key_prefix');
    expect(await messageOf({ ...config, timestampField: 'nothing' })).toContain('timestamp_field');
    expect(await messageOf({ ...config, timestampField: 'json.eventName' })).toContain('timestamp_field');
  });

  it('refuses an index that holds a field without indexing it', async () => {
    const properties = {
      eventTime: { type: 'date' },
      eventSource: { type: 'keyword' },
      eventName: { type: 'keyword' },
    };
    await put('failures-unindexed', { mappings: { dynamic: false, properties } });
    await put('failures-unindexed/_doc/1?refresh=true', record({ errorCode: 'AccessDenied' }));
    expect(await messageOf(elasticsearchConfig(url, 'failures-unindexed', 'keyword'))).toMatch(
      /errorCode.*reindex/,
    );
  });

  it('answers from an empty index that there is nothing', async () => {
    await put('failures-empty', {});
    const trail = await openElasticsearchTrail(
      elasticsearchConfig(url, 'failures-empty', 'keyword'),
      request,
    );
    const answers = await answersOf(trail);
    expect(answers.activity).toEqual([]);
    expect(answers.assumptions).toEqual([]);
    expect(
      answers.coverage.map(({ accountId, events, emptyDays }) => [accountId, events, emptyDays.length]),
    ).toEqual([
      [A, 0, 7],
      [B, 0, 7],
    ]);
    expect(answers.notes.warnings.join()).toContain('no documents');
  });

  describe('in trouble', () => {
    let proxy: Proxy;
    let whole: Answers;
    beforeAll(async () => {
      proxy = await startProxy(url);
      whole = await ask(url);
    });
    afterEach(() => {
      proxy.spoil = () => null;
      proxy.change = (answer) => answer;
    });
    afterAll(() => proxy.stop());

    it.each([429, 502, 503, 504])('repeats a query that ended in %d', async (status) => {
      let left = 3;
      proxy.spoil = ({ path }) => (path.includes('_search') && left-- > 0 ? { status, body: '{}' } : null);
      const answers = await ask(proxy.url);
      expect(questions(answers)).toEqual(questions(whole));
      expect(answers.notes.incomplete).toEqual([]);
      expect(answers.notes.effort?.['retries']).toBe(3);
    });

    it('repeats a query whose connection broke', async () => {
      let left = 2;
      proxy.spoil = ({ path }) => (path.includes('_search') && left-- > 0 ? 'hang up' : null);
      expect(questions(await ask(proxy.url))).toEqual(questions(whole));
    });

    it('does not take an answer of part of the shards for the whole', async () => {
      let left = 2;
      proxy.change = (answer) =>
        answer['hits'] !== undefined && left-- > 0
          ? { ...answer, _shards: { total: 2, successful: 1, skipped: 0, failed: 1 } }
          : answer;
      const answers = await ask(proxy.url);
      expect(questions(answers)).toEqual(questions(whole));
      expect(answers.notes.effort?.['retries']).toBe(2);
    });

    it('halves pages that are too large for the server', async () => {
      const body = '{"error":{"type":"too_many_buckets_exception"},"status":400}';
      proxy.spoil = ({ path, body: sent }) => {
        const size = Number(/"composite":\{"size":(\d+)/.exec(sent)?.[1] ?? 0);
        return path.includes('_search') && size > 8 ? { status: 400, body } : null;
      };
      const answers = await ask(proxy.url);
      expect(questions(answers)).toEqual(questions(whole));
      expect(answers.notes.incomplete).toEqual([]);
    });

    it('marks exactly the account whose queries stay failed', async () => {
      proxy.spoil = ({ body }) =>
        body.includes(`"recipientAccountId":"${B}"`) ? { status: 503, body: '{}' } : null;
      const answers = await ask(proxy.url);
      expect(answers.notes.incomplete).toEqual([
        { accountId: B, reason: expect.stringContaining('status 503') as string },
      ]);
      const ofA = ({ activity }: Answers): unknown => activity.filter((row) => row.recipientAccountId === A);
      expect(ofA(answers)).toEqual(ofA(whole));
    });

    it.each([
      [401, 'credentials'],
      [403, 'view_index_metadata'],
    ])('explains status %d', async (status, word) => {
      proxy.spoil = () => ({ status, body: '{"error":{"type":"security_exception","reason":"hunter2"}}' });
      const config: ElasticsearchConfig = {
        ...elasticsearchConfig(proxy.url, 'failures-trail', 'keyword'),
        auth: { kind: 'basic', username: 'hannah', password: 'hunter2' },
      };
      const message = await messageOf(config);
      expect(message).toContain(word);
      expect(message).toContain('failures-trail');
      expect(message).not.toContain('hunter2');
    });
  });
});

async function ask(node: string): Promise<Answers> {
  const config = elasticsearchConfig(node, 'failures-trail', 'keyword');
  return answersOf(await openElasticsearchTrail(config, request, QUICK));
}

async function put(path: string, body: JsonObject): Promise<void> {
  if (!path.includes('/')) await fetch(`${url}/${path}`, { method: 'DELETE' });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/${path}`, { method: 'PUT', body: JSON.stringify(body), headers });
  expect(response.ok).toBe(true);
}

type Spoiled = { readonly status: number; readonly body: string } | 'hang up' | null;

/** Stands before the server and spoils answers as a test says. */
interface Proxy {
  readonly url: string;
  spoil: (sent: { readonly path: string; readonly body: string }) => Spoiled;
  change: (answer: JsonObject) => JsonObject;
  stop(): Promise<void>;
}

async function startProxy(target: string): Promise<Proxy> {
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const path = request.url ?? '/';
    const spoiled = proxy.spoil({ path, body });
    const headers = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
    if (spoiled === 'hang up') {
      request.socket.destroy();
      return;
    }
    if (spoiled !== null) {
      response.writeHead(spoiled.status, headers).end(spoiled.body);
      return;
    }
    const { accept = 'application/json', 'content-type': type = 'application/json' } = request.headers;
    const answer = await fetch(`${target}${path}`, {
      method: request.method ?? 'GET',
      headers: body === '' ? { accept } : { accept, 'content-type': type },
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    const changed = text.startsWith('{')
      ? JSON.stringify(proxy.change(JSON.parse(text) as JsonObject))
      : text;
    response.writeHead(answer.status, headers).end(changed);
  };
  const server: Server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const proxy: Proxy = {
    url: `http://127.0.0.1:${String(port)}`,
    spoil: () => null,
    change: (answer) => answer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return proxy;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
