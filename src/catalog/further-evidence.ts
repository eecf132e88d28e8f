import { memoizeByEvent } from '../base/event-names.js';
import { getOrInsertComputed } from '../base/maps.js';
import type { RequestPath } from '../base/requests/path.js';
import type { RequestContents } from '../base/requests/reader.js';
import type {
  FurtherAction,
  PossibleAction,
  RequestEvidence,
  RoleEvidence,
  ShownAction,
} from './further-types.js';
import type { Catalog, EventMapping } from './types.js';

const NO_PARAMETERS = 'the logs hold no request parameters for it';
const NO_SERVICES: readonly string[] = [];

/** Further actions of an event, with the answers given so far. */
interface Plan {
  readonly own: EventMapping;
  readonly further: readonly FurtherAction[];
  readonly missing: RequestEvidence;
  /** For requests without roles, by path IDs: calls with the same evidence share one object. */
  readonly answers: Map<string, RequestEvidence>;
}

const plansOf = new WeakMap<Catalog, (eventSource: string, eventName: string) => Plan>();

/**
 * Actions that requests of one call show, in addition to those of its event. Pure: the same catalog and contents give
 * the same answer, and the same object for requests without roles.
 * @param contents what an engine found by `Catalog.requestPlan`
 */
export function evidenceOf(
  catalog: Catalog,
  eventSource: string,
  eventName: string,
  contents: RequestContents,
): RequestEvidence {
  const findPlan = getOrInsertComputed(plansOf, catalog, () =>
    memoizeByEvent((source, name) => makePlan(catalog, source, name)),
  );
  return readEvidence(findPlan(eventSource, eventName), contents);
}

function makePlan(catalog: Catalog, eventSource: string, eventName: string): Plan {
  const own = catalog.mapEvent(eventSource, eventName);
  const further = catalog.furtherActions(eventSource, eventName);
  const possible = distinct(further.map(({ action }) => ({ action, why: NO_PARAMETERS })));
  return {
    own,
    further,
    missing: {
      parameters: further.length === 0 ? 'whole' : 'missing',
      own,
      shown: [],
      possible: possible.filter(({ action }) => !includes(own, action)),
      rolesNamed: further.every(({ evidence }) => evidence.kind !== 'role'),
    },
    answers: new Map(),
  };
}

const pathsOf = (evidence: FurtherAction['evidence']): readonly RequestPath[] =>
  evidence.kind === 'hidden' ? evidence.when : evidence.paths;

function readEvidence(plan: Plan, { parameters, found, roles }: RequestContents): RequestEvidence {
  if (plan.further.length === 0 || parameters === 'missing') return plan.missing;
  if (roles.length > 0) return answer(plan, found, roles);
  return getOrInsertComputed(plan.answers, found.join(' '), () => answer(plan, found, roles));
}

function answer(plan: Plan, found: readonly string[], roles: readonly string[]): RequestEvidence {
  const shown: ShownAction[] = [];
  const possible: PossibleAction[] = [];
  const replaced = new Set<number>();
  const absent = new Set<number>();
  let rolesNamed = true;
  for (const { action, evidence } of plan.further) {
    const there = pathsOf(evidence).some(({ id }) => found.includes(id));
    if (evidence.kind === 'role') {
      rolesNamed &&= namesRoles(evidence, found, roles);
      for (const role of roles) shown.push({ action, role, passedTo: evidence.passedTo });
      if (roles.length === 0 && there) shown.push({ action, role: null, passedTo: evidence.passedTo });
      if (roles.length === 0 && !there) possible.push({ action, why: whyNoRole(evidence, found) });
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
    rolesNamed,
  };
}

const whyNoRole = ({ why, whyNone, when }: RoleEvidence, found: readonly string[]): string =>
  when.length === 0 || when.some(({ id }) => found.includes(id)) ? why : whyNone;

function namesRoles(
  { paths, indirect, when }: RoleEvidence,
  found: readonly string[],
  roles: readonly string[],
): boolean {
  if (roles.length > 0) return !indirect || when.length > 0;
  const isRedacted = paths.some(({ id }) => found.includes(id));
  return !isRedacted && when.length > 0 && !when.some(({ id }) => found.includes(id));
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
