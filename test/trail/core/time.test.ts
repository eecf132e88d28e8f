import { describe, expect, it } from 'vitest';
import { emptyDays, hoursBefore, isoSeconds } from '../../../src/base/time.js';

describe('isoSeconds', () => {
  it.each([
    ['2023-07-10T11:42:36Z', '2023-07-10T11:42:36Z'],
    ['2023-07-10T11:42:36.999Z', '2023-07-10T11:42:36Z'],
    ['2023-03-09 10:41:45+00:00', '2023-03-09T10:41:45Z'],
    ['2023-07-10T01:00:00+02:00', '2023-07-09T23:00:00Z'],
    ['2023-07-10T01:00:00+0200', '2023-07-09T23:00:00Z'],
    ['2023-07-10T11:42:36', '2023-07-10T11:42:36Z'],
    [1688989356000, '2023-07-10T11:42:36Z'],
    ['2023-07-99T00:00:00Z', null],
    ['5', null],
    ['', null],
    [NaN, null],
    [Infinity, null],
    [4.5e15, null],
    [null, null],
    [{}, null],
  ])('%j is %j', (value, expected) => {
    expect(isoSeconds(value)).toBe(expected);
  });
});

describe('days and hours', () => {
  it('lists UTC days with any part in the period, the end not included', () => {
    const period = { start: '2024-02-28T23:00:00Z', end: '2024-03-02T00:00:00Z' };
    expect(emptyDays(period, new Set())).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(emptyDays(period, new Set(['2024-02-29']))).toEqual(['2024-02-28', '2024-03-01']);
    expect(emptyDays({ ...period, end: '2024-02-29T00:00:01Z' }, new Set())).toEqual([
      '2024-02-28',
      '2024-02-29',
    ]);
  });
  it('goes back over midnight', () => {
    expect(hoursBefore('2024-03-01T00:00:00Z', 12)).toBe('2024-02-29T12:00:00Z');
  });
});
