import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { runIngest } from '../../src/commands/ingest.js';
import type { IngestResult } from '../../src/ingest/ingest.js';
import { FaultProxy, type Fault } from '../support/elasticsearch/fault-proxy.js';
import type { JsonObject } from '../support/elasticsearch/index-records.js';
import { record } from '../trail/contract/records.js';
import { folderOf, removeIndex } from './support.js';

const url = inject('elasticsearchUrl');
const INDEX = 'ingest-odd';
const EVENTS = 40;

describe.skipIf(url === '')('ingest through a fault', () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start(url);
  });
  afterEach(async () => {
    proxy.heal();
    await removeIndex(url, INDEX);
  });
  afterAll(() => proxy.stop());

  const logs = folderOf({
    'a.json': JSON.stringify({ Records: Array.from({ length: EVENTS }, () => record({})) }),
  });
  function run(...lines: string[]): Promise<IngestResult> {
    const source = ['elasticsearch:', `node: ${proxy.url}`, `index: ${INDEX}`, ...lines].join('\n  ');
    const accounts = `accounts:\n  - { name: a, id: '111111111111', iam: details.json }\n`;
    return runIngest({
      config: join(folderOf({ 'config.yaml': `${source}\n${accounts}` }), 'config.yaml'),
      folders: [logs],
      concurrency: 2,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
  }
  const hasty = (): Promise<IngestResult> => run('retry_for: 100ms');

  type Items = readonly { readonly create: JsonObject }[];
  const withItems = (change: (items: Items) => unknown, errors?: unknown): void => {
    proxy.change = (answer, { path }) =>
      path.startsWith(`/${INDEX}/_bulk`)
        ? { ...answer, items: change(answer['items'] as Items), ...(errors === undefined ? {} : { errors }) }
        : answer;
  };
  const each = (change: JsonObject) => (items: Items) =>
    items.map(({ create }) => ({ create: { ...create, ...change } }));

  it.each<[string, string, (items: Items) => unknown, unknown?]>([
    ['no items', 'the answer has no items', () => undefined],
    ['items that are null', 'unexpected items: null', () => null],
    ['an empty list', `has 0 items for ${String(EVENTS)} documents`, () => []],
    [
      'an item too few',
      `has ${String(EVENTS - 1)} items for ${String(EVENTS)} documents`,
      (items) => items.slice(1),
    ],
    ['an item too many', `has ${String(EVENTS + 1)} items for`, (items) => [...items, ...items.slice(-1)]],
    ['items that are text', 'unexpected items[]: text', (items) => items.map(() => 'ok')],
    [
      'items of another action',
      'the answer has no create',
      (items) => items.map(({ create }) => ({ index: create })),
    ],
    ['a status as text', 'unexpected status: text', each({ status: '201' })],
    ['no status', 'the answer has no status', each({ status: undefined })],
    [
      'items in another order',
      'an item of the answer is about another document',
      (items) => [...items].reverse(),
    ],
    ['no word of errors', 'unexpected errors: null', (items) => items, null],
    ['errors that are none', 'unexpected errors: true', (items) => items, true],
    ['a refusal without errors', 'unexpected errors: false', each({ status: 503 })],
  ])('that answers with %s ends', async (_, reason, change, errors) => {
    withItems(change, errors);
    await expect(hasty()).rejects.toThrow(reason);
  });

  it('that answers oddly once goes on', async () => {
    let left = 1;
    withItems((items) => (left-- > 0 ? [] : items));
    expect(await run()).toMatchObject({ documents: EVENTS, sent: { refused: { count: 0 } } });
  });

  it.each<[string, Fault | null]>([
    ['request', { status: 429 }],
    ['document', null],
  ])('that refuses every %s with 429 ends', async (_, fault) => {
    let requests = 0;
    proxy.fault = ({ path }) => {
      if (!path.startsWith(`/${INDEX}/_bulk`)) return null;
      requests += 1;
      return fault;
    };
    withItems(each({ status: 429, error: { type: 'es_rejected_execution_exception' } }), true);
    await expect(run('retry_for: 2s')).rejects.toThrow('status 429');
    expect(requests).toBeGreaterThan(1);
  });

  it('whose answer never ends is given up', async () => {
    proxy.fault = ({ path }) => (path.includes('/_bulk') ? { delay: 60_000 } : null);
    await expect(run('retry_for: 100ms', 'request_timeout: 500ms')).rejects.toThrow(
      'no answer before the timeout',
    );
  });

  it('that redirects is an error, also where no body is expected', async () => {
    proxy.fault = () => ({ status: 302, headers: { location: 'https://login.example.com/?t=hunter2' } });
    await expect(hasty()).rejects.toThrow(/redirects the request to login\.example\.com \(status 302\)/);
  });

  it.each<[string, string, (answer: JsonObject) => JsonObject]>([
    ['_index_template', 'unexpected acknowledged: false', () => ({ acknowledged: false })],
    ['_count', 'unexpected count: text', (answer) => ({ ...answer, count: '40' })],
    ['_count', `has 3 documents, but ${String(EVENTS)} were created`, (answer) => ({ ...answer, count: 3 })],
  ])('that answers %s oddly ends', async (path, reason, change) => {
    proxy.change = (answer, sent) => (sent.path.includes(path) ? change(answer) : answer);
    await expect(hasty()).rejects.toThrow(reason);
  });

  it.each([{}, { [INDEX]: {} }, { [INDEX]: null }])('that describes an index as %j ends', async (mapping) => {
    await fetch(`${url}/${INDEX}`, { method: 'PUT' });
    proxy.change = (answer, { path }) => (path.includes('_mapping') ? mapping : answer);
    await expect(hasty()).rejects.toThrow(/the answer has (no|an unexpected index)/);
  });
});
