import type { MissingPolicy } from '../iam/faults.js';
import type { PrincipalType, StatementRef } from '../iam/types.js';
import type { Period } from '../period.js';
import type { LogDays } from './recording/days.js';
import type { RecordingKind } from './recording/kinds.js';

/*
 * Why the review says what it says: codes with the facts that a sentence about them needs. src/wording makes the sentences.
 */

/** Why the data of a principal, or of its account, are incomplete. */
export type Gap =
  /** As the engine says it, without a period. */
  | { readonly kind: 'logs'; readonly reason: string }
  | { readonly kind: 'no-events' }
  /** The authorization details lack its document. */
  | { readonly kind: 'missing-policy'; readonly policy: MissingPolicy }
  | { readonly kind: 'missing-boundary'; readonly arn: string };

/** A use that AWS itself recorded and the logs do not show; `others`: further principals with one. */
export interface Doubt {
  readonly type: PrincipalType;
  readonly name: string;
  readonly at: string;
  readonly others: number;
}

/** Why a decision is suggested. Numbers are of actions, unless their name says otherwise. */
export type DecisionReason =
  | { readonly kind: 'incomplete'; readonly gaps: readonly Gap[] }
  | { readonly kind: 'service-linked'; readonly service: string }
  | {
      readonly kind: 'nothing-unused';
      readonly used: number;
      readonly granted: number;
      readonly unknown: number;
    }
  | {
      readonly kind: 'excess';
      readonly excess: number;
      /** Those of the excess whose use would have left no event. */
      readonly unrecorded: number;
      readonly granted: number;
      readonly period: Period;
      readonly days: LogDays;
    }
  | InactiveReason;

/** Why a decision is suggested about a principal without a successful call. */
export type InactiveReason = { readonly type: PrincipalType; readonly period: Period } & (
  | { readonly kind: 'unused' }
  | { readonly kind: 'attempts'; readonly denied: number; readonly failed: number }
  | { readonly kind: 'aws-last-used'; readonly at: string }
  | { readonly kind: 'sessions-without-calls'; readonly sessions: number }
  | { readonly kind: 'new'; readonly createdAt: string; readonly days: number }
  | { readonly kind: 'nothing-recorded'; readonly granted: number }
  | { readonly kind: 'doubt'; readonly doubt: Doubt }
  | { readonly kind: 'few-days'; readonly days: LogDays }
  | { readonly kind: 'unlogged-data-events'; readonly actions: number }
  | { readonly kind: 'permission-set'; readonly name: string }
);

/** Why use of an action would have left no event in an account's logs. */
export type UnseenReason =
  | { readonly kind: 'incomplete' | 'no-own-event' | 'data-events' }
  /** `stated`: the configuration says that the trail leaves the kind out. */
  | { readonly kind: RecordingKind; readonly stated: boolean };

/** Why nobody knows whether a granted action was used. */
export type UnknownReason =
  | UnseenReason
  | { readonly kind: 'shared-event' }
  /** A call may have exercised it besides its own action. `why`: a clause; `succeeded`: false where AWS carried out no such call. */
  | { readonly kind: 'inside'; readonly call: string; readonly why: string; readonly succeeded: boolean }
  /** The same of calls that would have left no event. */
  | { readonly kind: 'inside-unrecorded' }
  /** Calls, none of which succeeded. Error codes are those of the failed ones, sorted. */
  | {
      readonly kind: 'tried';
      readonly denied: number;
      readonly failed: number;
      readonly errorCodes: readonly string[];
    }
  /** IAM prefix of the service of a call that no action is known for. */
  | { readonly kind: 'unmapped-call'; readonly service: string };
export type UnknownKind = UnknownReason['kind'];

/** Why an action that was used is not granted today. */
export type UngrantedReason =
  | { readonly kind: 'granted' | 'outside-scp' | 'not-allowed' }
  | {
      readonly kind: 'denied';
      readonly by: { readonly source: StatementRef['source']; readonly policy: string } | null;
    }
  /** Name of the boundary policy; null where its document is not in the authorization details. */
  | { readonly kind: 'outside-boundary'; readonly boundary: string | null };

/** What the reader of a report should know about the whole of it, or about one account, given by name. */
export type ReviewWarning =
  | { readonly kind: 'missing-kinds'; readonly account: string; readonly kinds: readonly RecordingKind[] }
  | {
      readonly kind: 'contradicted-kinds';
      readonly account: string;
      readonly kinds: readonly { readonly kind: RecordingKind; readonly events: number }[];
    }
  | { readonly kind: 'quiet' | 'few-days'; readonly account: string; readonly days: LogDays }
  | { readonly kind: 'doubt'; readonly account: string; readonly doubt: Doubt }
  /** `hasOthers`: they hold events of accounts that are not configured. */
  | {
      readonly kind: 'no-events';
      readonly account: string;
      readonly id: string;
      readonly hasOthers: boolean;
    }
  | {
      readonly kind: 'expired-exemption';
      readonly id: string;
      readonly owner: string;
      readonly expires: string;
      readonly principals: number;
    }
  | {
      readonly kind: 'unmatched-exemption';
      readonly id: string;
      readonly owner: string;
      readonly arn: string;
    };
