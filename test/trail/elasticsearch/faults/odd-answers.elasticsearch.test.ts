import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { FaultProxy, type Fault, type Sent } from '../../../support/elasticsearch/fault-proxy.js';
import { indexRecords, type JsonObject } from '../../../support/elasticsearch/index-records.js';
import { questions, type Answers } from '../../contract/engines.js';
import { A, B, contractRecords, record } from '../../contract/records.js';
import { ask, everyNth, expectOnlyB, HASTY, isAbout, isSearch } from './support.js';

const url = inject('elasticsearchUrl');
const INDEX = 'faults-odd';

type Change = (answer: JsonObject) => JsonObject;
type Bucket = JsonObject & { readonly key: JsonObject };

const isComposite = ({ body }: Sent): boolean => body.includes('"composite"');
const isLater = ({ body }: Sent): boolean => /"after":|"search_after":/.test(body);
/** A search without what says which page it is for, and at what point in time. */
const queryOf = ({ body }: Sent): string =>
  body.replace(/"pit":\{[^}]*\}/, '').replace(/,?"(after|search_after)":(\{[^}]*\}|\[[^\]]*\])/, '');

const groupsOf = (answer: JsonObject): { buckets: Bucket[]; after_key?: JsonObject } =>
  (answer['aggregations'] as { groups: { buckets: Bucket[] } }).groups;
const hitsOf = (answer: JsonObject): { total: JsonObject; hits: JsonObject[] } =>
  answer['hits'] as { total: JsonObject; hits: JsonObject[] };

const withGroups =
  (change: (groups: ReturnType<typeof groupsOf>) => JsonObject): Change =>
  (answer) => ({ ...answer, aggregations: { groups: change(groupsOf(answer)) } });
/** Changes the last bucket, of a page that has one. */
const withBucket = (change: (bucket: Bucket) => JsonObject): Change =>
  withGroups((groups) => ({
    ...groups,
    buckets: groups.buckets.map((bucket, at) => (at === groups.buckets.length - 1 ? change(bucket) : bucket)),
  }));
const withCount = (doc_count: unknown): Change => withBucket((bucket) => ({ ...bucket, doc_count }));
const withHits =
  (change: JsonObject): Change =>
  (answer) => ({
    ...answer,
    hits: { ...hitsOf(answer), ...change },
  });
const without =
  (name: string): Change =>
  (answer) => ({ ...answer, [name]: undefined });

describe.skipIf(url === '')('an answer that no server gives', () => {
  let proxy: FaultProxy;
  let whole: Answers;
  beforeAll(async () => {
    const more = Array.from({ length: 30 }, (_, at) =>
      record({ recipientAccountId: B, eventName: `Get${String(at)}`, eventID: `more-${String(at)}` }),
    );
    const named = [
      record({ recipientAccountId: B, resources: [{ ARN: 'arn:aws:s3:::b' }] }),
      record({ recipientAccountId: B, requestParameters: { bucketName: 'b' } }),
    ];
    await indexRecords(url, INDEX, [...contractRecords(), ...more, ...named], 'keyword', 2);
    proxy = await FaultProxy.start(url);
    whole = await ask(url, INDEX);
  });
  afterEach(() => {
    proxy.heal();
  });
  afterAll(() => proxy.stop());

  /** Spoils the answers to some searches about account B. */
  const spoil = (change: Change, isSpoiled: (sent: Sent) => boolean): void => {
    proxy.change = (answer, sent) =>
      isSearch(sent) && isAbout(B, sent) && isSpoiled(sent) ? change(answer) : answer;
  };

  describe('by its shape', () => {
    const groups: [string, string, Change][] = [
      ['no list of buckets', 'unexpected buckets: null', withGroups((all) => ({ ...all, buckets: null }))],
      ['no buckets', 'have 0 of', withGroups(() => ({ buckets: [] }))],
      ['no groups', 'the answer has no groups', (answer) => ({ ...answer, aggregations: {} })],
      ['no aggregations', 'the answer has no aggregations', without('aggregations')],
      ['a count as text', 'unexpected doc_count: text', withCount('1')],
      ['a count below zero', 'unexpected doc_count: -1', withCount(-1)],
      ['a count of halves', 'unexpected doc_count: 1.5', withCount(1.5)],
      ['a count that is lost', 'unexpected doc_count: null', withCount(null)],
      ['a key that is text', 'unexpected key: text', withBucket((bucket) => ({ ...bucket, key: 'x' }))],
      [
        'a value of a key that is a number',
        'unexpected key: 7',
        withBucket((bucket) => ({ ...bucket, key: { ...bucket.key, f0: 7 } })),
      ],
      [
        'a value of a key that is missing',
        'the answer has no key',
        withBucket((bucket) => ({ ...bucket, key: without('f0')(bucket.key) })),
      ],
      [
        'a time as text',
        'unexpected first: text',
        withBucket((b) => ({ ...b, first: { value: '2026-07-02' } })),
      ],
      ['no time', 'unexpected last: null', withBucket((bucket) => ({ ...bucket, last: { value: null } }))],
    ];
    // The other groups come without times.
    const hasTimes = ({ body }: Sent): boolean => body.includes('"first":{"min"');
    it.each(groups)('%s', async (_, reason, change) => {
      spoil(change, (sent) => isComposite(sent) && hasTimes(sent));
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, reason);
    });

    const any: [string, string, Change][] = [
      ['no total', 'the answer has no hits.total', withHits({ total: undefined })],
      ['a total as text', 'unexpected hits.total: text', withHits({ total: { value: '7', relation: 'eq' } })],
      ['a total that is a number', 'unexpected hits.total: 7', withHits({ total: 7 })],
      [
        'a lower bound of the total',
        'hits.total of the answer is not exact',
        withHits({ total: { value: 7, relation: 'gte' } }),
      ],
      ['no list of hits', 'unexpected hits.hits: an object', withHits({ hits: {} })],
      [
        'hits that nobody asked for',
        'hits, not the',
        withHits({ hits: Array.from({ length: 50 }, () => ({ _index: 'x' })) }),
      ],
      ['no shards', 'the answer has no _shards', without('_shards')],
      [
        'shards as text',
        'unexpected _shards.failed: text',
        (answer) => ({ ...answer, _shards: { failed: '0' } }),
      ],
      [
        'a shard that said nothing',
        '1 of 2 shards answered',
        (answer) => ({ ...answer, _shards: { total: 2, successful: 1, failed: 0 } }),
      ],
      ['no time that it took', 'the answer has no took', without('took')],
      ['a time that it took as text', 'unexpected took: text', (answer) => ({ ...answer, took: '3' })],
      ['a point in time that is a number', 'unexpected pit_id: 7', (answer) => ({ ...answer, pit_id: 7 })],
    ];
    it.each(any)('%s', async (_, reason, change) => {
      spoil(change, () => true);
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, reason);
    });

    const html = { 'content-type': 'text/html' };
    const bodies: [string, string, Fault][] = [
      ['a web page', 'is a web page, not JSON', { status: 200, body: '<html>Log in</html>', headers: html }],
      ['nothing', 'is empty', { status: 200, body: '' }],
      ['text', 'is text, not JSON', { status: 200, body: 'ok', headers: { 'content-type': 'text/plain' } }],
      ['a list', 'is a list, not an object', { status: 200, body: '[{}]' }],
      ['null', 'is null, not an object', { status: 200, body: 'null' }],
    ];
    it.each(bodies)('%s', async (_, reason, fault) => {
      proxy.fault = (sent) => (isSearch(sent) && isAbout(B, sent) ? fault : null);
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, reason);
    });

    it('is asked for again', async () => {
      const isSpoiled = everyNth(3);
      proxy.change = (answer, sent) => (isSpoiled(sent) ? without('hits')(answer) : answer);
      const answers = await ask(proxy.url, INDEX);
      expect(answers.notes.incomplete).toEqual([]);
      expect(questions(answers)).toEqual(questions(whole));
    });
  });

  describe('by what it lacks', () => {
    it('a group', async () => {
      spoil(
        withGroups((groups) => ({ ...groups, buckets: groups.buckets.slice(1) })),
        (sent) => isComposite(sent) && isLater(sent),
      );
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, 'the groups have');
    });

    it('the pages after the first', async () => {
      spoil(
        withGroups((groups) => ({
          ...groups,
          buckets: groups.buckets.slice(0, 3),
          after_key: groups.buckets[2]?.key,
        })),
        isComposite,
      );
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, 'the groups have');
    });

    it('a day of the histogram by which time is divided', async () => {
      spoil(
        (answer) => {
          const { times } = answer['aggregations'] as { times: { buckets: JsonObject[] } };
          return { ...answer, aggregations: { times: { buckets: times.buckets.slice(1) } } };
        },
        ({ body }) => body.includes('"times"'),
      );
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, 'the groups have');
    });

    it('a day, without a word of it in the total', async () => {
      spoil(
        (answer) => {
          const { times } = answer['aggregations'] as { times: { buckets: { doc_count: number }[] } };
          const left = times.buckets.slice(1);
          const value = left.reduce((sum, { doc_count }) => sum + doc_count, 0);
          const hits = { ...hitsOf(answer), total: { value, relation: 'eq' } };
          return { ...answer, hits, aggregations: { times: { buckets: left } } };
        },
        ({ body }) => body.includes('"times"'),
      );
      const { notes } = await ask(proxy.url, INDEX, HASTY);
      expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([B]);
      expect(notes.incomplete[0]?.reason).toMatch(/the days have \d+ of \d+ matching documents/);
    });

    it('a whole account, without a word of it', async () => {
      spoil(
        ({ aggregations, ...answer }) => ({
          ...answer,
          hits: { ...hitsOf(answer), total: { value: 0, relation: 'eq' }, hits: [] },
          ...(aggregations === undefined
            ? {}
            : { aggregations: { times: { buckets: [] }, groups: { buckets: [] } } }),
        }),
        () => true,
      );
      const { notes } = await ask(proxy.url, INDEX, HASTY);
      expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([null]);
      expect(notes.incomplete[0]?.reason).toMatch(/the accounts have \d+ of \d+ documents of the period/);
    });

    it.each(['listed', 'p0'])('the resources of calls that have some (%s)', async (name) => {
      // Groups of calls on resources, with the buckets of one list taken out of each.
      const emptied = (bucket: JsonObject): JsonObject =>
        Object.fromEntries(
          Object.entries(bucket).map(([key, inner]) => {
            if (key === name) return [key, { buckets: [] }];
            return [key, key === 'unlisted' ? emptied(inner as JsonObject) : inner];
          }),
        );
      spoil(
        withGroups((groups) => ({ ...groups, buckets: groups.buckets.map(emptied) })),
        ({ body }) => body.includes('"unlisted"'),
      );
      const reason = 'counts documents with resources, but lacks the resources';
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, reason);
    });

    it('documents to look into for fields that the index lacks', async () => {
      const isSample = ({ body }: Sent): boolean => body.includes('"_source":{"includes"');
      proxy.change = (answer, sent) => (isSample(sent) ? withHits({ hits: [] })(answer) : answer);
      const { notes } = await ask(proxy.url, INDEX, HASTY);
      expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([null]);
      expect(notes.incomplete[0]?.reason).toMatch(/may have fields that are not indexed: .* hits, not the/);
    });

    it('hits', async () => {
      const isRead = ({ body }: Sent): boolean => body.includes('_shard_doc');
      spoil((answer) => withHits({ hits: hitsOf(answer).hits.slice(1) })(answer), isRead);
      expectOnlyB(await ask(proxy.url, INDEX, HASTY), whole, 'hits, not the');
    });

    it('the last hits of several pages', async () => {
      proxy.change = (answer, sent) =>
        isSearch(sent) && sent.body.includes('_shard_doc') && isLater(sent)
          ? withHits({ hits: hitsOf(answer).hits.slice(0, -1) })(answer)
          : answer;
      const { notes } = await ask(proxy.url, INDEX, { ...HASTY, hitPageSize: 2 });
      expect(notes.incomplete.map(({ reason }) => reason).join()).toMatch(
        /the pages have \d+ of \d+ matching documents/,
      );
    });
  });

  describe('by pages that do not go on', () => {
    it('the first page of groups, again and again', async () => {
      const pages = new Map<string, JsonObject>();
      let searches = 0;
      proxy.change = (answer, sent) => {
        if (++searches > 3_000) throw new Error('there is no end');
        if (!isSearch(sent) || !isComposite(sent) || !isAbout(B, sent)) return answer;
        const first = pages.get(queryOf(sent));
        if (first === undefined) pages.set(queryOf(sent), answer);
        return isLater(sent) && first !== undefined ? first : answer;
      };
      expectOnlyB(
        await ask(proxy.url, INDEX, HASTY),
        whole,
        'buckets of the answer are repeated or out of order',
      );
    });

    it('an after_key that stays where it is', async () => {
      const sentKey = ({ body }: Sent): JsonObject | null =>
        JSON.parse(/"after":(\{[^}]*\})/.exec(body)?.[1] ?? 'null') as JsonObject | null;
      let searches = 0;
      proxy.change = (answer, sent) => {
        if (++searches > 3_000) throw new Error('there is no end');
        const after_key = isSearch(sent) && isAbout(B, sent) ? sentKey(sent) : null;
        if (after_key === null || groupsOf(answer).buckets.length === 0) return answer;
        return withGroups((groups) => ({ ...groups, after_key }))(answer);
      };
      expectOnlyB(
        await ask(proxy.url, INDEX, HASTY),
        whole,
        'after_key of the answer is not the key of its last bucket',
      );
    });

    it('the first page of hits, again and again', async () => {
      const pages = new Map<string, JsonObject>();
      let searches = 0;
      proxy.change = (answer, sent) => {
        if (++searches > 3_000) throw new Error('there is no end');
        if (!isSearch(sent) || !sent.body.includes('_shard_doc')) return answer;
        const first = pages.get(queryOf(sent));
        if (first === undefined) pages.set(queryOf(sent), answer);
        return isLater(sent) && first !== undefined ? first : answer;
      };
      const { notes } = await ask(proxy.url, INDEX, { ...HASTY, hitPageSize: 2 });
      expect(notes.incomplete.map(({ reason }) => reason).join()).toContain(
        'hits of the answer are repeated or out of order',
      );
    });
  });

  it('is told from one about documents with lists of values, and from odd texts', async () => {
    const lists = [
      record({
        eventName: ['ListBuckets', 'GetBucketAcl'],
        eventSource: ['s3.amazonaws.com', 'kms.amazonaws.com'],
      }),
      record({ recipientAccountId: [A, B] }),
      record({ errorCode: ['AccessDenied', 'Throttling'], eventID: ['a', 'b'] }),
      // In the order of UTF-16 the last two change places.
      ...['a', '\u{e000}', '\u{ff5e}', '\u{1f600}', ' ', 'Z', 'ä'].map((name) => record({ eventName: name })),
    ];
    await indexRecords(url, 'faults-lists', lists, 'keyword', 2);
    const { notes, activity } = await ask(url, 'faults-lists', { ...HASTY, pageSize: 2 });
    expect(notes.incomplete).toEqual([]);
    expect(activity.map(({ eventName }) => eventName)).toEqual(
      expect.arrayContaining(['GetBucketAcl', '\u{1f600}', '\u{ff5e}']),
    );
    await fetch(`${url}/faults-lists`, { method: 'DELETE' });
  });
});
