import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { openElasticsearchTrail } from '../../../../src/trail/elasticsearch/open.js';
import { FaultProxy } from '../../../support/elasticsearch/fault-proxy.js';
import { indexRecords } from '../../../support/elasticsearch/index-records.js';
import { startRestartable } from '../../../support/elasticsearch/server.js';
import { elasticsearchConfig, questions } from '../../contract/engines.js';
import { A, B, contractRecords, PERIOD, record } from '../../contract/records.js';
import { ask, everyNth, isSearch } from './support.js';

const url = inject('elasticsearchUrl');

describe.skipIf(url === '')('a server that is killed and started again in the middle of the run', () => {
  it('changes no answer', async () => {
    const server = await startRestartable();
    if (server === null) throw new Error('no Java for a second server');
    const proxy = await FaultProxy.start(server.url);
    try {
      await indexRecords(server.url, 'restart-trail', contractRecords(), 'keyword', 2);
      const whole = await ask(server.url, 'restart-trail', {});
      let searches = 0;
      let restarted: Promise<void> | undefined;
      proxy.fault = async (sent) => {
        if (!isSearch(sent) || ++searches !== 25) return null;
        await server.kill();
        restarted = server.start();
        return 'hang up';
      };
      const answers = await ask(proxy.url, 'restart-trail', { retryDelay: 50, patience: 300_000 });
      await restarted;
      expect(searches).toBeGreaterThan(30);
      expect(answers.notes.incomplete).toEqual([]);
      expect(questions(answers)).toEqual(questions(whole));
    } finally {
      await proxy.stop();
      await server.stop();
    }
  }, 600_000);
});

describe.skipIf(url === '')('an index', () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start(url);
    return () => proxy.stop();
  });
  afterEach(() => {
    proxy.heal();
  });

  it.each(['deleted-a', 'deleted-*'])('deleted between pages makes all of %s incomplete', async (pattern) => {
    await indexRecords(url, 'deleted-a', contractRecords(), 'keyword', 2);
    await indexRecords(url, 'deleted-b', [record({})], 'keyword');
    let isDeleted = false;
    const isNow = everyNth(20);
    proxy.fault = async (sent) => {
      if (isDeleted || !isNow(sent)) return null;
      isDeleted = true;
      await fetch(`${url}/deleted-a`, { method: 'DELETE' });
      return null;
    };
    const { notes } = await ask(proxy.url, pattern);
    await fetch(`${url}/deleted-b`, { method: 'DELETE' });
    expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([null, A, B]);
    for (const { reason } of notes.incomplete)
      expect(reason).toMatch(/does not exist|has 1 event of the period; it had \d+/);
  });

  it('that is red from the beginning is an error, also beside a whole one', async () => {
    await indexRecords(url, 'red-whole', [record({})], 'keyword');
    const nowhere = { 'index.routing.allocation.require._name': 'nowhere' };
    await fetch(`${url}/red-broken`, { method: 'DELETE' });
    await fetch(`${url}/red-broken?wait_for_active_shards=0`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ settings: { ...nowhere, number_of_replicas: 0 } }),
    });
    const request = { period: PERIOD, accountIds: [A], concurrency: 2 };
    for (const pattern of ['red-broken', 'red-*']) {
      const config = elasticsearchConfig(url, pattern, 'keyword');
      await expect(openElasticsearchTrail(config, request, { retryDelay: 5 })).rejects.toThrow(
        /no_shard_available|shards failed/,
      );
    }
    await fetch(`${url}/red-broken`, { method: 'DELETE' });
  });

  it('that takes in new logs after its point in time was lost is read on', async () => {
    await indexRecords(url, 'growing', contractRecords(), 'keyword', 2);
    const whole = await ask(url, 'growing');
    let isLost = false;
    const isNow = everyNth(30);
    proxy.fault = async (sent) => {
      if (isLost || !isNow(sent)) return null;
      isLost = true;
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(record({ eventID: 'late', eventName: 'GetLateArrival' }));
      await fetch(`${url}/growing/_doc?refresh=true`, { method: 'POST', headers, body });
      const { pit } = JSON.parse(sent.body) as { pit: { id: string } };
      await fetch(`${url}/_pit`, { method: 'DELETE', headers, body: JSON.stringify({ id: pit.id }) });
      return null;
    };
    const answers = await ask(proxy.url, 'growing');
    expect(answers.notes.incomplete).toEqual([]);
    expect(answers.notes.warnings.join()).toContain('1 more event');
    const withoutLate = answers.activity.filter(({ eventName }) => eventName !== 'GetLateArrival');
    expect(withoutLate).toEqual(whole.activity);
    await fetch(`${url}/growing`, { method: 'DELETE' });
  });
});
