import type { Actor, Outcome } from '../types.js';
import type { Stretches } from './stretches.js';
import type { Caller } from './record.js';
import { ID_WIDTH } from './start-ids.js';

/** What a call was, without who made it. */
export interface CallKind {
  /** recipientAccountId, else the caller's accountId; null where the record has neither. */
  readonly recipient: string | null;
  readonly eventSource: string;
  readonly eventName: string;
  readonly apiCall: boolean;
  readonly outcome: Outcome;
  readonly errorCode: string | null;
  readonly dataEvent: boolean;
}

/** Account whose trail recorded a call, as far as the record tells. */
export const recipientOf = (actor: Actor, call: CallKind): string =>
  call.recipient ?? actor.accountId ?? 'unknown';

/** A kind of event: numbers of its caller and its call, in this order. */
export const KIND_WIDTH = 2;

/** What numbers of resources mean, for ResourceNames: pairs of numbers, and values as JSON. */
export interface ResourceParts {
  /** Those of the files before mean nothing any more. */
  readonly anew: boolean;
  readonly named: Int32Array<ArrayBuffer>;
  readonly lists: Int32Array<ArrayBuffer>;
  readonly values: Stretches;
  readonly arns: Stretches;
}

/** What the numbers in the digests of a reader mean. A reader hands out each part once, when it is new. */
export interface Dictionary {
  readonly callers: readonly Caller[];
  readonly calls: readonly CallKind[];
  readonly resources: ResourceParts;
  /** ARNs of the roles that sessions were started of. */
  readonly roles: readonly string[];
  readonly kinds: Int32Array<ArrayBuffer>;
}

/**
 * Of a successful start of a role's session: numbers, in its file, of the event, of the session, of that from which it was started
 * (userIdentity.accessKeyId), -1 for none, and of the role.
 */
export const START_IDS = 4;
/** With its eventID and sharedEventID, as of start-ids.ts. */
export const START_WIDTH = START_IDS + 2 * ID_WIDTH;

/** In order of events. */
export interface Starts {
  /** START_WIDTH of each. */
  readonly numbers: Int32Array<ArrayBuffer>;
  /** Of the ids that are no UUIDs. */
  readonly texts: readonly string[];
}

type CountName = 'recordsRead' | 'insightRecords' | 'malformedRecords' | 'digestFiles';

/** What is kept of a file, whatever the period and the accounts of a report: a few numbers for each event. */
export interface FileDigest {
  /** Per event: number of its kind. */
  readonly kind: Int32Array<ArrayBuffer>;
  /** Number, in this file, of the session it was made in, -1 where it was none of a role. */
  readonly session: Int32Array<ArrayBuffer>;
  /** Number of its resources (see ResourceNames), -1 where they do not count. */
  readonly resources: Int32Array<ArrayBuffer>;
  /** Seconds since 1970. */
  readonly time: Float64Array<ArrayBuffer>;
  /** Two numbers: hash of what makes two records the same event (0, 0: no eventID, never a duplicate). */
  readonly identity: Int32Array<ArrayBuffer>;
  /**
   * 64 bits of the access key of each session, two numbers each: of those that events were made in, and that starts name. Keys are
   * not secrets, and whoever could write logs with another key of the same bits could write that key.
   */
  readonly sessionKeys: Int32Array<ArrayBuffer>;
  readonly starts: Starts;
  readonly counts: Readonly<Record<CountName, number>>;
  /** Lines or entries that are not JSON: what they held is lost. */
  readonly damaged: number;
}
