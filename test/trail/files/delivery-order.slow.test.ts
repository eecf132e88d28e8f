import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeliveryOrder } from '../../../src/trail/files/read/delivery-order.js';
import { parseDeliveryName, deliveryTime } from '../../../src/trail/log-files/delivery-name.js';
import { LateEventError, SeenEvents } from '../../../src/trail/files/count/seen-events.js';
import { SessionNumbers } from '../../../src/trail/files/sessions/session-numbers.js';
import { DAY_SECONDS } from '../../../src/base/time.js';
import { answersOf } from '../../support/trail-answers.js';
import { ACCOUNT, answers, folder, openCached, OTHER, type Answers } from './helpers.js';
import { delivered, quarter, QUARTER as period, START } from './quarter.js';

const deliveriesOf = (paths: readonly string[], block: number): DeliveryOrder =>
  new DeliveryOrder(
    Uint32Array.from(paths.keys()),
    Float64Array.from(paths, (path) => deliveryTime(parseDeliveryName(path))),
    DAY_SECONDS,
    block,
  );

describe('the order of deliveries', () => {
  it('is by blocks, in each by path, and tells when nothing earlier can come', () => {
    const paths = [
      ...[3, 1, 2].map((day) => delivered(OTHER, START + day * DAY_SECONDS, 'a')),
      delivered(ACCOUNT, START + 4 * DAY_SECONDS, 'a'),
      'z.json',
      `x/${ACCOUNT}_CloudTrail_us-east-1_20261301T0000Z_a.json`,
    ];
    const deliveries = deliveriesOf(paths.sort(), 2);
    const order = [...deliveries.order];
    const names = order.map((file) => paths[file] ?? '');
    expect(names.map((path) => path.slice(-10))).toEqual([
      '00Z_a.json',
      'z.json',
      ...Array<string>(4).fill('00Z_a.json'),
    ]);
    expect(names.slice(2).map((path) => /_2026(\d{4})T/.exec(path)?.[1])).toEqual([
      '0702',
      '0703',
      '0705',
      '0704',
    ]);
    const settled = order.map((file) => {
      deliveries.finish(file);
      return deliveries.completeUntil;
    });
    const days = (day: number): number => START + (day - 1) * DAY_SECONDS;
    expect(settled).toEqual([-Infinity, days(1), days(1), days(3), days(3), Infinity]);
  });

  it('does not tell it as long as an earlier file is read', () => {
    const paths = [1, 2, 3].map((day) => delivered(ACCOUNT, START + day * DAY_SECONDS, 'a'));
    const deliveries = deliveriesOf(paths, 1);
    for (const file of [1, 2]) deliveries.finish(file);
    expect(deliveries.completeUntil).toBe(START);
    expect([deliveries.done, deliveries.size]).toEqual([2, 3]);
    deliveries.finish(0);
    expect([deliveries.done, deliveries.completeUntil]).toEqual([3, Infinity]);
  });
});

it('an identity that was forgotten is asked for in vain', () => {
  const seen = new SeenEvents();
  expect([seen.add(1, 2, START), seen.add(1, 2, START)]).toEqual([true, false]);
  seen.forget(START + DAY_SECONDS);
  expect(() => seen.add(1, 2, START)).toThrow(LateEventError);
  expect([seen.add(1, 2, START + DAY_SECONDS), seen.add(1, 2, START + DAY_SECONDS)]).toEqual([true, false]);
});

it('a key that was forgotten gets another number', () => {
  const keys = new SessionNumbers();
  const numbers = (): number[] => [1, 2, 3].map((key) => keys.numberFor(key, 0));
  expect(numbers()).toEqual([0, 1, 2]);
  keys.forget((number) => number === 1);
  expect(keys.size).toBe(2);
  expect(numbers()).toEqual([0, 3, 2]);
});

const withoutNames = ({ notes, ...rest }: Answers): unknown => ({
  ...rest,
  counts: notes.counts,
  warnings: notes.warnings,
});

describe('a quarter of files by AWS', () => {
  const renamed = (files: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.values(files).map((text, i) => [`${i}.json`, text]));
  /** @returns also how late what made it read all again was, each time */
  const read = async (path: string): Promise<{ readonly known: Answers; readonly again: string[] }> => {
    const again: string[] = [];
    const onProgress = (message: string): void => {
      const late = /more than (\d+ hours) before the file was delivered/.exec(message)?.[1];
      if (late !== undefined) again.push(late);
    };
    // With several threads, it depends on their pace whether what is late comes too late.
    return { known: await answers(path, { period, onProgress, concurrency: 1 }), again };
  };

  it('gives the answers that files of which nobody knows the delivery give, also from the cache', async () => {
    const files = quarter();
    const path = await folder(files);
    const { known, again } = await read(path);
    expect(again).toEqual([]);
    expect(known.notes.counts).toMatchObject({ filesRead: 1472, duplicateRecords: 92 + 2 * 736 });
    expect(known.assumptions).toMatchObject([{ sessions: 92, calls: [{}, {}, {}, {}, {}] }]);
    expect(withoutNames(known)).toEqual(withoutNames((await read(await folder(renamed(files)))).known));
    const cache = await mkdtemp(join(tmpdir(), 'cloudtracker-cache-'));
    const ask = { accountIds: [ACCOUNT], concurrency: 2 };
    const open = async (end: string): Promise<Answers> =>
      answersOf(await openCached(path, { ...ask, period: { ...period, end } }, cache));
    await open('2026-09-01T00:00:00Z');
    expect(await open(period.end)).toEqual(known);
  });

  it.each([
    ['days before its delivery', 6, 0, ['24 hours']],
    ['months before its delivery', 0.8, 80, ['24 hours', '192 hours']],
  ])('also where one has an event from %s', async (_, latest, days, expected) => {
    const files = quarter(latest * DAY_SECONDS);
    const [copy = ''] = Object.values(files);
    files[delivered(ACCOUNT, START + days * DAY_SECONDS, 'late')] = copy;
    const { known, again } = await read(await folder(files));
    expect(again).toEqual(expected);
    expect(known.notes.counts).toMatchObject({ filesRead: 1473 });
    expect(withoutNames(known)).toEqual(withoutNames((await read(await folder(renamed(files)))).known));
  });
});
