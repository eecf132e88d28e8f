import { count, intersect, subtract } from '../catalog/action-set.js';
import { suggestPolicies } from '../iam/suggest.js';
import type { ActivityRow } from '../trail/types.js';
import { changesOf } from './changes.js';
import type { Comparison } from './comparison.js';
import { decide } from './decide.js';
import { observedResources } from './observed.js';
import { passesOf } from './passed-roles.js';
import type { PrincipalInput } from './principal-input.js';
import { retainedActions } from './retained-actions.js';
import type { Suggestion } from './types.js';
import { mayBeUnrecorded } from './unrecorded.js';

/** The decision about a principal, and the policies and changes that carry it out. */
export function suggest(input: PrincipalInput, comparison: Comparison): Suggestion {
  const { catalog, principal, grants, rows, credentials } = input;
  const { calls, counts, state, statuses } = comparison;
  const keep = retainedActions(catalog, grants, statuses);
  const excess = subtract(grants.granted, keep.cautious);
  const verdict = decide({
    principal,
    state,
    gaps: input.gaps,
    period: input.period,
    days: input.logs.days,
    doubt: input.doubt,
    attempts: { denied: countCalls(rows, 'denied'), failed: countCalls(rows, 'failed') },
    granted: counts.granted,
    used: counts.used,
    unknown: counts.unknown,
    mayBeUnrecorded: mayBeUnrecorded(input, statuses),
    excess: count(excess),
    unrecordedExcess: count(intersect(excess, statuses.unknown)),
    sessionsStarted: input.sessionsStarted,
    lastUsed: principal.type === 'role' ? principal.lastUsed : (credentials?.lastUsed ?? null),
  });
  const reduces = verdict.decision === 'reduce';
  return {
    ...verdict,
    ...(reduces
      ? suggestPolicies(
          principal,
          keep,
          catalog,
          observedResources(catalog, calls, input.resources),
          passesOf(principal, calls, input.roleNames),
        )
      : { strict: [], cautious: [], observed: [] }),
    actionsRemoved: reduces ? count(excess) : 0,
    changes: changesOf({
      catalog,
      principal,
      granted: grants.granted,
      keep: keep.cautious,
      decision: verdict.decision,
      trust: input.trust,
    }),
  };
}

const countCalls = (rows: readonly ActivityRow[], outcome: ActivityRow['outcome']): number =>
  rows.reduce((sum, row) => sum + (row.outcome === outcome ? row.count : 0), 0);
