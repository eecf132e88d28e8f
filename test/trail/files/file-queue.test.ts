import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FileQueue } from '../../../src/trail/files/read/file-queue.js';

const takes = (queue: FileQueue, ...readers: number[]): (number | undefined)[] =>
  readers.map((reader) => queue.take(reader));

it('gives one reader all files in order', () => {
  const queue = new FileQueue(Uint32Array.of(5, 6, 7), 2);
  expect(takes(queue, 0, 0, 0, 0)).toEqual([5, 6, 7, undefined]);
});

it('gives every other reader the end of the block', () => {
  const queue = new FileQueue(Uint32Array.of(0, 1, 2, 3, 4, 5), 4);
  expect(takes(queue, 0, 1, 1, 2, 1, 0, 0, 1)).toEqual([0, 3, 2, 1, 5, 4, undefined, undefined]);
});

it('gives every file once, and none of a block before those of the blocks before it', () => {
  const sizes = fc.tuple(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(
      sizes,
      fc.array(fc.nat({ max: 3 }), { minLength: 61, maxLength: 61 }),
      ([count, block], readers) => {
        const queue = new FileQueue(
          Uint32Array.from({ length: count }, (_, file) => file),
          block,
        );
        const taken = takes(queue, ...readers).filter((file) => file !== undefined);
        expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, file) => file));
        const blocks = taken.map((file) => Math.floor(file / block));
        expect(blocks).toEqual(blocks.toSorted((a, b) => a - b));
      },
    ),
  );
});
