import { DAY_MS } from '../base/time.js';
import type { Principal } from '../iam/types.js';
import type { Period } from '../period.js';
import { managerOf } from './managed-roles.js';
import type { DecisionReason, Doubt, Gap, InactiveReason, Unrecorded } from './reasons.js';
import type { LogDays } from './recording/days.js';
import type { Decision, State } from './types.js';

/** Everything that a decision depends on; action counts are numbers of actions. */
export interface Facts {
  readonly principal: Principal;
  readonly state: State;
  readonly gaps: readonly Gap[];
  readonly period: Period;
  /** Days of the period that the logs of the account cover. */
  readonly days: LogDays;
  /** Why the logs of the account are doubtful for all its principals; null if they are not. */
  readonly doubt: Doubt | null;
  /** Unsuccessful calls. */
  readonly attempts: { readonly denied: number; readonly failed: number };
  readonly granted: number;
  readonly used: number;
  /** Number of unknown actions. */
  readonly unknown: number;
  readonly mayBeUnrecorded: Unrecorded;
  /** Granted actions that the cautious suggestion would remove. */
  readonly excess: number;
  /** Number of these that CloudTrail would not have recorded. */
  readonly unrecordedExcess: number;
  /** Sessions of this role that any caller started in the period. */
  readonly sessionsStarted: number;
  /** Last use in AWS's own records, also after the period: RoleLastUsed, or the credential report. */
  readonly lastUsed: string | null;
}

export interface Verdict {
  readonly decision: Decision;
  readonly reason: DecisionReason;
}

/** A younger principal (at the end of the period) had no time to show what it needs. */
const NEW_DAYS = 30;

/** The suggestion for one principal: the first matching rule wins. Removal requires complete evidence. */
export function decide(facts: Facts): Verdict {
  const { state, gaps, used, granted, unknown, excess, period, days } = facts;
  const manager = managerOf(facts.principal);
  if (state === 'incomplete') return { decision: 'investigate', reason: { kind: 'incomplete', gaps } };
  if (manager?.kind === 'service')
    return { decision: 'keep', reason: { kind: 'service-linked', service: manager.service } };
  if (state === 'inactive') {
    const reason = inactiveReason(facts);
    return { decision: reason.kind === 'unused' ? 'remove' : 'investigate', reason };
  }
  if (excess === 0) return { decision: 'keep', reason: { kind: 'nothing-unused', used, granted, unknown } };
  return {
    decision: 'reduce',
    reason: { kind: 'excess', excess, unrecorded: facts.unrecordedExcess, granted, period, days },
  };
}

/** `unused` only if nothing contradicts it. */
function inactiveReason(facts: Facts): InactiveReason {
  const { principal, period, granted, unknown, sessionsStarted, lastUsed, attempts, days } = facts;
  const about = { type: principal.type, period };
  if (attempts.denied + attempts.failed > 0) return { ...about, kind: 'attempts', ...attempts };
  if (lastUsed !== null && lastUsed >= period.start) return { ...about, kind: 'aws-last-used', at: lastUsed };
  if (sessionsStarted > 0) return { ...about, kind: 'sessions-without-calls', sessions: sessionsStarted };
  const { createdAt } = principal;
  if (createdAt !== null && createdAt > daysBefore(period.end, NEW_DAYS))
    return { ...about, kind: 'new', createdAt, days: NEW_DAYS };
  if (granted > 0 && unknown === granted) return { ...about, kind: 'nothing-recorded', granted };
  if (facts.doubt !== null) return { ...about, kind: 'doubt', doubt: facts.doubt };
  if (!days.enough) return { ...about, kind: 'few-days', days };
  if (facts.mayBeUnrecorded.actions > 0) return { ...about, kind: 'unrecorded', ...facts.mayBeUnrecorded };
  const manager = managerOf(principal);
  if (manager?.kind === 'permission-set') return { ...about, kind: 'permission-set', name: manager.name };
  if (createdAt === null) return { ...about, kind: 'unknown-age', days: NEW_DAYS };
  return { ...about, kind: 'unused' };
}

function daysBefore(time: string, days: number): string {
  return new Date(Date.parse(time) - days * DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z');
}
