import type {
  GrantedService,
  PrincipalReview,
  Suggestion,
  UsedGrantedAction,
} from '../../src/review/types.js';

/** Fields of a principal that most tests do not care about. */
export const NOTHING_MORE = {
  unknownNotLogged: [],
  removed: { denied: 0, outsideScp: 0, outsideBoundary: 0 },
  risks: [],
  people: [],
  origins: [],
  trust: [],
  owner: null,
  human: 'unknown',
  credentials: null,
  awsLastUsed: null,
  documents: [],
  weeks: [],
  policies: () => [],
  granted: () => new Map<string, GrantedService>(),
} satisfies Partial<PrincipalReview>;

export const NO_CHANGES = { observed: [], actionsRemoved: 0, changes: [] } satisfies Partial<Suggestion>;

/** Each of the policies allows the action with its first statement. */
export const statementsOf = (
  policies: readonly string[],
): Pick<UsedGrantedAction, 'allowedBy' | 'deniedBy'> => ({
  allowedBy: policies.map((policy) => ({
    source: 'identity',
    policy,
    statement: 1,
    sid: null,
    conditional: false,
    resourceLimited: false,
  })),
  deniedBy: [],
});

/** What is granted, from the lists of a sample. */
export function grantedOf(
  p: Pick<PrincipalReview, 'used' | 'unused' | 'unknown' | 'unknownNotLogged'>,
): ReadonlyMap<string, GrantedService> {
  const services = new Map<string, { [list in 'recorded' | 'notLogged' | 'noCall']: string[] }>();
  const put = (action: string, list: 'recorded' | 'notLogged' | 'noCall'): void => {
    const service = action.split(':')[0] ?? '';
    const names = services.get(service) ?? { recorded: [], notLogged: [], noCall: [] };
    services.set(service, names);
    names[list].push(action);
  };
  const notLogged = new Set(p.unknownNotLogged);
  for (const { action } of p.used) put(action, 'recorded');
  for (const action of p.unused) put(action, 'recorded');
  for (const action of p.unknown) put(action, notLogged.has(action) ? 'notLogged' : 'noCall');
  return new Map([...services].map(([service, names]) => [service, { service, ...names }]));
}
