import { getOrInsertComputed } from '../base/maps.js';
import type { RequestPath } from '../base/requests/path.js';
import { createRequestReader, type ReadRequest, type RequestContents } from '../base/requests/reader.js';
import type { FurtherAction, PossibleAction, RequestEvidence, ShownAction } from './further-types.js';
import type { Catalog, EventMapping } from './types.js';

const NO_PARAMETERS = 'the logs hold no request parameters for it';
const NO_SERVICES: readonly string[] = [];

/** Further actions of an event, prepared for searching requests. */
interface Plan {
  readonly own: EventMapping;
  readonly further: readonly FurtherAction[];
  readonly read: ReadRequest;
  readonly missing: RequestEvidence;
  /** For requests without roles, by path IDs: calls with the same evidence share one object. */
  readonly answers: Map<string, RequestEvidence>;
}

const plans = new WeakMap<Catalog, Map<string, Map<string, Plan>>>();

/**
 * Actions that one request shows, in addition to those of its event. Pure: the same catalog and request give the
 * same answer, and usually the same object for requests without roles. An event without further actions costs two
 * lookups.
 * @param requestParameters as parsed from the record, or as JSON text
 */
export function furtherEvidence(
  catalog: Catalog,
  eventSource: string,
  eventName: string,
  requestParameters: unknown,
): RequestEvidence {
  const plan = findPlan(catalog, eventSource, eventName);
  return plan.further.length === 0 ? plan.missing : readEvidence(plan, plan.read(requestParameters));
}

/** The same for what an engine found in requests by `Catalog.requestPlan`. */
export const evidenceOf = (
  catalog: Catalog,
  eventSource: string,
  eventName: string,
  contents: RequestContents,
): RequestEvidence => readEvidence(findPlan(catalog, eventSource, eventName), contents);

function findPlan(catalog: Catalog, eventSource: string, eventName: string): Plan {
  const bySource = getOrInsertComputed(plans, catalog, () => new Map<string, Map<string, Plan>>());
  const byName = getOrInsertComputed(bySource, eventSource, () => new Map<string, Plan>());
  const plan = getOrInsertComputed(byName, eventName, () => makePlan(catalog, eventSource, eventName));
  return plan;
}

function makePlan(catalog: Catalog, eventSource: string, eventName: string): Plan {
  const own = catalog.mapEvent(eventSource, eventName);
  const further = catalog.furtherActions(eventSource, eventName);
  const paths = new Map<string, RequestPath>();
  for (const { evidence } of further) for (const path of pathsOf(evidence)) paths.set(path.id, path);
  const possible = distinct(further.map(({ action }) => ({ action, why: NO_PARAMETERS })));
  return {
    own,
    further,
    read: createRequestReader({
      paths: [...paths.values()],
      roles: further.some(({ evidence }) => evidence.kind === 'role'),
    }),
    missing: {
      parameters: further.length === 0 ? 'whole' : 'missing',
      own,
      shown: [],
      possible: possible.filter(({ action }) => !includes(own, action)),
    },
    answers: new Map(),
  };
}

const pathsOf = (evidence: FurtherAction['evidence']): readonly RequestPath[] =>
  evidence.kind === 'hidden' ? evidence.when : evidence.paths;

function readEvidence(plan: Plan, { parameters, found, roles }: RequestContents): RequestEvidence {
  if (plan.further.length === 0 || parameters === 'missing') return plan.missing;
  if (roles.length > 0) return answer(plan, found, roles);
  const key = found.join(' ');
  const known = getOrInsertComputed(plan.answers, key, () => answer(plan, found, roles));
  return known;
}

function answer(plan: Plan, found: readonly string[], roles: readonly string[]): RequestEvidence {
  const shown: ShownAction[] = [];
  const possible: PossibleAction[] = [];
  const replaced = new Set<number>();
  const absent = new Set<number>();
  for (const { action, evidence } of plan.further) {
    const there = pathsOf(evidence).some(({ id }) => found.includes(id));
    if (evidence.kind === 'role') {
      for (const role of roles) shown.push({ action, role, passedTo: evidence.passedTo });
      if (roles.length === 0 && there) shown.push({ action, role: null, passedTo: evidence.passedTo });
      if (roles.length === 0 && !there) possible.push({ action, why: evidence.why });
    } else if (evidence.kind === 'hidden') {
      if (there || evidence.when.length === 0) possible.push({ action, why: evidence.why });
    } else if (there) {
      shown.push({ action, role: null, passedTo: NO_SERVICES });
      if (evidence.instead !== null) replaced.add(evidence.instead);
    } else if (evidence.instead !== null) {
      absent.add(action);
    }
  }
  const own = narrow(plan.own, shown, replaced, absent);
  const further = shown.filter(({ action }) => !replaced.has(action) && !includes(own, action));
  const used = new Set(further.map(({ action }) => action));
  return {
    parameters: 'whole',
    own,
    shown: further,
    possible: distinct(possible).filter(({ action }) => !used.has(action) && !includes(own, action)),
  };
}

/**
 * Removes actions that the request rules out. If the request shows which alternative it was, all remaining actions
 * were used: there is no alternative left.
 */
function narrow(
  own: EventMapping,
  shown: readonly ShownAction[],
  replaced: ReadonlySet<number>,
  absent: ReadonlySet<number>,
): EventMapping {
  if (own.kind !== 'actions' || (replaced.size === 0 && absent.size === 0)) return own;
  const left = own.actions.filter((action) => !replaced.has(action) && !absent.has(action));
  const instead = shown.filter(({ action }) => own.actions.includes(action)).map(({ action }) => action);
  const actions =
    replaced.size > 0 && own.mode !== 'all' && instead.length > 0 ? [...new Set(instead)] : left;
  return { kind: 'actions', mode: actions.length === 1 ? 'all' : own.mode, actions };
}

const includes = (mapping: EventMapping, action: number): boolean =>
  mapping.kind === 'actions' && mapping.actions.includes(action);

/** The first entry of each action. */
function distinct(list: readonly PossibleAction[]): PossibleAction[] {
  const seen = new Set<number>();
  return list.filter(({ action }) => !seen.has(action) && seen.add(action));
}
