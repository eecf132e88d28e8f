import type { Actor, Outcome } from '../../types.js';
import type { ByteSlices } from '../collections/byte-slices.js';
import type { Caller } from './record.js';

/** What a call was, without who made it. */
export interface ApiCall {
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
export const recordingAccount = (actor: Actor, call: ApiCall): string =>
  call.recipient ?? actor.accountId ?? 'unknown';

/** A kind of event: numbers of its caller and its call, in this order. */
export const PAIR_WIDTH = 2;

/** What numbers of resources mean, for ResourceNames: pairs of numbers, and values as JSON. */
export interface ResourceTables {
  /** Those of the files before mean nothing any more. */
  readonly isReset: boolean;
  readonly named: Int32Array<ArrayBuffer>;
  readonly lists: Int32Array<ArrayBuffer>;
  readonly values: ByteSlices;
  readonly arns: ByteSlices;
}

/** What the numbers in the digests of a reader mean. A reader hands out each part once, when it is new. */
export interface InternTableDelta {
  readonly callers: readonly Caller[];
  readonly calls: readonly ApiCall[];
  readonly resources: ResourceTables;
  /** ARNs of the roles that sessions were started of. */
  readonly roles: readonly string[];
  readonly callerCallPairs: Int32Array<ArrayBuffer>;
}

/** A successful start of a role's session. */
export interface FileStart {
  /** Index of the event in its file. */
  readonly event: number;
  /** Indices in the file of the session, and of the session that started it (userIdentity.accessKeyId); -1 for none. */
  readonly session: number;
  readonly caller: number;
  /** Index of the role in the dictionary. */
  readonly role: number;
  readonly eventId: string;
  readonly sharedEventId: string | null;
}

export type CountName = 'recordsRead' | 'recordsNotEvents' | 'malformedRecords' | 'digestFiles';

/** What is kept of a file, whatever the period and the accounts of a report: a few numbers for each event. */
export interface EncodedFile {
  /** Per event: number of its kind. */
  readonly callerCallPair: Int32Array<ArrayBuffer>;
  /** Number, in this file, of the session it was made in, -1 where it was none of a role. */
  readonly session: Int32Array<ArrayBuffer>;
  /** Number of its resources (see ResourceNames), -1 where they do not count. */
  readonly resources: Int32Array<ArrayBuffer>;
  /** Seconds since 1970. */
  readonly time: Float64Array<ArrayBuffer>;
  /** Two numbers: hash of what makes two records the same event (0, 0: no eventID, never a duplicate). */
  readonly fingerprint: Int32Array<ArrayBuffer>;
  /**
   * 64 bits of the access key of each session, two numbers each: of those that events were made in, and that starts name. Keys are
   * not secrets, and whoever could write logs with another key of the same bits could write that key.
   */
  readonly sessionKeys: Int32Array<ArrayBuffer>;
  /** In the order of events. */
  readonly starts: readonly FileStart[];
  readonly counts: Readonly<Record<CountName, number>>;
  /** Lines or entries that are not JSON: what they held is lost. */
  readonly damaged: number;
}
