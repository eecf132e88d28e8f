import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../../scripts/wasm.mjs';
import { WASM_MODULE_BASE64 } from '../../../src/trail/files/decode/wasm-module.js';
import { ObjectShape, JsonScanner } from '../../../src/trail/files/decode/json-scanner.js';
import { WasmMemoryExhaustedError } from '../../../src/trail/files/decode/wasm-instance.js';

const MB = 1024 * 1024;
let scanner = new JsonScanner();
const shape = new ObjectShape({ first: 0, within: 1 }, { within: new ObjectShape({ second: 2 }) });

/** What is found at the slots of the shape. */
function found(text: string): (string | null)[] {
  const bytes = Buffer.from(text);
  if (bytes.length > scanner.capacity) scanner = new JsonScanner(bytes.length);
  const { positions: places } = scanner;
  const source = scanner.load(bytes);
  expect(scanner.readRecord(0, scanner.shape(shape), 3)).toBe(source.length);
  return [0, 1, 2].map((slot) => {
    const start = places[2 * slot] ?? -1;
    return start === -1 ? null : source.toString('utf8', start, places[2 * slot + 1]);
  });
}

it('is what assembly/main.ts says: npm run wasm', { timeout: 60_000 }, async () => {
  expect(await compile()).toBe(WASM_MODULE_BASE64);
});

it('finds values in files of any size, one after the other', () => {
  for (const size of [1, 5 * MB, 70 * MB, 10, 20 * MB]) {
    const long = `"${'x'.repeat(size)}"`;
    const within = `{"other":[${long}],"second":2}`;
    const values = found(`{"first" : ${long}, "within":${within}}`);
    expect(values[0] === long && values[1] === within).toBe(true);
    expect(values[2]).toBe('2');
  }
});

it('walks over one file after the other', () => {
  expect(found('{"within":{"second":[]}}')).toEqual([null, '{"second":[]}', '[]']);
  expect(found('{"first":1}')).toEqual(['1', null, null]);
  expect(() => new JsonScanner(10).load(Buffer.from('{"first":1}'))).toThrow(WasmMemoryExhaustedError);
});

it('takes the last of two keys, also where they are written with escapes', () => {
  expect(found('{"within":{"second":1},"f\\u0069rst":3,"within":{}}')).toEqual(['3', '{}', null]);
  expect(found('{"within":{"second":1},"\\u0077ithin":null,"first":0}')).toEqual(['0', 'null', null]);
  expect(found(`{"é${'\\u0041'.repeat(9000)}":1,"first":2}`)).toEqual(['2', null, null]);
});

it('remembers no more keys than it has room for', () => {
  const keys = Array.from(
    { length: 3000 },
    (_, i) => `"key ${String(i)} ${'k'.repeat(i % 50)}":${String(i)}`,
  );
  for (let time = 0; time < 3; time += 1)
    expect(found(`{${keys.join(',')},"first":true}`)).toEqual(['true', null, null]);
});

it('gives up at a million levels', () => {
  const skipped = (levels: number): number => {
    scanner.load(Buffer.from(`${'['.repeat(levels)}1${']'.repeat(levels)}`));
    return scanner.skipValue(0);
  };
  expect(skipped(1_000_000)).toBe(2_000_001);
  expect(() => skipped(1_000_001)).toThrow(RangeError);
  expect(() => found(`{"first":${'['.repeat(1_000_001)}`)).toThrow(RangeError);
  expect(found('{"first":1}')).toEqual(['1', null, null]);
});

const record = fc.record(
  {
    first: fc.json({ maxDepth: 1 }),
    second: fc.string({ maxLength: 40 }).map((text) => JSON.stringify(text)),
  },
  { requiredKeys: [] },
);

it('numbers tuples of values by their bytes, those that are not there too', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 40 }), (records) => {
      scanner.forget();
      const [pairs, mirrored] = [
        scanner.table([[0, 2]]),
        scanner.table([
          [2, 0],
          [0, 2],
        ]),
      ];
      const known = new Map<string, number>();
      for (const { first, second } of records) {
        const within = second === undefined ? '{}' : `{"second":${second}}`;
        found(first === undefined ? `{"within":${within}}` : `{"first":${first},"within":${within}}`);
        const key = JSON.stringify([first, second]);
        const number = known.get(key) ?? known.size;
        known.set(key, number);
        expect([pairs.intern(0), mirrored.intern(1)]).toEqual([number, number]);
      }
      const all = pairs.from(0);
      expect(Buffer.from(all.bytes).toString()).toBe(
        [...known.keys()].map((key) => (JSON.parse(key) as (string | null)[]).join('')).join(''),
      );
      expect(all.ends).toHaveLength(2 * known.size);
      expect(pairs.size).toBe(known.size);
    }),
  );
});

it('numbers many values, in the file or not, until there is no room for more', () => {
  scanner.forget();
  const table = scanner.values();
  const count = 20_000;
  const numbers = (): number[] =>
    Array.from({ length: count }, (_, i) => table.internBytes(Buffer.from(`"value ${String(i)}"`)));
  expect(numbers()).toEqual(Array.from({ length: count }, (_, i) => i));
  const text = `{"first":"value ${String(count - 1)}"}`;
  found(text);
  expect(table.internAt(9, text.length - 1)).toBe(count - 1);
  const { bytes, ends } = table.from(count - 2);
  expect(Buffer.from(bytes).toString()).toBe(`"value ${String(count - 2)}""value ${String(count - 1)}"`);
  expect([...ends]).toEqual([13, 26]);
  expect(table.internBytes(Buffer.alloc(5000))).toBe(-1);
  scanner.load(Buffer.alloc(10 * MB, 'x'));
  expect(() => {
    for (let start = 0; start < 40; start += 1) table.internAt(start, 10 * MB);
  }).toThrow(WasmMemoryExhaustedError);
  scanner.forget();
  expect(scanner.values().internAt(0, 10)).toBe(0);
});

it('keeps apart what tables hold that grow in turns', () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 200 })
    .map((value) => JSON.stringify(value));
  // Which table, what goes into it, and how often something like it.
  const steps = fc.array(fc.tuple(fc.nat(3), text, fc.integer({ min: 1, max: 3000 })), { maxLength: 20 });
  const factsWidths = [0, 4, 8, 24];
  fc.assert(
    fc.property(steps, (all) => {
      scanner.forget();
      const tables = factsWidths.map((width) => scanner.values(width));
      const known = factsWidths.map((): string[] => []);
      for (const [which, value, times] of all) {
        const before = known[which]?.length ?? 0;
        for (let nth = 0; nth < times; nth += 1) {
          const other = `${value}${String(before + nth)}`;
          if (tables[which]?.internBytes(Buffer.from(other)) !== before + nth) throw new Error(other);
          known[which]?.push(other);
        }
      }
      for (const [which, table] of tables.entries())
        expect(Buffer.from(table.from(0).bytes).toString()).toBe(known[which]?.join('') ?? '');
    }),
    { numRuns: 40 },
  );
});
