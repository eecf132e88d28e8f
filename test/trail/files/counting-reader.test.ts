import { expect, it } from 'vitest';
import { Collector } from '../../../src/trail/files/count/collector.js';
import { CountingReader } from '../../../src/trail/files/read/counting-reader.js';
import { tableRows } from '../../../src/trail/files/count/answer-rows.js';
import { JsonScanner } from '../../../src/trail/files/decode/json-scanner.js';
import { openStore } from '../../../src/trail/log-files/open-store.js';
import { ACCOUNT, folder, log, period, record, total } from './helpers.js';

const scope = { ...period, lookback: '2026-06-30T12:00:00Z', accountIds: [ACCOUNT] };
const NONE = new Int32Array(0);

it.each([
  ['at once', 0],
  ['when others were read', 3],
])('loses nothing where it begins anew and duplicates are told %s', async (_, late) => {
  // A reader resets its tables for a file that exceeds its memory, and again for the next small file.
  const large = 'x'.repeat(JsonScanner.CAPACITY);
  const root = await folder({
    'a.json': log(record(), record()),
    'b.json': log(record({ requestParameters: { large } })),
    'c.json': log(record(), record({ eventName: 'GetObject' })),
    'd.json': log(record()),
  });
  const reader = new CountingReader(openStore({ kind: 'folder', path: root }), scope);
  let waiting = 0;
  for (const name of ['a', 'b', 'c', 'd']) {
    expect((await reader.read(`${name}.json`)).ok).toBe(true);
    waiting += 1;
    if (waiting > late) {
      reader.count(NONE);
      waiting -= 1;
    }
  }
  for (; waiting > 0; waiting -= 1) reader.count(NONE);
  const collector = new Collector(scope);
  collector.merge(reader.finish());
  expect(total([...tableRows(collector.tables).activity()])).toBe(6);
  expect(collector.coverage([ACCOUNT], period)[0]?.events).toBe(6);
});
