import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileQueue } from '../../../src/trail/files/file-queue.js';

const blocksOf = (...sizes: number[]): Uint32Array[] => {
  let next = 0;
  return sizes.map((size) => Uint32Array.from({ length: size }, () => next++));
};
const takes = (queue: FileQueue, reader: number, count: number): (number | undefined)[] =>
  Array.from({ length: count }, () => queue.take(reader));

describe('the queue of files', () => {
  it('gives one reader all of them in order', () => {
    const queue = new FileQueue(blocksOf(3, 0, 2), 1);
    expect(takes(queue, 0, 6)).toEqual([0, 1, 2, 3, 4, undefined]);
  });

  it('gives each reader its own share of every block', () => {
    const queue = new FileQueue(blocksOf(4, 4), 2);
    expect(takes(queue, 0, 2)).toEqual([0, 1]);
    expect(takes(queue, 1, 4)).toEqual([2, 3, 6, 7]);
    expect(takes(queue, 0, 3)).toEqual([4, 5, undefined]);
  });

  it('has whoever is four blocks ahead take over the end of what keeps the others back', () => {
    const queue = new FileQueue(blocksOf(4, 4, 4, 4, 4), 2);
    expect(takes(queue, 0, 8)).toEqual([0, 1, 4, 5, 8, 9, 12, 13]);
    expect(takes(queue, 0, 2)).toEqual([3, 2]);
    expect(takes(queue, 0, 3)).toEqual([16, 17, 7]);
    expect(takes(queue, 1, 3)).toEqual([6, 10, 11]);
  });

  it('gives every file once, whoever asks, and none of a fifth block before the first is taken', () => {
    const sizes = fc.array(fc.nat({ max: 9 }), { maxLength: 12 });
    const askers = fc.array(fc.nat({ max: 2 }), { minLength: 120, maxLength: 120 });
    fc.assert(
      fc.property(sizes, askers, (lengths, readers) => {
        const blocks = blocksOf(...lengths);
        const queue = new FileQueue(blocks, 3);
        const taken = new Set<number>();
        for (const reader of readers) {
          const file = queue.take(reader);
          if (file === undefined) continue;
          expect(taken.has(file)).toBe(false);
          taken.add(file);
          const open = blocks.filter((block) => block.length > 0 && !block.every((its) => taken.has(its)));
          const newest = open.findIndex((block) => block.includes(file));
          expect(newest).toBeLessThan(4);
        }
        expect(taken.size).toBe(blocks.reduce((sum, { length }) => sum + length, 0));
      }),
    );
  });
});
