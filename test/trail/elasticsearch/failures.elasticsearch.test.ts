import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ElasticsearchConfig } from '../../../src/config/types.js';
import { TrailError } from '../../../src/trail/errors.js';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import { FaultProxy } from '../../support/elasticsearch/fault-proxy.js';
import { indexRecords, type JsonObject } from '../../support/elasticsearch/index-records.js';
import { answersOf, elasticsearchConfig } from '../contract/engines.js';
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

  describe('that refuses', () => {
    let proxy: FaultProxy;
    beforeAll(async () => {
      proxy = await FaultProxy.start(url);
    });
    afterAll(() => proxy.stop());

    it.each([
      [401, 'credentials'],
      [403, 'view_index_metadata'],
    ])('explains status %d', async (status, word) => {
      proxy.fault = () => ({ status, body: '{"error":{"type":"security_exception","reason":"hunter2"}}' });
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

async function put(path: string, body: JsonObject): Promise<void> {
  if (!path.includes('/')) await fetch(`${url}/${path}`, { method: 'DELETE' });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/${path}`, { method: 'PUT', body: JSON.stringify(body), headers });
  expect(response.ok).toBe(true);
}
