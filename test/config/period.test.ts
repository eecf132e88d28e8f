import { describe, expect, it } from 'vitest';
import { parsePeriod, type PeriodOptions } from '../../src/config/period.js';
import { UserError } from '../../src/config/types.js';

const now = new Date('2026-10-05T13:14:15.678Z');

it.each<[PeriodOptions, string, string, string]>([
  [
    { start: '2026-04-01', end: '2026-06-30' },
    '2026-04-01T00:00:00Z',
    '2026-07-01T00:00:00Z',
    '2026-04-01_2026-06-30',
  ],
  [{ quarter: '2026-Q3' }, '2026-07-01T00:00:00Z', '2026-10-01T00:00:00Z', '2026-Q3'],
  [{ quarter: '2025-q4' }, '2025-10-01T00:00:00Z', '2026-01-01T00:00:00Z', '2025-Q4'],
  [{ quarter: '2026-Q4' }, '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z', '2026-Q4'],
  [{}, '2026-07-07T13:14:15Z', '2026-10-05T13:14:15Z', '2026-07-07_2026-10-05'],
  [{ start: '2026-10-01' }, '2026-10-01T00:00:00Z', '2026-10-05T13:14:15Z', '2026-10-01_2026-10-05'],
  [{ end: '2026-09-30' }, '2026-07-03T00:00:00Z', '2026-10-01T00:00:00Z', '2026-07-03_2026-09-30'],
  [
    { start: '2024-02-29', end: '2024-02-29' },
    '2024-02-29T00:00:00Z',
    '2024-03-01T00:00:00Z',
    '2024-02-29_2024-02-29',
  ],
  [
    { start: '2026-10-05', end: '2026-10-05' },
    '2026-10-05T00:00:00Z',
    '2026-10-06T00:00:00Z',
    '2026-10-05_2026-10-05',
  ],
])('%o is %s to %s, review %s', (options, start, end, id) => {
  expect(parsePeriod(options, now)).toEqual({ period: { start, end }, id });
});

describe('refuses', () => {
  it.each<[PeriodOptions, string]>([
    [{ start: '2026-02-30' }, 'is not a date'],
    [{ start: '2026-2-3' }, 'is not a date'],
    [{ end: 'yesterday' }, '--end yesterday is not a date'],
    [{ start: '2026-06-02', end: '2026-06-01' }, 'empty'],
    [{ start: '2026-10-06' }, 'future'],
    [{ quarter: '2027-Q1' }, 'future'],
    [{ quarter: '2026-Q5' }, 'Write it like'],
    [{ quarter: '2026-Q1', start: '2026-01-01' }, 'cannot be combined'],
  ])('%o', (options, message) => {
    expect(() => parsePeriod(options, now)).toThrow(UserError);
    expect(() => parsePeriod(options, now)).toThrow(message);
  });
});
