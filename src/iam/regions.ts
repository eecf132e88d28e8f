import type { ActionSet } from '../catalog/types.js';
import { addAll, intersect, subtract } from '../catalog/action-set.js';
import type { CompiledStatement } from './compile.js';
import type { Source } from './explain.js';
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

/**
 * Actions that are allowed in some Regions only.
 * @param granted no others are looked at
 * @param none the empty set
 */
export function allowedOnlyIn(
  regions: ReadonlySet<string>,
  granted: ActionSet,
  sources: readonly Source[],
  none: ActionSet,
): ActionSet {
  const isWithin = ({ onlyIn }: CompiledStatement): boolean =>
    onlyIn !== null && onlyIn.every((region) => regions.has(region));
  const union = (kind: Source['kind'] | 'any', wanted: (s: CompiledStatement) => boolean): ActionSet => {
    const set = none.slice();
    for (const source of sources)
      if (kind === 'any' || source.kind === kind)
        for (const statement of source.statements) if (wanted(statement)) addAll(set, statement.actions);
    return set;
  };
  const elsewhere = (kind: Source['kind']): ActionSet =>
    union(kind, (s) => s.effect === 'Allow' && !isWithin(s));
  const limited = subtract(granted, elsewhere('identity'));
  if (sources.some(({ kind }) => kind === 'boundary'))
    addAll(limited, subtract(granted, elsewhere('boundary')));
  addAll(
    limited,
    union('any', (s) => s.effect === 'Deny' && !s.resourceLimited && isWithin(s)),
  );
  return intersect(limited, granted);
}
