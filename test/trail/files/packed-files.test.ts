import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { START_WIDTH } from '../../../src/trail/files/dictionary.js';
import {
  filesOf,
  PackedFiles,
  type PackedColumns,
  type PackedFile,
} from '../../../src/trail/files/packed-files.js';

const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const ints = (length: number): fc.Arbitrary<Int32Array<ArrayBuffer>> =>
  fc.array(int, { minLength: length, maxLength: length }).map((numbers) => Int32Array.from(numbers));

const file: fc.Arbitrary<PackedFile> = fc
  .tuple(fc.nat({ max: 5 }), fc.nat({ max: 3 }), fc.nat({ max: 2 }))
  .chain(([events, sessions, starts]) =>
    fc.record({
      path: fc.string(),
      stamp: fc.record({
        size: fc.nat(),
        modified: fc.double({ noNaN: true }),
        changed: fc.double({ noNaN: true }),
      }),
      source: fc.record({
        sha256: fc
          .uint8Array({ minLength: 32, maxLength: 32 })
          .map((bytes) => Buffer.from(bytes).toString('hex')),
        bytes: fc.nat(),
      }),
      digest: fc.record({
        kind: ints(events),
        session: ints(events),
        resources: ints(events),
        time: fc
          .array(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), { minLength: events, maxLength: events })
          .map((times) => Float64Array.from(times)),
        identity: ints(2 * events),
        sessionKeys: ints(2 * sessions),
        starts: fc.record({
          numbers: ints(starts * START_WIDTH),
          texts: fc.array(fc.string(), { maxLength: 2 }),
        }),
        counts: fc.record({
          recordsRead: fc.nat(),
          insightRecords: fc.nat(),
          malformedRecords: fc.nat(),
          digestFiles: fc.nat(),
        }),
        damaged: fc.nat(),
      }),
    }),
  );

it('files are the same when they come out of a pack', () => {
  fc.assert(
    fc.property(fc.array(file, { maxLength: 5 }), (files) => {
      const packed = new PackedFiles();
      for (const one of files) packed.add(one);
      expect([...filesOf(deserialize(serialize(packed.columns())) as PackedColumns)]).toEqual(files);
    }),
  );
});
