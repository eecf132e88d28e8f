import type { Statement } from './types.js';

/** Always in a request (IAM User Guide: AWS global condition context keys, aws:RequestedRegion). */
const KEY = 'aws:requestedregion';

/**
 * Regions to which a condition limits an Allow statement, or which it exempts from a Deny statement. Conditions are
 * combined by AND: others limit an Allow further, but a Deny must have no others.
 * @returns null without such a condition
 */
export function regionsOf({ effect, condition = {} }: Statement): readonly string[] | null {
  const tests = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values })),
  );
  if (effect === 'Deny' && tests.length !== 1) return null;
  const wanted = effect === 'Allow' ? 'StringEquals' : 'StringNotEquals';
  const test = tests.find(({ operator, key }) => operator === wanted && key === KEY);
  return test === undefined || test.values.length === 0 ? null : test.values;
}
