import { expect, it } from 'vitest';
import { shortened } from '../../../src/trail/elasticsearch/query-text.js';

it('shows the first and last four characters of the id of an access key, wherever it stands', () => {
  const body = {
    query: { terms: { 'userIdentity.accessKeyId': ['ASIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'] } },
    after: { f0: 'ASIAIOSFODNN7EXAMPLE', f1: 'by AKIAI44QH8DHBEXAMPLE, and ABIAI44QH8DHBEXAMPLE' },
  };
  expect(shortened(body)).toEqual({
    query: { terms: { 'userIdentity.accessKeyId': ['ASIA…MPLE', 'AKIA…MPLE'] } },
    after: { f0: 'ASIA…MPLE', f1: 'by AKIA…MPLE, and ABIA…MPLE' },
  });
});

it('shows less of an id that is short', () => {
  expect(shortened(['ASIADEPLOY1', 'ASIA1'])).toEqual(['ASIA…', 'ASIA…']);
});

it('leaves everything else as it is', () => {
  const body = { size: 0, names: ['FANTASIAS', 'arn:aws:iam::111111111111:role/Asia', 'AKIA'], none: null };
  expect(shortened(body)).toEqual(body);
});

it('shows ten of more than a hundred values', () => {
  const values = shortened(
    Array.from({ length: 101 }, (_, at) => `ASIAIOSFODNN7EXA${String(at)}`),
  ) as string[];
  expect(values).toHaveLength(11);
  expect(values[0]).toBe('ASIA…EXA0');
  expect(values.at(-1)).toBe('… 91 more');
});
