import { expect, it } from 'vitest';
import { deadlineOf } from '../../../src/trail/elasticsearch/tuning.js';
import { elasticsearchConfig } from '../contract/engines.js';

const config = elasticsearchConfig('http://localhost:9200', 'trail', 'keyword');

it('ends a run after twelve hours, or when the configuration says', () => {
  expect(deadlineOf(config, 1_000)).toBe(1_000 + 12 * 3_600_000);
  expect(deadlineOf({ ...config, deadline: 5_000 }, 1_000)).toBe(6_000);
  expect(deadlineOf({ ...config, deadline: null }, 1_000)).toBe(Infinity);
});
