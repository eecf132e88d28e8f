import { at } from '../base/checked.js';
import { getOrInsertComputed } from '../base/maps.js';
import type { Catalog } from '../catalog/types.js';
import { prefixesOf } from './source-prefixes.js';
import type { AccountCoverage, ActivityRow } from '../trail/types.js';

type LoggedRow = Pick<ActivityRow, 'recipientAccountId' | 'eventSource' | 'eventName'>;

/** Recorded as management events although the action is a data action (CloudTrail User Guide: Logging data events). */
const MANAGEMENT_EVENTS: ReadonlySet<string> = new Set(['s3 headbucket']);

/**
 * Data events in the logs of each account. A trail can log only reads or only writes of a service, so each is
 * proven separately. Add every activity row, of all callers and outcomes.
 */
export class LoggedDataEvents {
  readonly #catalog: Catalog;
  readonly #sources: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #proved = new Map<string, Set<string>>();

  constructor(catalog: Catalog, coverage: readonly AccountCoverage[]) {
    this.#catalog = catalog;
    this.#sources = new Map(coverage.map((c) => [c.accountId, new Set(c.dataEventSources)]));
  }

  add({ recipientAccountId, eventSource, eventName }: LoggedRow): void {
    if (this.#sources.get(recipientAccountId)?.has(eventSource) !== true) return;
    if (MANAGEMENT_EVENTS.has(`${prefixesOf(eventSource)[0] ?? ''} ${eventName.toLowerCase()}`)) return;
    const mapping = this.#catalog.mapEvent(eventSource, eventName);
    if (mapping.kind !== 'actions') return;
    const actions = mapping.actions.filter((action) => this.#catalog.recording(action) === 'data');
    const kinds = new Set(actions.map((action) => readOrWrite(this.#catalog, action)));
    // Alternatives with both reads and writes: the event proves neither.
    if (mapping.mode !== 'all' && kinds.size > 1) return;
    // A call that reads and writes (CopyObject) is a write event.
    const kind = kinds.has('write') ? 'write' : 'read';
    const keys = getOrInsertComputed(this.#proved, recipientAccountId, () => new Set<string>());
    const catalog = this.#catalog;
    for (const action of actions) {
      const { prefix } = at(catalog.services, catalog.serviceOf(action));
      keys.add(`${prefix}:${kind}`);
    }
  }

  /** For `statuses`: `s3:read`, `s3:write`, …, sorted. */
  of(accountId: string): string[] {
    return [...(this.#proved.get(accountId) ?? [])].sort();
  }
}

/** According to IAM access levels: List and Read are reads, all others writes. */
export function readOrWrite(catalog: Catalog, action: number): 'read' | 'write' {
  return catalog.accessLevels(action).every((level) => level === 'Read' || level === 'List')
    ? 'read'
    : 'write';
}
