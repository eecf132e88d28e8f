import { expect, it } from 'vitest';
import { compile } from '../../../assembly/build.mjs';
import { WALK } from '../../../src/trail/files/walk-wasm.js';
import { hold, readObject, Shape, skipValue } from '../../../src/trail/files/walker.js';

const MB = 1024 * 1024;
const holding = (text: string): ReturnType<typeof hold> => hold(Buffer.from(text));
const shape = new Shape({ first: 0, within: 1 }, { within: new Shape({ second: 2 }) });

/** What is found at the slots of the shape. */
function found(text: string): (string | null)[] {
  const { source, places } = holding(text);
  places.fill(-1);
  expect(readObject(source, 0, shape)).toBe(source.length);
  return [0, 1, 2].map((slot) => {
    const start = places[2 * slot] ?? -1;
    return start === -1 ? null : source.bytes.toString('utf8', start, places[2 * slot + 1]);
  });
}

it('is what assembly/walk.ts says: npm run wasm', { timeout: 60_000 }, async () => {
  expect(await compile()).toBe(WALK);
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

it('walks over one file at a time', () => {
  const { source } = holding('{"first":1}');
  expect(found('{"within":{"second":[]}}')).toEqual([null, '{"second":[]}', '[]']);
  expect(() => skipValue(source, 0)).toThrow('another file');
  expect(found('{"first":1}')).toEqual(['1', null, null]);
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
  const skipped = (levels: number): number =>
    skipValue(holding(`${'['.repeat(levels)}1${']'.repeat(levels)}`).source, 0);
  expect(skipped(1_000_000)).toBe(2_000_001);
  expect(() => skipped(1_000_001)).toThrow(RangeError);
  expect(() => found(`{"first":${'['.repeat(1_000_001)}`)).toThrow(RangeError);
  expect(found('{"first":1}')).toEqual(['1', null, null]);
});
