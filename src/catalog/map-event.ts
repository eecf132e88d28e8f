import { eventNames, memoizeByEvent } from '../base/event-names.js';
import { EVENTS } from './tables/events.js';
import { PREFIX_TABLES } from './tables/prefixes.js';
import { NO_PERMISSION, NO_PERMISSION_SOURCES } from './tables/no-permission.js';
import type { Target } from './tables/target.js';
import { VERBS } from './tables/verbs.js';
import type { EventMapping } from './types.js';

export type EventMapper = (eventSource: string, eventName: string) => EventMapping;

const UNMAPPED: EventMapping = { kind: 'unmapped' };

/**
 * Lookup order: tables (S3 has an action and an API operation of the same name that differ), the name itself, the
 * name without API version, and for a batch the name of a single call.
 * @param indexOf index of `service:Action`, ignoring case
 */
export function createEventMapper(indexOf: (action: string) => number | undefined): EventMapper {
  const tables = new Map<string, Target>();
  for (const [prefix, entries] of Object.entries(EVENTS)) {
    for (const [name, target] of entries) tables.set(`${prefix}:${name}`.toLowerCase(), target);
  }

  function indexes(prefix: string, names: readonly string[]): number[] {
    return names.flatMap((name) => indexOf(name.includes(':') ? name : `${prefix}:${name}`) ?? []);
  }

  function lookUp(prefix: string, name: string): EventMapping | undefined {
    const action = `${prefix}:${name}`;
    const free = NO_PERMISSION.get(action.toLowerCase());
    if (free !== undefined) return { kind: 'no-permission', reason: free, action: indexOf(action) };
    const target = tables.get(action.toLowerCase());
    if (target !== undefined) {
      const [mode, names] = alternatives(target);
      const actions = indexes(prefix, names);
      if (actions.length > 0) return { kind: 'actions', mode, actions };
    }
    const own = indexOf(action);
    if (own !== undefined) return { kind: 'actions', mode: 'all', actions: [own] };
    const verb = VERBS.get(prefix)?.find(([pattern]) => pattern.test(name))?.[1];
    const byVerb = verb === undefined ? undefined : indexOf(`${prefix}:${verb}`);
    return byVerb === undefined ? undefined : { kind: 'actions', mode: 'all', actions: [byVerb] };
  }

  function lookUpAll(prefixes: readonly string[], second: string | null, name: string) {
    let found: EventMapping | undefined;
    for (const prefix of prefixes) found ??= lookUp(prefix, name);
    const other = second === null ? undefined : lookUp(second, name);
    if (other?.kind !== 'actions') return found;
    if (found?.kind !== 'actions') return found ?? other;
    const actions = [...new Set([...found.actions, ...other.actions])];
    return { kind: 'actions', mode: 'any', actions } as const;
  }

  function map(eventSource: string, eventName: string): EventMapping {
    const { host, prefixes, second, names } = eventNames(PREFIX_TABLES, eventSource, eventName);
    const signIn = NO_PERMISSION_SOURCES.get(host);
    if (signIn !== undefined) return lookUp(host, eventName) ?? { kind: 'no-permission', reason: signIn };
    const single = names.filter((name) => /^Batch./.test(name)).map((name) => name.slice('Batch'.length));
    for (const name of [...names, ...single]) {
      const found = lookUpAll(prefixes, second, name);
      if (found !== undefined) return found;
    }
    return UNMAPPED;
  }

  return memoizeByEvent(map);
}

function alternatives(target: Target): readonly ['all' | 'any' | 'first', readonly string[]] {
  if ('any' in target) return ['any', target.any];
  return 'first' in target ? ['first', target.first] : ['all', target];
}
