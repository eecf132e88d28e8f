import { at } from '../base/checked.js';
import { getOrInsertComputed, increment } from '../base/maps.js';
import { callName } from './call-name.js';
import { has } from '../catalog/action-set.js';
import { evidenceOf } from '../catalog/further-evidence.js';
import type { RequestEvidence } from '../catalog/further-types.js';
import type { ActionSet, Catalog, EventMapping } from '../catalog/types.js';
import { MISSING } from '../base/requests/reader.js';
import { addCounts, type Counted } from '../trail/aggregate.js';
import type { ActivityRow } from '../trail/types.js';
import { provesPermission } from './error-codes.js';
import { EventCounts } from './event-counts.js';

/** Calls that count for one action. Times are ISO 8601 UTC. */
type Usage = Counted;

interface Failure {
  readonly count: number;
  readonly errorCodes: ReadonlySet<string>;
}

/** Unsuccessful calls of one action. */
interface Attempts {
  readonly denied: number;
  readonly failed: number;
  readonly errorCodes: ReadonlySet<string>;
}

/** See `UnknownReason`. */
interface PossibleUse {
  /** The call's own action. */
  readonly call: string;
  readonly why: string;
  readonly succeeded: boolean;
}

/** What the calls of one principal show about actions. Action names are in IAM's spelling. */
export interface Credits {
  /** Action index -> successful calls. */
  readonly used: ReadonlyMap<number, Usage>;
  /** Granted actions that a successful call may have used instead of the one for which it counts. */
  readonly maybe: ReadonlySet<number>;
  /** Action index -> a call that may have used it besides its own action. */
  readonly possible: ReadonlyMap<number, PossibleUse>;
  /** Action index -> unsuccessful calls, whether used or not. */
  readonly tried: ReadonlyMap<number, Attempts>;
  /** Event sources of successful calls without known action. */
  readonly unmappedSources: ReadonlySet<string>;
  /** Action name, or `source:EventName` without known action, -> denied calls. */
  readonly denied: ReadonlyMap<string, number>;
  /** Keys like `denied`. Whether the caller had the permission is unknown. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Calls of any outcome without known action. */
  readonly unmapped: Pick<EventCounts, 'sorted'>;
  /** Numbers of events of any outcome; their sum is the number of events in the rows. */
  readonly events: { readonly mapped: number; readonly noPermission: number; readonly unmapped: number };
}

/** Fields of an activity row that determine its actions (calls in sessions have them too). */
export type CreditedCall = Pick<
  ActivityRow,
  'eventSource' | 'eventName' | 'apiCall' | 'outcome' | 'count' | 'first' | 'last'
> & {
  readonly errorCode?: string | null;
  /** What its requests show; absent if they are unknown. */
  readonly evidence?: RequestEvidence;
};

/**
 * Maps calls to actions. Only successful calls make an action used, and calls whose error follows authorization;
 * denied and failed calls are counted separately. An event with alternative actions (`any`) counts for those that
 * are granted, or for the first if none is: one of them allowed the call. If one is the rule (`first`), it alone
 * counts, and the others that are granted may have been used. Actions that requests show count like own actions.
 */
export function creditActivity(catalog: Catalog, granted: ActionSet, rows: Iterable<CreditedCall>): Credits {
  const credits = new CreditsBuilder(catalog, granted);
  for (const row of rows) credits.add(row);
  return credits;
}

class CreditsBuilder implements Credits {
  readonly used = new Map<number, Usage>();
  readonly maybe = new Set<number>();
  readonly #possiblyUsed = new Map<number, PossibleUse>();
  readonly #possiblyTried = new Map<number, PossibleUse>();
  readonly tried = new Map<number, { denied: number; failed: number; errorCodes: Set<string> }>();
  readonly unmappedSources = new Set<string>();
  readonly denied = new Map<string, number>();
  readonly failed = new Map<string, { count: number; errorCodes: Set<string> }>();
  readonly unmapped = new EventCounts();
  readonly events = { mapped: 0, noPermission: 0, unmapped: 0 };

  constructor(
    private readonly catalog: Catalog,
    private readonly granted: ActionSet,
  ) {}

  get possible(): ReadonlyMap<number, PossibleUse> {
    return new Map([...this.#possiblyTried, ...this.#possiblyUsed]);
  }

  add(row: CreditedCall): void {
    if (!row.apiCall) {
      this.events.noPermission += row.count;
      return;
    }
    // A request that is not known may contain every parameter of its operation.
    const { own, shown, possible } =
      row.evidence ?? evidenceOf(this.catalog, row.eventSource, row.eventName, MISSING);
    this.#countEvents(own, row);
    const actions = creditedActions(own, this.granted);
    const further = [...new Set(shown.map(({ action }) => action))];
    const isSuccess = row.outcome === 'succeeded';
    const wasAllowed =
      isSuccess || (row.outcome === 'failed' && provesPermission(row.eventSource, row.errorCode ?? null));
    for (const action of [...actions, ...further]) {
      if (wasAllowed) this.used.set(action, mergeUsage(this.used.get(action), row));
      else countAttempt(this.tried, action, row);
    }
    const unseen = wasAllowed ? this.#possiblyUsed : this.#possiblyTried;
    for (const { action, why } of possible)
      if (!unseen.has(action))
        unseen.set(action, { call: callName(this.catalog, own, row), why, succeeded: wasAllowed });
    if (isSuccess) this.#addAlternatives(own, actions);
    else this.#countFailure(own, actions, row);
  }

  #countEvents(own: EventMapping, row: CreditedCall): void {
    if (own.kind === 'no-permission') this.events.noPermission += row.count;
    else if (own.kind === 'actions') this.events.mapped += row.count;
    else {
      this.events.unmapped += row.count;
      this.unmapped.add(row);
      if (row.outcome === 'succeeded') this.unmappedSources.add(row.eventSource);
    }
  }

  #addAlternatives(own: EventMapping, actions: readonly number[]): void {
    if (own.kind !== 'actions' || own.mode !== 'first') return;
    for (const action of own.actions)
      if (!actions.includes(action) && has(this.granted, action)) this.maybe.add(action);
  }

  /** Each call counts for its own actions only: the event does not show which action was denied. */
  #countFailure(own: EventMapping, actions: readonly number[], row: CreditedCall): void {
    if (own.kind === 'no-permission') return;
    const names =
      own.kind === 'unmapped'
        ? [`${row.eventSource}:${row.eventName}`]
        : actions.map((action) => at(this.catalog.actions, action));
    for (const name of names) {
      if (row.outcome === 'denied') increment(this.denied, name, row.count);
      else countFailure(this.failed, name, row);
    }
  }
}

function creditedActions(own: EventMapping, granted: ActionSet): readonly number[] {
  if (own.kind === 'unmapped') return [];
  if (own.kind === 'no-permission')
    return own.action !== undefined && has(granted, own.action) ? [own.action] : [];
  const { mode, actions } = own;
  if (mode === 'all') return actions;
  const allowed = actions.filter((action) => has(granted, action));
  if (allowed.length === 0) return actions.slice(0, 1);
  return mode === 'first' ? allowed.slice(0, 1) : allowed;
}

function mergeUsage(before: Usage | undefined, row: CreditedCall): Usage {
  const { count, first, last } = row;
  return before === undefined ? { count, first, last } : addCounts(before, row);
}

function countAttempt(
  tried: Map<number, { denied: number; failed: number; errorCodes: Set<string> }>,
  action: number,
  row: CreditedCall,
): void {
  const entry = getOrInsertComputed(tried, action, () => ({
    denied: 0,
    failed: 0,
    errorCodes: new Set<string>(),
  }));
  if (row.outcome === 'denied') entry.denied += row.count;
  else entry.failed += row.count;
  if (row.outcome === 'failed' && row.errorCode !== undefined && row.errorCode !== null)
    entry.errorCodes.add(row.errorCode);
}

function countFailure(
  failed: Map<string, { count: number; errorCodes: Set<string> }>,
  name: string,
  row: CreditedCall,
): void {
  const entry = getOrInsertComputed(failed, name, () => ({ count: 0, errorCodes: new Set<string>() }));
  entry.count += row.count;
  if (row.errorCode !== undefined && row.errorCode !== null) entry.errorCodes.add(row.errorCode);
}
