import { cut } from './text.js';
import { append, getOrInsertComputed } from '../../base/maps.js';
import { DATA_EVENTS } from '../../wording/pages.js';

interface RecordedAccount {
  readonly name: string;
  /** `s3:read`, `s3:write`, or `s3` for both. */
  readonly dataEvents: readonly string[];
}

/** Accounts whose logs hold the same data events. */
export interface DataEventGroup {
  readonly what: string;
  readonly names: readonly string[];
  /** Accounts beyond those named; null for none. */
  readonly more: number | null;
}

/** Names per group, and groups: the table of event types lists every account. */
const FEW_NAMES = 5;
const FEW_GROUPS = 4;

/** `S3 reads and writes` in some accounts, `no data events` in others; largest groups first, those without events last. */
export function dataEventGroups(accounts: readonly RecordedAccount[]): DataEventGroup[] {
  const byWords = new Map<string, string[]>();
  const without: string[] = [];
  for (const { name, dataEvents } of accounts) {
    if (dataEvents.length === 0) without.push(name);
    else {
      const words = describe(dataEvents);
      append(byWords, words, name);
    }
  }
  const groups = [...byWords].sort(([, a], [, b]) => b.length - a.length);
  const rest = groups.slice(FEW_GROUPS).flatMap(([, names]) => names);
  return [
    ...groups.slice(0, FEW_GROUPS).map(([what, names]) => group(what, names)),
    ...(rest.length > 0 ? [group(DATA_EVENTS.other, rest)] : []),
    ...(without.length > 0 ? [group(DATA_EVENTS.none, without)] : []),
  ];
}

const group = (what: string, names: readonly string[]): DataEventGroup => ({
  what,
  names: names.slice(0, FEW_NAMES).map(cut),
  more: names.length > FEW_NAMES ? names.length - FEW_NAMES : null,
});

function describe(dataEvents: readonly string[]): string {
  const directions = new Map<string, Set<string>>();
  for (const key of dataEvents) {
    const [service = '', direction] = key.split(':');
    const found = getOrInsertComputed(directions, service, () => new Set<string>());
    if (direction !== 'write') found.add(DATA_EVENTS.read);
    if (direction !== 'read') found.add(DATA_EVENTS.write);
  }
  return [...directions]
    .map(
      ([service, found]) =>
        `${DATA_EVENTS.services[service] ?? service} ${[...found].sort().join(DATA_EVENTS.and)}`,
    )
    .join(', ');
}
