import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PrincipalLines } from '../../src/commands/verify/principal-lines.js';
import type { Sink } from '../../src/report/staging/hash-file.js';
import { ReviewRows } from '../../src/commands/verify/review-rows.js';
import { CsvRowCounter, LineCounter } from '../../src/commands/verify/rows.js';

/** Feeds pieces of this size, and overwrites each piece afterwards, as a reused read buffer would. */
function feed(sink: Sink, text: string, size: number): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += size) {
    const piece = Buffer.from(bytes.subarray(at, at + size));
    sink.take(piece);
    piece.fill(0x22);
  }
}

const cell = fc.stringMatching(/^[a",;\r\nü]{0,6}$/);
const size = fc.integer({ min: 1, max: 9 });

test('rows of CSV are counted whatever their cells hold, in pieces of any size', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), size, fc.boolean(), (rows, size, ended) => {
      const text = stringify([['one', 'two'], ...rows], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
      const counter = new CsvRowCounter();
      feed(counter, ended ? text : text.slice(0, -2), size);
      expect(counter.rows).toBe(rows.length);
    }),
  );
});

test('a file without a header has no rows', () => {
  expect(new CsvRowCounter().rows).toBe(0);
  expect(new LineCounter().rows).toBe(0);
});

test('lines are counted by line feeds alone, the last one also without', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a\u2028\r]{1,4}$/)),
      size,
      fc.boolean(),
      (lines, size, ended) => {
        const counter = new LineCounter();
        feed(counter, lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''), size);
        expect(counter.rows).toBe(lines.length);
      },
    ),
  );
});

test('the review is read in pieces of any size', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (names, size) => {
      const rows = names.map((name, i) => [
        name,
        i % 2 === 0 ? 'complete' : 'incomplete',
        `accounts/${i}.html`,
        `policies/${i}.json; policies/${i}.strict-1.json`,
      ]);
      const head = ['principal_name', 'data_completeness', 'report_link', 'suggested_policy_file'];
      const review = new ReviewRows();
      feed(
        review,
        `\uFEFF${stringify([head, ...rows], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })}`,
        size,
      );
      expect(review.facts()).toEqual({
        rows: rows.length,
        incomplete: Math.floor(rows.length / 2),
        pages: new Set(rows.map(([, , page]) => page)),
        policyFiles: new Set(rows.flatMap(([, , , files]) => files?.split('; '))),
      });
    }),
  );
});

test('a cell that names only some policies leaves open which there are', () => {
  const review = new ReviewRows();
  feed(review, 'suggested_policy_file\r\npolicies/1.json; … (+3 more)\r\n', 100);
  expect(review.facts().policyFiles).toBeNull();
});

test('a row that never ends is not kept in memory', () => {
  const review = new ReviewRows();
  const piece = Buffer.alloc(1 << 20, 'x');
  expect(() => {
    for (let i = 0; i < 100; i += 1) review.take(piece);
  }).toThrow('a row is longer than');
});

test('the beginning of each line tells the principal, in pieces of any size', () => {
  const lines = [
    { arn: 'arn:aws:iam::1:user/"a\\', id: 'AIDA1', type: 'user', name: 'x'.repeat(20_000) },
    { arn: 'arn:aws:iam::1:role/ü', id: 'AROA/../2', type: 'role' },
    { name: 'not first', id: 'AIDA3', type: 'user' },
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  for (const size of [1, 7, 1000, 1 << 20]) {
    const principals = new PrincipalLines('111122223333');
    feed(principals, text, size);
    expect(principals.facts()).toEqual({
      rows: 3,
      users: 1,
      roles: 1,
      pages: new Set([
        'accounts/111122223333/users/AIDA1.html',
        'accounts/111122223333/roles/AROA____2.html',
      ]),
    });
  }
});
