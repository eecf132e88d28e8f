import { getOrInsertComputed } from '../../base/maps.js';
import type { Catalog } from '../../catalog/types.js';
import type { AccountCoverage, ActivityRow } from '../../trail/types.js';
import { LoggedDataEvents } from '../logged.js';
import { directionOf, provedBySource, RECORDING_KINDS, type Direction, type RecordingKind } from './kinds.js';

/** Events of one type in the logs of an account, of all callers and outcomes. */
export interface KindEvidence {
  readonly events: number;
  /** Source and name of one event: the first by name. Null for none. */
  readonly example: string | null;
}

/** Contents of the logs of one account. */
export interface Evidence {
  readonly kinds: Readonly<Record<RecordingKind, KindEvidence>>;
  /** Data events, and calls that may be data events: they prove nothing about management events. */
  readonly dataEvents: number;
  /** Keys of `LoggedDataEvents`. */
  readonly loggedDataEvents: readonly string[];
}

const NONE: KindEvidence = { events: 0, example: null };

type Row = Pick<
  ActivityRow,
  'recipientAccountId' | 'eventSource' | 'eventName' | 'apiCall' | 'networkActivity' | 'count'
>;

/** What an event name proves. */
interface Proof {
  /** All or some of its actions are data actions. */
  readonly isData: boolean;
  /** All of its actions are management actions. */
  readonly isManagement: boolean;
  readonly direction: Direction | null;
  readonly services: readonly RecordingKind[];
}

interface Counts {
  readonly kinds: Map<RecordingKind, { events: number; example: string }>;
  dataEvents: number;
}

/** Counts, per account, the events that prove what its trail records. Add every activity row. */
export class RecordingEvidence {
  readonly #catalog: Catalog;
  readonly #dataSources: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #proofs = new Map<string, Proof>();
  readonly #accounts = new Map<string, Counts>();
  readonly #logged: LoggedDataEvents;

  constructor(catalog: Catalog, coverage: readonly AccountCoverage[]) {
    this.#catalog = catalog;
    this.#logged = new LoggedDataEvents(catalog, coverage);
    this.#dataSources = new Map(coverage.map((c) => [c.accountId, new Set(c.dataEventSources)]));
  }

  add(row: Row): void {
    // Recorded for the owner of a VPC endpoint, whatever else a trail records (CloudTrail User Guide: Logging
    // network activity events).
    if (row.networkActivity === true) return;
    this.#logged.add(row);
    const { recipientAccountId, eventSource, eventName, apiCall, count } = row;
    if (!apiCall) return;
    const { isData, isManagement, direction, services } = this.#proofOf(eventSource, eventName);
    const counts = getOrInsertComputed(this.#accounts, recipientAccountId, () => ({
      kinds: new Map(),
      dataEvents: 0,
    }));
    const example = `${eventSource} ${eventName}`;
    const mayBeData = !isManagement && this.#dataSources.get(recipientAccountId)?.has(eventSource) === true;
    if (isData || mayBeData) counts.dataEvents += count;
    else if (direction !== null) addTo(counts, direction, count, example);
    for (const kind of services) addTo(counts, kind, count, example);
  }

  of(accountId: string): Evidence {
    const counts = this.#accounts.get(accountId);
    return {
      kinds: Object.fromEntries(
        RECORDING_KINDS.map((kind) => [kind, counts?.kinds.get(kind) ?? NONE]),
      ) as Record<RecordingKind, KindEvidence>,
      dataEvents: counts?.dataEvents ?? 0,
      loggedDataEvents: this.#logged.of(accountId),
    };
  }

  #proofOf(eventSource: string, eventName: string): Proof {
    const key = `${eventSource}\n${eventName}`;
    let proof = this.#proofs.get(key);
    if (proof === undefined) {
      const mapping = this.#catalog.mapEvent(eventSource, eventName);
      const actions = mapping.kind === 'actions' ? mapping.actions : [];
      const recordings = actions.map((action) => this.#catalog.recording(action));
      proof = {
        isData: recordings.includes('data'),
        isManagement: recordings.length > 0 && recordings.every((recording) => recording === 'management'),
        direction: directionOf(this.#catalog, eventSource, eventName),
        services: provedBySource(eventSource),
      };
      this.#proofs.set(key, proof);
    }
    return proof;
  }
}

function addTo(counts: Counts, kind: RecordingKind, count: number, example: string): void {
  const before = counts.kinds.get(kind);
  if (before === undefined) counts.kinds.set(kind, { events: count, example });
  else {
    before.events += count;
    if (example < before.example) before.example = example;
  }
}
