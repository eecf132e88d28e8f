import { EVENTS, NO_PERMISSION, NO_PERMISSION_SOURCES, VERBS, type Target } from './tables/events.js';
import { PREFIXES } from './tables/prefixes.js';
import type { EventMapping } from './types.js';

export type EventMapper = (eventSource: string, eventName: string) => EventMapping;

const UNMAPPED: EventMapping = { kind: 'unmapped' };

/**
 * The tables win over the name as it stands (s3 has an action and an API operation of the same name that differ); then
 * the name itself; then the name without an API version, which is cut only when the whole name is not an action.
 * @param indexOf index of `service:Action` in any case
 */
export function createEventMapper(indexOf: (action: string) => number | undefined): EventMapper {
  const tables = new Map<string, Target>();
  for (const [prefix, entries] of Object.entries(EVENTS)) {
    for (const [name, target] of entries) tables.set(`${prefix}:${name}`.toLowerCase(), target);
  }
  const known = new Map<string, EventMapping>();

  function indexes(prefix: string, names: readonly string[]): number[] {
    return names.flatMap((name) => indexOf(`${prefix}:${name}`) ?? []);
  }

  function lookUp(prefix: string, name: string): EventMapping | undefined {
    const action = `${prefix}:${name}`;
    const free = NO_PERMISSION.get(action.toLowerCase());
    if (free !== undefined) return { kind: 'no-permission', reason: free };
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

  function map(eventSource: string, eventName: string): EventMapping {
    const host = eventSource.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, '');
    const signIn = NO_PERMISSION_SOURCES.get(host);
    if (signIn !== undefined) return { kind: 'no-permission', reason: signIn };
    const prefixes = [...new Set([PREFIXES.get(host) ?? host, host, host.split('.').at(-1) ?? host])];
    for (const name of [eventName, ...withoutVersion(eventName)]) {
      for (const prefix of prefixes) {
        const found = lookUp(prefix, name);
        if (found !== undefined) return found;
      }
    }
    return UNMAPPED;
  }

  return (eventSource, eventName) => {
    const key = `${eventSource}\n${eventName}`;
    let mapping = known.get(key);
    if (mapping === undefined) known.set(key, (mapping = map(eventSource, eventName)));
    return mapping;
  };
}

function alternatives(target: Target): readonly ['all' | 'any' | 'first', readonly string[]] {
  if ('any' in target) return ['any', target.any];
  return 'first' in target ? ['first', target.first] : ['all', target];
}

/** `CreateFunction20150331v2`, `CreateDistribution2020_05_31`, `ListObjectsV2` without their version, longest first. */
function withoutVersion(name: string): string[] {
  const names: string[] = [];
  for (const pattern of [/v\d{1,2}$/i, /\d{4}_\d{2}_\d{2}$/, /\d{8}$/, /\d{8}v\d{1,2}$/i]) {
    const short = name.replace(pattern, '');
    if (short !== name && short !== '') names.push(short);
  }
  return names;
}
