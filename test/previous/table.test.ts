import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDates } from '../../src/previous/dates.js';
import { parseDecisions } from '../../src/previous/decisions.js';
import { readTable } from '../../src/previous/table.js';
import { EXCEL, PLAIN } from '../../src/report/csv/cells.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const cells = (text: string | Uint8Array): string[][] => {
  const { columns, rows } = readTable(typeof text === 'string' ? bytes(text) : text);
  return rows.map((row) => columns.map((column) => row.get(column)));
};

describe('tables as spreadsheets save them', () => {
  it.each([
    ['commas', 'a,b\r\n1,"x, y"\r\n', 'x, y'],
    ['semicolons and a byte order mark', '\uFEFFa;b\r\n1;"x; y"\r\n', 'x; y'],
    ['tabs', 'a\tb\n1\tx, y\n', 'x, y'],
    ['a line that names the separator', 'sep=;\r\na;b\r\n1;"x,y"\r\n', 'x,y'],
    ['lists of lists, unquoted between commas', 'a,b\r\n1,x; y; z\r\n', 'x; y; z'],
    ['old line ends', 'a,b\r1,x\r', 'x'],
    ['text marks', `a,b\r\n1,'=x\r\n`, '=x'],
    ['text that only begins with an apostrophe', `a,b\r\n1,'tis\r\n`, `'tis`],
    ['numbers as text', 'a,b\r\n1,"=""0123"""\r\n', '0123'],
  ])('%s', (_, text, second) => {
    expect(cells(text)).toEqual([['1', second]]);
  });

  it('other encodings', () => {
    const latin = Uint8Array.from([...bytes('a,b\r\n1,'), 0xdc, ...bytes('mit\r\n')]);
    expect(cells(latin)).toEqual([['1', 'Ümit']]);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a\tb\r\n1\tÜmit\r\n', 'utf16le')]);
    expect(cells(utf16)).toEqual([['1', 'Ümit']]);
  });

  it('counts lines, also over cells with line ends, and rows of other lengths', () => {
    const { rows, tooLong } = readTable(bytes('sep=,\r\na,b\r\n"x\r\ny",1\r\nz\r\n\r\n,,\r\n1,2,3\r\n'));
    expect(rows.map(({ line }) => line)).toEqual([3, 5, 8]);
    expect(rows[1]?.get('b')).toBe('');
    expect(tooLong).toEqual([8]);
  });

  it('reads back what the report writes, whatever the separator it is saved with', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '=', '+', 'b', 'ü') });
    fc.assert(
      fc.property(text, text, fc.constantFrom(',', ';', '\t'), fc.boolean(), (one, two, delimiter, excel) => {
        const written = readTable(
          bytes(
            (excel ? EXCEL : PLAIN).lines([
              ['first', 'second'],
              [one, two],
            ]),
          ),
        );
        const saved = stringify(
          [['second', 'first'], ...written.rows.map((row) => [row.get('second'), row.get('first')])],
          { delimiter, quoted: true, record_delimiter: '\r\n' },
        );
        const empty = one.trim() === '' && two.trim() === '';
        expect(readTable(bytes(saved)).rows.map((row) => [row.get('first'), row.get('second')])).toEqual(
          empty ? [] : [[one.trim(), two.trim()].map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, ''))],
        );
      }),
    );
  });
});

it.each([
  [
    ['2026-07-05', '2026-7-5', '2026/07/05 10:00'],
    ['2026-07-05', '2026-07-05', '2026-07-05'],
  ],
  [
    ['05.07.2026', '31.12.26'],
    ['2026-07-05', '2026-12-31'],
  ],
  [
    ['7/5/2026', '7/25/2026'],
    ['2026-07-05', '2026-07-25'],
  ],
  [
    ['5/7/2026', '25/7/2026'],
    ['2026-07-05', '2026-07-25'],
  ],
  [
    ['5/7/2026', '6/7/2026'],
    ['5/7/2026', '6/7/2026'],
  ],
  [
    ['46208', '', 'next week'],
    ['2026-07-05', '', 'next week'],
  ],
])('reads the dates %j of a column', (written, read) => {
  expect(readDates(written)).toEqual(read);
});

describe('decisions', () => {
  it('finds the columns in any order and case', () => {
    const { rows, problems } = parseDecisions(
      bytes(
        'Decision;PRINCIPAL_ARN;Reviewer\r\n REVOKE ;arn:aws:iam::1:user/a;ann\r\n;arn:aws:iam::1:user/b;\r\n',
      ),
      'f.csv',
    );
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([
      { line: 2, decision: 'revoke', arn: 'arn:aws:iam::1:user/a', reviewer: 'ann' },
      { line: 3, decision: null },
    ]);
  });

  it('names rows without a principal and with too many cells', () => {
    const { problems } = parseDecisions(bytes('decision,principal_arn\r\nkeep,\r\nkeep,a,b\r\n'), 'f.csv');
    expect(problems.map(({ line }) => line).sort()).toEqual([2, 3]);
  });

  it.each([
    ['a workbook', 'PK\u0003\u0004', /workbook/],
    ['another table', 'a,b\r\n1,2\r\n', /must have the column decision/],
    ['nothing', '', /must have the column decision/],
    ['an open quote', 'decision,principal_arn\r\n"keep,x\r\n', /not a CSV file/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseDecisions(bytes(text), 'f.csv')).toThrow(message);
  });
});
