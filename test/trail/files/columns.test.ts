import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromColumns, toColumns } from '../../../src/trail/files/columns.js';

const rows = fc.array(
  fc.record({
    text: fc.constantFrom('a', 'b', '', null),
    count: fc.integer(),
    isCall: fc.boolean(),
    list: fc.array(fc.string()),
  }),
);

it('columns are the rows that they were made from', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const kept = structuredClone(toColumns(given));
      expect([...fromColumns(kept)]).toEqual(given);
      expect(JSON.stringify([...fromColumns(kept)])).toBe(JSON.stringify(given));
    }),
  );
});
