import type { ActionSet } from '../catalog/types.js';
import { addAll, intersect, subtract } from '../catalog/action-set.js';
import type { CompiledStatement } from './compile.js';
import type { Source } from './explain.js';

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
