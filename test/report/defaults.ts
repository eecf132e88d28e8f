import type { PrincipalReview, Suggestion, UsedGrantedAction } from '../../src/review/types.js';

/** Fields of a principal that most tests do not care about. */
export const NOTHING_MORE = {
  unknownNotLogged: [],
  removed: { denied: 0, outsideScp: 0, outsideBoundary: 0 },
  risks: [],
  people: [],
  origins: [],
  trust: [],
  weeks: [],
  policies: () => [],
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
