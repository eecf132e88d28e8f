import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { FaultProxy, type Fault, type Sent } from '../../../support/elasticsearch/fault-proxy.js';
import { indexRecords, type JsonObject } from '../../../support/elasticsearch/index-records.js';
import { questions, type Answers } from '../../contract/engines.js';
import { A, B, contractRecords } from '../../contract/records.js';
import { ask, everyNth, expectOnlyB, HASTY, isAbout, isSearch, SMALL } from './support.js';

const url = inject('elasticsearchUrl');
const INDEX = 'faults-trail';
const error = (type: string): string => JSON.stringify({ error: { type, reason: 'a test' } });

const partly = (answer: JsonObject): JsonObject => ({
  ...answer,
  _shards: { total: 2, successful: 1, skipped: 0, failed: 1 },
});

describe.skipIf(url === '')('a request that fails', () => {
  let proxy: FaultProxy;
  let whole: Answers;
  beforeAll(async () => {
    await indexRecords(url, INDEX, contractRecords(), 'keyword', 2);
    proxy = await FaultProxy.start(url);
    whole = await ask(url, INDEX);
  });
  afterEach(() => {
    proxy.heal();
  });
  afterAll(() => proxy.stop());

  const expectWhole = (answers: Answers): void => {
    expect(answers.notes.incomplete).toEqual([]);
    expect(questions(answers)).toEqual(questions(whole));
    expect(answers.notes.effort?.['retries'] ?? 0).toBeGreaterThan(0);
  };

  describe('and passes when it is repeated', () => {
    const faults: [string, Fault][] = [
      ['too many requests', { status: 429, body: error('es_rejected_execution_exception') }],
      ['a gateway without a server', { status: 502, body: '<html>Bad Gateway</html>' }],
      ['a closed connection', 'hang up'],
      ['a reset in the middle of the answer', 'reset'],
      ['a truncated answer', 'truncate'],
      ['a circuit breaker', { status: 429, body: error('circuit_breaking_exception') }],
      ['a login page', { status: 200, body: '<html>Log in</html>', headers: { 'x-elastic-product': '' } }],
    ];
    it.each(faults)('%s', async (_, fault) => {
      const isSpoiled = everyNth(3);
      proxy.fault = (sent) => (isSpoiled(sent) ? fault : null);
      expectWhole(await ask(proxy.url, INDEX));
    });

    const changes: [string, (answer: JsonObject) => JsonObject][] = [
      ['a failed shard', partly],
      ['a timeout on the server', (answer) => ({ ...answer, timed_out: true, hits: { hits: [] } })],
      ['a remote cluster that was skipped', (answer) => ({ ...answer, _clusters: { skipped: 1 } })],
      ['JSON of something else', () => ({ ok: true })],
    ];
    it.each(changes)('%s', async (_, change) => {
      const isSpoiled = everyNth(3);
      proxy.change = (answer, sent) => (isSpoiled(sent) ? change(answer) : answer);
      expectWhole(await ask(proxy.url, INDEX));
    });

    it('an answer that takes too long, its headers come at once', async () => {
      let left = 3;
      proxy.fault = (sent) => (isSearch(sent) && left-- > 0 ? { delay: 30_000 } : null);
      expectWhole(await ask(proxy.url, INDEX, { ...SMALL, requestTimeout: 2_000 }));
    });

    it('a server that is not ready for a while', async () => {
      const until = Date.now() + 3_000;
      proxy.fault = (sent) =>
        isSearch(sent) && Date.now() < until ? { status: 503, body: error('cluster_block_exception') } : null;
      const answers = await ask(proxy.url, INDEX);
      expect(questions(answers)).toEqual(questions(whole));
      expect(answers.notes.incomplete).toEqual([]);
    });

    it('points in time that are lost between pages', async () => {
      const isSpoiled = everyNth(20);
      proxy.fault = async (sent) => {
        if (isSpoiled(sent)) await closePointInTime(sent);
        return null;
      };
      expectWhole(await ask(proxy.url, INDEX));
    });
  });

  it('waits as long as a busy server asks for', async () => {
    // The first search is on its way alone.
    const times: number[] = [];
    proxy.fault = (sent) => {
      if (!isSearch(sent) || times.length > 2) return null;
      times.push(Date.now());
      return times.length > 2 ? null : { status: 429, headers: { 'retry-after': '1' } };
    };
    expectWhole(await ask(proxy.url, INDEX));
    const [first = 0, second = 0, third = 0] = times;
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(1_000);
  });

  it.each([
    ['too_many_buckets_exception', 400],
    ['circuit_breaking_exception', 429],
  ])('is made smaller after a %s', async (type, status) => {
    const sizes = new Set<number>();
    proxy.fault = ({ body }) => {
      const size = Number(/"composite":\{"size":(\d+)/.exec(body)?.[1] ?? 0);
      sizes.add(size);
      return size > 5 ? { status, body: error(type) } : null;
    };
    expectWhole(await ask(proxy.url, INDEX));
    expect([...sizes]).toEqual(expect.arrayContaining([20, 10, 5]));
  });

  describe('and does not pass', () => {
    const lasting: [string, string, (sent: Sent) => Fault][] = [
      ['refusals', 'status 429', () => ({ status: 429 })],
      ['refusals of credentials', 'status 401', () => ({ status: 401, body: error('security_exception') })],
      ['a truncated answer', 'not complete JSON', () => 'truncate'],
      ['a reset', 'connection failed', () => 'reset'],
    ];
    it.each(lasting)('marks exactly the account concerned after %s', async (_, reason, fault) => {
      proxy.fault = (sent) => (isAbout(B, sent) ? fault(sent) : null);
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, reason);
    });

    it('marks exactly the account of a failed shard', async () => {
      proxy.change = (answer, sent) => (isAbout(B, sent) && isSearch(sent) ? partly(answer) : answer);
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, '1 of 2 shards failed');
    });

    it('marks all accounts that are asked for together', async () => {
      proxy.fault = ({ body }) =>
        body.includes('"recipientAccountId":["') && body.includes('"composite"') ? 'reset' : null;
      const { notes } = await ask(proxy.url, INDEX, { ...HASTY, accountsApart: 0 });
      expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([A, B]);
    });

    it('asks no more of a server that has gone', async () => {
      let searches = 0;
      proxy.fault = (sent) => (isSearch(sent) && ++searches > 30 ? 'hang up' : null);
      const { notes } = await ask(proxy.url, INDEX, HASTY);
      expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([null, A, B]);
      for (const { reason } of notes.incomplete) expect(reason).toContain('the server does not answer');
      expect(searches).toBeLessThan(200);
    });

    it('ends with the deadline', async () => {
      let isLate = false;
      proxy.fault = (sent) => {
        isLate ||= sent.body.includes('composite');
        return isLate && isSearch(sent) ? { delay: 30_000 } : null;
      };
      const { notes } = await ask(proxy.url, INDEX, SMALL, { deadline: Date.now() + 8_000 });
      expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([null, A, B]);
      for (const { reason } of notes.incomplete)
        expect(reason).toContain('the deadline of the run has passed');
    });
  });
});

async function closePointInTime({ body }: Sent): Promise<void> {
  const { pit } = JSON.parse(body) as { pit: { id: string } };
  const headers = { 'content-type': 'application/json' };
  await fetch(`${url}/_pit`, { method: 'DELETE', headers, body: JSON.stringify({ id: pit.id }) });
}
