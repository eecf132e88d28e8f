import type { Principal } from '../iam/types.js';
import type { Period } from '../period.js';
import type { AccountCoverage } from '../trail/types.js';
import type { Decision, State } from './types.js';

/** Everything the decision depends on; action counts are numbers of actions. */
export interface Facts {
  readonly principal: Principal;
  readonly state: State;
  readonly incompleteReasons: readonly string[];
  readonly coverage: AccountCoverage | undefined;
  readonly period: Period;
  readonly granted: number;
  readonly used: number;
  /** Granted actions that were not used as far as anybody knows: CloudTrail would not have recorded them. */
  readonly unknown: number;
  /** Granted actions that the cautious suggestion would take away. */
  readonly excess: number;
  /** Those of them that CloudTrail would not have recorded. */
  readonly unrecordedExcess: number;
  /** Sessions of this role that someone or some service started in the period. */
  readonly sessionsStarted: number;
  /** Last use that AWS itself knows of, also after the period: RoleLastUsed, or the credential report's of a user. */
  readonly lastUsed: string | null;
}

export interface Verdict {
  readonly decision: Decision;
  /** One plain sentence. */
  readonly reason: string;
}

/** A principal this young at the end of the period has not had the time to show what it needs. */
const NEW_DAYS = 30;

/** The suggestion for one principal: the first rule that applies wins. Removal is advised only on whole evidence. */
export function decide(facts: Facts): Verdict {
  const { principal, state } = facts;
  if (state === 'incomplete') {
    return {
      decision: 'investigate',
      reason: `The data are not complete: ${facts.incompleteReasons.join('; ')}.`,
    };
  }
  if (facts.coverage === undefined || facts.coverage.events === 0) {
    return {
      decision: 'investigate',
      reason: 'The trail holds no event of this account in the period, so nothing can be said about use.',
    };
  }
  if (principal.type === 'role' && principal.serviceLinked) {
    return {
      decision: 'keep',
      reason: 'A service-linked role: AWS defines its policy, it cannot be changed here.',
    };
  }
  if (state === 'inactive') return decideInactive(facts);
  if (facts.excess === 0) {
    return {
      decision: 'keep',
      reason: `Uses ${facts.used} of ${facts.granted} granted actions; nothing to take away.`,
    };
  }
  const left = facts.granted - facts.excess;
  return {
    decision: 'reduce',
    reason: `${facts.excess} of ${facts.granted} granted actions can go: ${whyExcess(facts)}; ${left} would stay.`,
  };
}

/** That an action was not used is known of recorded ones only; of the others, that their service shows no use. */
function whyExcess({ excess, unrecordedExcess, period }: Facts): string {
  if (unrecordedExcess === 0) return `none of them was used ${days(period)}`;
  const unrecorded = `${unrecordedExcess} that CloudTrail does not record, in services that show no use`;
  const recorded = excess - unrecordedExcess;
  return recorded === 0 ? unrecorded : `${recorded} not used ${days(period)}, ${unrecorded}`;
}

function decideInactive({ principal, period, granted, unknown, sessionsStarted, lastUsed }: Facts): Verdict {
  if (lastUsed !== null && lastUsed >= period.start) {
    return {
      decision: 'investigate',
      reason: `${principal.type === 'role' ? 'IAM' : 'The credential report'} says it was last used at ${lastUsed}, but the trail has no event of it: the trail is not complete.`,
    };
  }
  if (sessionsStarted > 0) {
    return {
      decision: 'investigate',
      reason: `${sessionsStarted} sessions of it were started, but the trail has no call made in them: it may use actions that are not recorded.`,
    };
  }
  if (principal.createdAt !== null && principal.createdAt > daysBefore(period.end, NEW_DAYS)) {
    return {
      decision: 'investigate',
      reason: `Created at ${principal.createdAt}, less than ${NEW_DAYS} days before the end of the period: too new to judge.`,
    };
  }
  if (granted > 0 && unknown === granted) {
    return {
      decision: 'investigate',
      reason: `No successful call ${days(period)}, but CloudTrail would have recorded none of its ${granted} granted actions: nobody knows whether it is used.`,
    };
  }
  return {
    decision: 'remove',
    reason: `No successful call ${days(period)}.`,
  };
}

/** The period in whole days as people say it: the last day is the one that holds the last second. */
function days({ start, end }: Period): string {
  return `from ${start.slice(0, 10)} to ${new Date(Date.parse(end) - 1000).toISOString().slice(0, 10)}`;
}

function daysBefore(time: string, days: number): string {
  return new Date(Date.parse(time) - days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
}
