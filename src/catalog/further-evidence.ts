import type {
  FurtherAction,
  PossibleAction,
  RequestEvidence,
  RequestPath,
  ShownAction,
} from './further-types.js';
import { createRequestMatcher, type RequestMatch, type RequestMatcher } from './request-matcher.js';
import type { Catalog, EventMapping } from './types.js';

const NO_PARAMETERS = 'the logs hold no request parameters for it';
const NO_SERVICES: readonly string[] = [];

/** An event's further actions, ready to be looked for in requests. */
interface Plan {
  readonly own: EventMapping;
  readonly further: readonly FurtherAction[];
  readonly match: RequestMatcher;
  /** By index of `further`: the bits of its paths. */
  readonly bits: readonly number[];
  readonly missing: RequestEvidence;
  /** Answers for requests without roles, by the bits found: events with the same evidence share one object. */
  readonly answers: Map<number, RequestEvidence>;
}

const plans = new WeakMap<Catalog, Map<string, Map<string, Plan>>>();

/**
 * Which actions one request shows, besides those that its event maps to. Pure: the same catalog and request give the same
 * answer, and the same object for most requests without roles. An event without further actions costs two look-ups.
 *
 * AWS names in requestParameters what a call was made with (CloudTrail User Guide, "CloudTrail record contents"); it is null
 * where it leaves them out, and `{"omitted": true}` where they are too large.
 * @param requestParameters as parsed from the record, or as JSON text
 */
export function furtherEvidence(
  catalog: Catalog,
  eventSource: string,
  eventName: string,
  requestParameters: unknown,
): RequestEvidence {
  const plan = findPlan(catalog, eventSource, eventName);
  if (plan.further.length === 0) return plan.missing;
  const request = readRequest(requestParameters);
  if (request === null) return plan.missing;
  const match = plan.match(request);
  const { roles } = match;
  if (roles.length > 0) return answer(plan, match, roles);
  let known = plan.answers.get(match.found);
  if (known === undefined) plan.answers.set(match.found, (known = answer(plan, match, roles)));
  return known;
}

function findPlan(catalog: Catalog, eventSource: string, eventName: string): Plan {
  let bySource = plans.get(catalog);
  if (bySource === undefined) plans.set(catalog, (bySource = new Map<string, Map<string, Plan>>()));
  let byName = bySource.get(eventSource);
  if (byName === undefined) bySource.set(eventSource, (byName = new Map<string, Plan>()));
  let plan = byName.get(eventName);
  if (plan === undefined) byName.set(eventName, (plan = makePlan(catalog, eventSource, eventName)));
  return plan;
}

function makePlan(catalog: Catalog, eventSource: string, eventName: string): Plan {
  const own = catalog.mapEvent(eventSource, eventName);
  const further = catalog.furtherActions(eventSource, eventName);
  const paths: RequestPath[] = [];
  const bits = further.map(({ evidence }) => {
    let mask = 0;
    for (const path of evidence.kind === 'hidden' ? evidence.when : evidence.paths) {
      mask |= 1 << paths.length;
      paths.push(path);
    }
    return mask;
  });
  const possible = distinct(further.map(({ action }) => ({ action, why: NO_PARAMETERS })));
  return {
    own,
    further,
    match: createRequestMatcher(
      paths,
      further.some(({ evidence }) => evidence.kind === 'role'),
    ),
    bits,
    missing: {
      parameters: further.length === 0 ? 'whole' : 'missing',
      own,
      shown: [],
      possible: possible.filter(({ action }) => !includes(own, action)),
    },
    answers: new Map(),
  };
}

/** The request as an object; null where there is none to look into. */
function readRequest(value: unknown): object | null {
  if (typeof value === 'string') {
    if (!value.startsWith('{')) return null;
    try {
      return readRequest(JSON.parse(value) as unknown);
    } catch {
      return null;
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if ('omitted' in value && value.omitted === true) return null;
  return Object.keys(value).length === 0 ? null : value;
}

function answer(plan: Plan, { found }: RequestMatch, roles: readonly string[]): RequestEvidence {
  const shown: ShownAction[] = [];
  const possible: PossibleAction[] = [];
  const replaced = new Set<number>();
  const absent = new Set<number>();
  for (const [index, { action, evidence }] of plan.further.entries()) {
    const there = (found & (plan.bits[index] ?? 0)) !== 0;
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
 * Without the actions that the request rules out. Where the request tells which of the alternatives it was, all of the rest
 * were exercised: an alternative is no longer one.
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

/** The first of each action. */
function distinct(list: readonly PossibleAction[]): PossibleAction[] {
  const seen = new Set<number>();
  return list.filter(({ action }) => !seen.has(action) && seen.add(action));
}
