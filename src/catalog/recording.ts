import type { EventMapper } from './map-event.js';
import { DATA_ACTIONS } from './tables/recording.js';
import type { Recording } from './types.js';

/**
 * How CloudTrail records each action. `data`: the curated table. `management`: some API operation exercises it. `never`:
 * no known API operation does, so that its absence from a trail proves nothing.
 * @param operations endpoint prefix or signing name -> API operations, separated by spaces
 */
export function recordings(
  actions: readonly string[],
  mapEvent: EventMapper,
  operations: Readonly<Record<string, string>>,
): Recording[] {
  const result: Recording[] = actions.map(() => 'never');
  for (const [source, names] of Object.entries(operations)) {
    for (const name of names.split(' ')) {
      const mapping = mapEvent(source, name);
      if (mapping.kind !== 'actions') continue;
      for (const action of mapping.actions) result[action] = 'management';
    }
  }
  const patterns = new Map(
    Object.entries(DATA_ACTIONS).map(([prefix, names]) => [
      prefix,
      new RegExp(`^(${names.map(toSource).join('|')})$`, 'i'),
    ]),
  );
  for (const [index, action] of actions.entries()) {
    const [prefix = '', name = ''] = action.split(':');
    if (patterns.get(prefix)?.test(name) === true) result[index] = 'data';
  }
  return result;
}

const toSource = (name: string): string => name.replaceAll('*', '.*');
