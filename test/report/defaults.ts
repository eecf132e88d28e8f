import type { PrincipalReview, Suggestion } from '../../src/review/types.js';

/** Fields of a principal that most tests do not care about. */
export const NOTHING_MORE = {
  unknownNotLogged: [],
  removed: { denied: 0, outsideScp: 0, outsideBoundary: 0 },
  risks: [],
  people: [],
  origins: [],
  trust: [],
} satisfies Partial<PrincipalReview>;

export const NO_CHANGES = { observed: [], actionsRemoved: 0, changes: [] } satisfies Partial<Suggestion>;
