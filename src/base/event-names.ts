/** IAM prefixes of event sources (without `.amazonaws.com`), where the names differ. */
export interface PrefixTables {
  readonly first: ReadonlyMap<string, string>;
  /** A further prefix with the same claim to the events. */
  readonly second: ReadonlyMap<string, string>;
}

/** The names that an event may have in AWS's lists of actions and operations, most likely first. */
export interface EventNames {
  /** eventSource without `.amazonaws.com`. */
  readonly host: string;
  /** IAM prefixes. */
  readonly prefixes: readonly string[];
  /** A further prefix that has the same claim to the event as the others, or null. */
  readonly second: string | null;
  /** The name as it stands, then without its API version: cut only where the whole name is not known. */
  readonly names: readonly string[];
}

/** @param eventSource whole, `s3.amazonaws.com` */
export function eventNames(tables: PrefixTables, eventSource: string, eventName: string): EventNames {
  const host = eventSource.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, '');
  return {
    host,
    prefixes: [...new Set([tables.first.get(host) ?? host, host, host.split('.').at(-1) ?? host])],
    second: tables.second.get(host) ?? null,
    names: [eventName, ...withoutVersion(eventName)],
  };
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
