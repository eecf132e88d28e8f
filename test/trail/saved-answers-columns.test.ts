import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromColumns, toColumns } from '../../src/trail/saved-answers/columns.js';
import { iso } from '../../src/base/time.js';

const time = fc.integer({ min: -10_000_000_000, max: 4_102_444_800 }).map(iso);
const almostTime = fc.constantFrom('2026-02-30T00:00:00Z', '2026-07-01T00:00:00.000Z', '2026-07-01', '');
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }).map((any) => any + 0),
);

/** Of some columns all values are of one kind, of others not. */
const rows = fc
  .record({
    when: fc.constantFrom<fc.Arbitrary<unknown>>(time, fc.oneof(time, almostTime, number)),
    much: fc.constantFrom<fc.Arbitrary<unknown>>(fc.integer(), fc.maxSafeInteger(), number),
  })
  .chain((kinds) =>
    fc.array(
      fc.record({
        ...kinds,
        text: fc.constantFrom('a', 'b', '', null),
        count: fc.nat(),
        isCall: fc.boolean(),
        list: fc.array(fc.string()),
        calls: fc.array(fc.record({ count: fc.nat(), path: fc.array(fc.record({ arn: fc.string() })) })),
        either: fc.array(fc.oneof(fc.record({ a: fc.nat() }), fc.record({ b: fc.nat() }), fc.constant(null))),
      }),
    ),
  );

it('columns are the rows that they were made from', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const kept = structuredClone(toColumns(given));
      expect([...fromColumns(kept, (value) => value)]).toEqual(given);
      expect(JSON.stringify([...fromColumns(kept, (value) => value)])).toBe(JSON.stringify(given));
    }),
  );
});
