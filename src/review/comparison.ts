import { count } from '../catalog/action-set.js';
import { creditActivity, type Credits } from './credits.js';
import { explainCalls, type ExplainedCall } from './explained-calls.js';
import type { PrincipalInput } from './principal-input.js';
import { reviewServices } from './services.js';
import { statuses, type Statuses } from './status.js';
import type { PrincipalReview, State } from './types.js';

/** Granted and used actions of one principal. */
export interface Comparison {
  readonly calls: readonly ExplainedCall[];
  readonly credits: Credits;
  readonly statuses: Statuses;
  readonly state: State;
  readonly services: PrincipalReview['services'];
  readonly counts: PrincipalReview['counts'];
}

export function compareGrantsAndCalls(input: PrincipalInput): Comparison {
  const { catalog, grants, rows, gaps, unseen } = input;
  const calls = explainCalls(catalog, rows, input.requests);
  const credits = creditActivity(catalog, grants.granted, calls);
  const status = statuses(catalog, grants.granted, credits, unseen);
  const services = reviewServices(catalog, grants, status, credits);
  const isActive = rows.some((row) => row.outcome === 'succeeded');
  return {
    calls,
    credits,
    statuses: status,
    state: gaps.length > 0 ? 'incomplete' : isActive ? 'active' : 'inactive',
    services,
    counts: {
      granted: count(grants.granted),
      used: count(status.used),
      unused: count(status.unused),
      unknown: count(status.unknown),
      ungranted: count(status.ungranted),
      denied: total(credits.denied.values()),
      failed: total(Array.from(credits.failed.values(), (failure) => failure.count)),
      servicesGranted: services.filter((service) => service.granted > 0).length,
      servicesUsed: services.filter((service) => service.used > 0).length,
    },
  };
}

const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, n) => sum + n, 0);
