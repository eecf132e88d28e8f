import { readFileSync, truncateSync } from 'node:fs';
import { constants, deflateRawSync, gzipSync, inflateRawSync, type Zlib } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FileReader } from '../../../src/trail/files/decode/file-reader.js';
import { unpack } from '../../../src/trail/log-files/unpack.js';
import { openStore } from '../../../src/trail/log-files/open-store.js';
import { JsonScanner } from '../../../src/trail/files/decode/json-scanner.js';
import { folder, log, record } from './helpers.js';

const scanner = new JsonScanner();

/** Puts data where a file is put. */
function put(packed: Uint8Array, into = scanner): Buffer {
  const place = into.reserve(packed.length);
  if (place === undefined) throw new Error('no place');
  place.set(packed);
  return place;
}

const inflated = (data: Uint8Array, size: number): Buffer | undefined => scanner.inflate(put(data), size);

/** @returns the file unpacked, and whether node:zlib was not needed */
function unpacked(packed: Buffer): { bytes: Buffer; isFast: boolean } {
  let isFast = false;
  const bytes = unpack('a.json.gz', put(packed), (data, size) => {
    const fast = scanner.inflate(data, size);
    isFast = fast !== undefined;
    return fast;
  });
  return { bytes, isFast };
}

/** Bytes like those of logs and quite other ones: texts again at many distances, runs, noise. */
const data = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 3000 }))
        .map(([text, times]) => Buffer.from(text.repeat(times))),
    ),
    { maxLength: 20 },
  )
  .chain((parts) =>
    fc
      .array(fc.nat(), { maxLength: 60 })
      .map((order) =>
        Buffer.concat([...parts, ...order.map((at) => parts[at % parts.length] ?? Buffer.alloc(0))]),
      ),
  );

const way = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
});

const numRuns = Number(process.env.FUZZ ?? 300);

it('unpacks what was packed in any way, and needs neither less nor more', () => {
  fc.assert(
    fc.property(data, way, (bytes, options) => {
      const packed = deflateRawSync(bytes, options);
      expect(inflated(packed, bytes.length)?.equals(bytes)).toBe(true);
      expect(inflated(packed, bytes.length + 1)).toBeUndefined();
      expect(inflated(Buffer.concat([packed, Buffer.from([0])]), bytes.length)).toBeUndefined();
      expect(inflated(packed.subarray(0, -1), bytes.length)).toBeUndefined();
      if (bytes.length > 0) expect(inflated(packed, bytes.length - 1)).toBeUndefined();
    }),
    { numRuns },
  );
});

it('ends with whatever it is given, and writes nowhere else', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })), {
    maxLength: 4,
  });
  const small = new JsonScanner(64 * 1024);
  fc.assert(
    fc.property(data, way, damage, fc.nat(40_000), (bytes, options, changes, size) => {
      const packed = deflateRawSync(bytes, options).subarray(0, 20_000);
      for (const [at, by] of changes)
        if (packed.length > 0)
          packed.set(by.subarray(0, packed.length - (at % packed.length)), at % packed.length);
      const place = put(packed, small);
      const result = small.inflate(place, size);
      expect(result === undefined || result.length === size).toBe(true);
      expect(place.equals(packed)).toBe(true);
    }),
    { numRuns },
  );
});

/** Numbers below a limit, the same ones in each run (mulberry32: public domain). */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** A stream that is damaged in some bits or bytes, cut off, doubled, or made of random bits behind the header of a block. */
function hostile(below: (limit: number) => number): { readonly stream: Buffer; readonly size: number } {
  const text = Buffer.from(JSON.stringify(record({ eventID: String(below(1e9)) })).repeat(1 + below(4)));
  for (let noise = below(3) * below(200); noise > 0; noise -= 1) text[below(text.length)] = below(256);
  const strategy = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY][below(3)] ?? 0;
  let stream = deflateRawSync(text, { level: below(10), memLevel: 1 + below(9), strategy });
  const way = below(6);
  if (way === 0) stream = stream.subarray(0, below(stream.length));
  if (way === 1) stream = Buffer.concat([stream, stream]);
  if (way === 2) {
    stream = Buffer.from(Array.from({ length: 1 + below(200) }, () => below(256)));
    stream[0] = (below(32) << 3) | (below(3) << 1) | below(2);
  }
  if (way > 2)
    for (let change = 1 + below(3); change > 0 && stream.length > 0; change -= 1) {
      // Half of them where the lengths of codes are.
      const at = below(2) === 0 ? below(stream.length) : below(Math.min(80, stream.length));
      stream[at] = way === 3 ? below(256) : (stream[at] ?? 0) ^ (1 << below(8));
    }
  return { stream, size: text.length };
}

/** @returns undefined where zlib finds fault with it, or does not need all of it */
function byZlib(stream: Buffer): Buffer | undefined {
  try {
    const { buffer, engine } = inflateRawSync(stream, { info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: Zlib;
    };
    return engine.bytesWritten === stream.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}

it('takes what zlib takes and nothing else, of 10,000 damaged and hostile streams', () => {
  let taken = 0;
  const count = Math.max(10_000, numRuns);
  for (let number = 0; number < count; number += 1) {
    const { stream, size } = hostile(numbers(number));
    const expected = byZlib(stream);
    const found = inflated(stream, expected?.length ?? size);
    if (expected !== undefined) taken += 1;
    const isSame = expected === undefined ? found === undefined : found?.equals(expected) === true;
    if (!isSame) throw new Error(`stream ${String(number)}: ${stream.toString('hex')}`);
  }
  // Damage often leaves a stream whole: both sides of the comparison are tried.
  expect(taken).toBeGreaterThan(count / 50);
  expect(taken).toBeLessThan(count / 2);
});

it('refuses what is no deflate data', () => {
  const refused = [
    '07', // a block of no type
    '01ff', // stored, and ends
    '010100ffff61', // stored, with a length that is not said twice
    '010100feff', // stored, without the byte
    '0200', // no last block
    '030200', // refers to what is before the beginning
    '05e0ffffffffffffffff', // lengths of codes that are too many
    '',
  ];
  for (const hex of refused) expect(inflated(Buffer.from(hex, 'hex'), 1), hex).toBeUndefined();
  expect(inflated(Buffer.from('010100feff61', 'hex'), 1)?.toString()).toBe('a');
  expect(inflated(Buffer.from('0300', 'hex'), 0)?.length).toBe(0);
});

it('leaves to node:zlib what is unusual or damaged', () => {
  const text = Buffer.from(JSON.stringify({ Records: [] }));
  const usual = gzipSync(text);
  const changed = (at: number, by: number): Buffer => {
    const copy = Buffer.from(usual);
    copy[at < 0 ? copy.length + at : at] = by;
    return copy;
  };
  const named = Buffer.concat([
    usual.subarray(0, 3),
    Buffer.from([8]),
    usual.subarray(4, 10),
    Buffer.from('a.json\0'),
    usual.subarray(10),
  ]);
  expect(unpacked(usual)).toEqual({ bytes: text, isFast: true });
  expect(unpacked(named)).toEqual({ bytes: text, isFast: true });
  const twice = unpacked(Buffer.concat([usual, usual]));
  expect(twice).toEqual({ bytes: Buffer.concat([text, text]), isFast: false });
  const padded = unpacked(Buffer.concat([usual, Buffer.alloc(600)]));
  expect(padded).toEqual({ bytes: text, isFast: false });
  expect(() => unpacked(changed(-1, 200))).toThrow('incorrect length check');
  expect(() => unpacked(changed(-8, (usual.at(-8) ?? 0) ^ 1))).toThrow('incorrect data check');
  expect(() => unpacked(changed(3, 8))).toThrow();
  expect(() => unpacked(changed(2, 7))).toThrow('unknown compression method');
  for (let length = 2; length < usual.length; length += 1)
    expect(() => unpacked(usual.subarray(0, length))).toThrow('gzip data is truncated');
});

it('unpacks a file that is larger than there is room for', () => {
  const room = new JsonScanner(100_000);
  const large = Buffer.alloc(99_800, 'abc');
  expect(room.inflate(put(deflateRawSync(large), room), large.length)).toBeUndefined();
  expect(room.reserve(60_000)).toBeUndefined();
  expect(room.inflate(deflateRawSync(Buffer.from('a')), 1)).toBeUndefined();
});

it('reads packed files in any form, before and after one that is larger than usual', async () => {
  const one = record();
  const padded = record({ requestParameters: { padding: 'x'.repeat(70 * 1024 * 1024) } });
  const root = await folder({
    'packed.json.gz': gzipSync(log(one, one)),
    'parsed.json.gz': gzipSync(JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(one) }] })),
    'large.json': log(padded),
  });
  const reader = new FileReader(openStore({ kind: 'folder', path: root }));
  const names = ['packed.json.gz', 'parsed.json.gz', 'large.json', 'parsed.json.gz', 'packed.json.gz'];
  const records: unknown[] = [];
  for (const name of names) {
    const result = await reader.read(name);
    records.push(result.ok ? result.value.encoded.counts.recordsRead : result.error.reason);
  }
  expect(records).toEqual([2, 1, 1, 1, 2]);
});

it('reads a file to a place, as far as it goes', async () => {
  const root = await folder({ 'a.json': '{"Records":[]}' });
  const path = `${root}/a.json`;
  const store = openStore({ kind: 'folder', path: root });
  const placeFor = (size: number): Buffer | undefined => scanner.reserve(size);
  expect(await store.read('a.json', placeFor)).toEqual(readFileSync(path));
  const shortened = await store.read('a.json', (size) => {
    truncateSync(path, 5);
    return placeFor(size);
  });
  expect(shortened).toEqual(Buffer.from('{"Rec'));
  await expect(store.read('', placeFor)).rejects.toThrow('it is a folder');
});
