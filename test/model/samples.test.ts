import { expect, test } from 'vitest';
import type { z } from 'zod';
import { JSON_FILES } from '../../src/model/files.js';
import { RISKS } from '../../src/model/risk-table.js';
import { riskShape } from '../../src/model/risk.js';
import { sampleOf } from '../support/sample-of.js';

test.each(JSON_FILES.map(({ path, shape }) => [path, shape] as [string, z.ZodType]))(
  'a sample of %s is as its shape says',
  (_path, shape) => {
    expect(shape.safeParse(sampleOf(shape)).error?.issues).toBeUndefined();
  },
);

test('a sample takes the fields that a test is about', () => {
  expect(sampleOf(riskShape, { method: 'PutUserPolicy' })).toEqual({
    tag: Object.keys(RISKS)[0],
    method: 'PutUserPolicy',
    actions: [],
    unused: false,
    limited: false,
  });
});
