import type { MissingPolicy } from '../iam/faults.js';
import type { PrincipalType, StatementRef } from '../iam/types.js';
import type { Period } from '../period.js';
import type { OtherAccounts, RegionEvents } from '../trail/types.js';
import type { LogDays } from './recording/days.js';
import type { RecordingKind } from './recording/kinds.js';

/* Reasons of the review: codes with the facts that a sentence needs. src/wording has the sentences. */

/** Why the data of a principal, or of its account, are incomplete. */
export type Gap =
  /** In the words of the engine, without a period. */
  | { readonly kind: 'logs'; readonly reason: string }
  | { readonly kind: 'no-events' }
  /** The authorization details lack its document. */
  | { readonly kind: 'missing-policy'; readonly policy: MissingPolicy }
  | { readonly kind: 'missing-boundary'; readonly arn: string };

/** A use in AWS's own records that the logs do not show; `others`: number of further principals. */
export interface Doubt {
  readonly type: PrincipalType;
  readonly name: string;
  readonly at: string;
  readonly others: number;
}

/** Why a decision is suggested. Numbers count actions, unless their name says otherwise. */
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
      /** Number of excess actions whose use would leave no event. */
      readonly unrecorded: number;
      readonly granted: number;
      readonly period: Period;
      readonly days: LogDays;
    }
  | InactiveReason;

/** Why a decision is suggested for a principal without successful calls. */
export type InactiveReason = { readonly type: PrincipalType; readonly period: Period } & (
  | { readonly kind: 'unused' }
  | { readonly kind: 'attempts'; readonly denied: number; readonly failed: number }
  | { readonly kind: 'aws-last-used'; readonly at: string }
  | { readonly kind: 'sessions-without-calls'; readonly sessions: number }
  | { readonly kind: 'new'; readonly createdAt: string; readonly days: number }
  | { readonly kind: 'nothing-recorded'; readonly granted: number }
  | { readonly kind: 'doubt'; readonly doubt: Doubt }
  | { readonly kind: 'few-days'; readonly days: LogDays }
  | ({ readonly kind: 'unrecorded' } & Unrecorded)
  | { readonly kind: 'permission-set'; readonly name: string }
  | { readonly kind: 'unknown-age'; readonly days: number }
);

/** Why a use of an action would leave no event in the logs of an account. */
export type UnseenReason =
  /** `aws-last-used`: according to IAM, the principal was used, but it has no event in the logs. */
  | { readonly kind: 'incomplete' | 'aws-last-used' | 'no-own-event' | 'data-events' }
  /** The logs have events of these Regions only. `stated`: the trail records no others according to the configuration. */
  | { readonly kind: 'regions'; readonly regions: readonly string[]; readonly stated: boolean }
  /** `stated`: the trail leaves this type out according to the configuration. */
  | { readonly kind: RecordingKind; readonly stated: boolean };

export type UnseenKind = UnseenReason['kind'];

/** Actions that a principal without calls may use without an event in the logs of its account. */
export interface Unrecorded {
  readonly actions: number;
  /** Why their use would leave no event. */
  readonly kinds: readonly UnseenKind[];
}

/** Why a granted action is unknown. */
export type UnknownReason =
  | UnseenReason
  | { readonly kind: 'shared-event' }
  /** A call may have used it besides its own action. `why`: a clause; `succeeded`: false if no such call succeeded. */
  | { readonly kind: 'inside'; readonly call: string; readonly why: string; readonly succeeded: boolean }
  /** A call without an event may have used it. */
  | { readonly kind: 'inside-unrecorded' }
  /** No call succeeded. Error codes of the failed calls, sorted. */
  | {
      readonly kind: 'tried';
      readonly denied: number;
      readonly failed: number;
      readonly errorCodes: readonly string[];
    }
  /** IAM prefix of a service with a call without known action. */
  | { readonly kind: 'unmapped-call'; readonly service: string };
export type UnknownKind = UnknownReason['kind'];

/** Why a used action is not granted today. */
export type UngrantedReason =
  | { readonly kind: 'granted' | 'outside-scp' | 'not-allowed' }
  | {
      readonly kind: 'denied';
      readonly by: { readonly source: StatementRef['source']; readonly policy: string } | null;
    }
  /** Name of the boundary; null if the authorization details lack its document. */
  | { readonly kind: 'outside-boundary'; readonly boundary: string | null };

/** Warnings about the whole report, or about one account, by name. */
export type ReviewWarning =
  | { readonly kind: 'missing-kinds'; readonly account: string; readonly kinds: readonly RecordingKind[] }
  | {
      readonly kind: 'contradicted-kinds';
      readonly account: string;
      readonly kinds: readonly { readonly kind: RecordingKind; readonly events: number }[];
    }
  /** The only Regions in the logs: that of global services is not among them. */
  | { readonly kind: 'missing-regions'; readonly account: string; readonly regions: readonly RegionEvents[] }
  | {
      readonly kind: 'contradicted-regions';
      readonly account: string;
      readonly regions: readonly RegionEvents[];
    }
  | { readonly kind: 'quiet' | 'few-days'; readonly account: string; readonly days: LogDays }
  | { readonly kind: 'doubt'; readonly account: string; readonly doubt: Doubt }
  /** `others`: accounts in the logs that are not configured; null if they were not counted. */
  | {
      readonly kind: 'no-events';
      readonly account: string;
      readonly id: string;
      readonly others: OtherAccounts | null;
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
