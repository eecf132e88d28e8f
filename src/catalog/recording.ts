import type { EventMapper } from './map-event.js';
import { DATA_ACTIONS, NEVER_RECORDED, RECORDED_WITHOUT_API } from './tables/recording.js';
import type { Recording } from './types.js';

/**
 * How CloudTrail records each action. `data` and `never`: curated tables. `management`: a curated table, or an API
 * operation uses the action. Also `never`: no known API operation uses the action, so its absence from the logs
 * proves nothing.
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
  const tables = (
    [
      [RECORDED_WITHOUT_API, 'management'],
      [DATA_ACTIONS, 'data'],
      [NEVER_RECORDED, 'never'],
    ] as const
  ).map(([table, recording]) => [matchers(table), recording] as const);
  for (const [index, action] of actions.entries()) {
    const [prefix = '', name = ''] = action.split(':');
    for (const [patterns, recording] of tables)
      if (patterns.get(prefix)?.test(name) === true) result[index] = recording;
  }
  return result;
}

function matchers(table: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, RegExp> {
  return new Map(
    Object.entries(table).map(([prefix, names]) => [
      prefix,
      new RegExp(`^(${names.map((name) => name.replaceAll('*', '.*')).join('|')})$`, 'i'),
    ]),
  );
}
