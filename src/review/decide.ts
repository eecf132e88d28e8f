import { DAY_MS } from '../base/time.js';
import type { Principal } from '../iam/types.js';
import type { Period } from '../period.js';
import { managerOf } from './managed-roles.js';
import {
  assignmentReason,
  attemptsReason,
  daysReason,
  mayBeUnrecordedReason,
  serviceOwnsReason,
} from './reasons.js';
import type { LogDays } from './recording/days.js';
import type { Decision, State } from './types.js';

/** Everything the decision depends on; action counts are numbers of actions. */
export interface Facts {
  readonly principal: Principal;
  readonly state: State;
  readonly incompleteReasons: readonly string[];
  readonly period: Period;
  /** What the account's logs cover of the period. */
  readonly days: LogDays;
  /** A sentence on why the logs of the account are doubtful for all of its principals; null where they are not. */
  readonly doubt: string | null;
  /** Calls that did not succeed. */
  readonly attempts: { readonly denied: number; readonly failed: number };
  readonly granted: number;
  readonly used: number;
  /** Granted actions of which nobody knows whether they were used. */
  readonly unknown: number;
  /** Those of them that may be all that the principal uses, without leaving any trace. */
  readonly mayBeUnrecorded: number;
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
  /** Plain sentences. */
  readonly reason: string;
}

/** A principal this young at the end of the period has not had the time to show what it needs. */
const NEW_DAYS = 30;

/** The suggestion for one principal: the first rule that applies wins. Removal is advised only on whole evidence. */
export function decide(facts: Facts): Verdict {
  const { state } = facts;
  const manager = managerOf(facts.principal);
  if (state === 'incomplete')
    return investigate(`The data are not complete: ${facts.incompleteReasons.join('; ')}.`);
  if (manager?.kind === 'service') return { decision: 'keep', reason: serviceOwnsReason(manager.service) };
  if (state === 'inactive') return decideInactive(facts);
  if (facts.excess === 0) {
    return {
      decision: 'keep',
      reason: `Uses ${facts.used} of ${facts.granted} granted actions; nothing to take away${notKnown(facts)}.`,
    };
  }
  const left = facts.granted - facts.excess;
  return {
    decision: 'reduce',
    reason: `${facts.excess} of ${facts.granted} granted actions can go: ${whyExcess(facts)}; ${left} would stay.`,
  };
}

const investigate = (reason: string): Verdict => ({ decision: 'investigate', reason });

const notKnown = ({ unknown }: Facts): string => (unknown === 0 ? '' : `, ${unknown} are unknown`);

/** That an action was not used is known of recorded ones only; of the others, that their service shows no use. */
function whyExcess({ excess, unrecordedExcess, period, days }: Facts): string {
  const when = `${inPeriod(period)}${days.enough ? '' : ` (${daysReason(days)})`}`;
  if (unrecordedExcess === 0) return `none of them was used ${when}`;
  const unrecorded = `${unrecordedExcess} that CloudTrail does not record, in services that show no use`;
  const recorded = excess - unrecordedExcess;
  return recorded === 0 ? unrecorded : `${recorded} not used ${when}, ${unrecorded}`;
}

function decideInactive(facts: Facts): Verdict {
  const { principal, period, granted, unknown, sessionsStarted, lastUsed, attempts, days } = facts;
  const when = inPeriod(period);
  if (attempts.denied + attempts.failed > 0) return investigate(attemptsReason(attempts, when));
  if (lastUsed !== null && lastUsed >= period.start) {
    return investigate(
      `${principal.type === 'role' ? 'IAM' : 'The credential report'} says it was last used at ${lastUsed}, but the trail has no event of it: the trail is not complete.`,
    );
  }
  if (sessionsStarted > 0) {
    return investigate(
      `${sessionsStarted} sessions of it were started, but the trail has no call made in them: it may use actions that are not recorded.`,
    );
  }
  if (principal.createdAt !== null && principal.createdAt > daysBefore(period.end, NEW_DAYS)) {
    return investigate(
      `Created at ${principal.createdAt}, less than ${NEW_DAYS} days before the end of the period: too new to judge.`,
    );
  }
  if (granted > 0 && unknown === granted) {
    return investigate(
      `No successful call ${when}, but CloudTrail would have recorded none of its ${granted} granted actions: nobody knows whether it is used.`,
    );
  }
  if (facts.doubt !== null) return investigate(`No successful call ${when}, but ${facts.doubt}`);
  if (!days.enough)
    return investigate(`No successful call ${when}, but ${daysReason(days)}: too few to call it unused.`);
  if (facts.mayBeUnrecorded > 0)
    return investigate(
      `No successful call ${when}, but ${mayBeUnrecordedReason(facts.mayBeUnrecorded, principal.type)}`,
    );
  const manager = managerOf(principal);
  if (manager?.kind === 'permission-set')
    return investigate(`No successful call ${when}. ${assignmentReason(manager.name)}`);
  return { decision: 'remove', reason: `No successful call ${when}.` };
}

/** The period in whole days as people say it: the last day is the one that holds the last second. */
function inPeriod({ start, end }: Period): string {
  return `from ${start.slice(0, 10)} to ${new Date(Date.parse(end) - 1000).toISOString().slice(0, 10)}`;
}

function daysBefore(time: string, days: number): string {
  return new Date(Date.parse(time) - days * DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z');
}
