import { expect, it } from 'vitest';
import { compile } from '../../../assembly/build.mjs';
import { PaddedBytes } from '../../../src/trail/files/padded.js';
import { WALK } from '../../../src/trail/files/walk-wasm.js';
import { placesIn, readObject, Shape, skipValue } from '../../../src/trail/files/walker.js';

const MB = 1024 * 1024;
const source = (text: string): PaddedBytes => PaddedBytes.copyOf(Buffer.from(text));
const shape = new Shape({ first: 0, within: 1 }, { within: new Shape({ second: 2 }) });

/** What is found at the slots of the shape. */
function found(from: PaddedBytes): (string | null)[] {
  const places = placesIn(from);
  places.fill(-1);
  expect(readObject(from, 0, shape)).toBe(from.length);
  return [0, 1, 2].map((slot) => {
    const start = places[2 * slot] ?? -1;
    return start === -1 ? null : from.bytes.toString('utf8', start, places[2 * slot + 1]);
  });
}

it('is what assembly/walk.ts says: npm run wasm', { timeout: 60_000 }, async () => {
  expect(await compile()).toBe(WALK);
});

it('finds values in files of any size, one after the other', () => {
  for (const size of [1, 5 * MB, 70 * MB, 10, 20 * MB]) {
    const long = `"${'x'.repeat(size)}"`;
    const within = `{"other":[${long}],"second":2}`;
    const file = source(`{"first" : ${long}, "within":${within}}`);
    const values = found(file);
    expect(values[0] === long && values[1] === within).toBe(true);
    expect(values[2]).toBe('2');
  }
});

it('goes from one file to another and back', () => {
  const [a, b] = [source('{"first":1}'), source('{"within":{"second":[]}}')];
  for (let time = 0; time < 3; time += 1) {
    expect(found(a)).toEqual(['1', null, null]);
    expect(found(b)).toEqual([null, '{"second":[]}', '[]']);
  }
});

it('takes the last of two keys, also where they are written with escapes', () => {
  expect(found(source('{"within":{"second":1},"f\\u0069rst":3,"within":{}}'))).toEqual(['3', '{}', null]);
  expect(found(source('{"within":{"second":1},"\\u0077ithin":null,"first":0}'))).toEqual(['0', 'null', null]);
  expect(found(source(`{"é${'\\u0041'.repeat(9000)}":1,"first":2}`))).toEqual(['2', null, null]);
});

it('remembers no more keys than it has room for', () => {
  const keys = Array.from(
    { length: 3000 },
    (_, i) => `"key ${String(i)} ${'k'.repeat(i % 50)}":${String(i)}`,
  );
  for (let time = 0; time < 3; time += 1)
    expect(found(source(`{${keys.join(',')},"first":true}`))).toEqual(['true', null, null]);
});

it('gives up at a million levels', () => {
  const deep = (levels: number): PaddedBytes => source(`${'['.repeat(levels)}1${']'.repeat(levels)}`);
  expect(skipValue(deep(1_000_000), 0)).toBe(2_000_001);
  expect(() => skipValue(deep(1_000_001), 0)).toThrow(RangeError);
  expect(() => readObject(source(`{"first":${'['.repeat(1_000_001)}`), 0, shape)).toThrow(RangeError);
  expect(found(source('{"first":1}'))).toEqual(['1', null, null]);
});
