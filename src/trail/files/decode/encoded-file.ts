import type { RequestContents } from '../../../base/requests/reader.js';
import type { Actor, Outcome } from '../../types.js';
import type { ByteSlices } from '../collections/byte-slices.js';
import type { Caller } from './record.js';
import type { OtherKind } from './unwrap/standard-record.js';

/** A call, without its caller. */
export interface ApiCall {
  /** recipientAccountId, else the caller's accountId; null for a record without either. */
  readonly recipient: string | null;
  readonly eventSource: string;
  readonly eventName: string;
  readonly apiCall: boolean;
  /** As in ActivityRow. */
  readonly networkActivity: boolean;
  /** Another record reports the same call. */
  readonly isNetworkCopy: boolean;
  readonly outcome: Outcome;
  readonly errorCode: string | null;
  readonly dataEvent: boolean;
  /** Whether its requests are looked into: see Requests. */
  readonly hasPlan: boolean;
}

/** The account whose trail recorded a call, as far as the record tells. */
export const recordingAccount = (actor: Actor, call: ApiCall): string =>
  call.recipient ?? actor.accountId ?? 'unknown';

/** Indices of the caller and of the call. */
export const PAIR_WIDTH = 2;

/** The meaning of resource indices (see ResourceNames): pairs of numbers, and values as JSON. */
export interface ResourceTables {
  /** Indices in earlier files are no longer valid. */
  readonly isReset: boolean;
  readonly named: Int32Array<ArrayBuffer>;
  readonly lists: Int32Array<ArrayBuffer>;
  readonly values: ByteSlices;
  readonly arns: ByteSlices;
}

/** The meaning of the indices in the encoded files of a reader. Each entry is sent once, when it is new. */
export interface InternTableDelta {
  readonly callers: readonly Caller[];
  readonly calls: readonly ApiCall[];
  readonly resources: ResourceTables;
  readonly requests: readonly RequestContents[];
  /** ARNs of the roles of session starts. */
  readonly roles: readonly string[];
  readonly callerCallPairs: Int32Array<ArrayBuffer>;
}

/** A successful start of a role's session. */
export interface FileStart {
  /** Index of the event in its file. */
  readonly event: number;
  /** Indices in the file: of the session, and of the session that started it (userIdentity.accessKeyId); -1 for none. */
  readonly session: number;
  readonly caller: number;
  /** Index of the role among `InternTableDelta.roles` so far. */
  readonly role: number;
  readonly eventId: string;
  readonly sharedEventId: string | null;
}

/** Counts of a file by their names in the notes of a trail. */
export type FileCounts = Record<
  'recordsRead' | 'insightRecords' | 'aggregatedRecords' | 'malformedRecords' | 'digestFiles',
  number
> &
  Partial<Record<OtherKind, number>>;

/** The events of a file as numbers, whatever the period and the accounts. */
export interface EncodedFile {
  /** By event: index of its pair of caller and call. */
  readonly callerCallPair: Int32Array<ArrayBuffer>;
  /** By event: index in this file of its session, -1 for none of a role. */
  readonly session: Int32Array<ArrayBuffer>;
  /** By event: index of its resources (see ResourceNames), -1 when they do not count. */
  readonly resources: Int32Array<ArrayBuffer>;
  /** Seconds since 1970. */
  readonly time: Float64Array<ArrayBuffer>;
  /** By event, two numbers: the hash of what makes two records the same event; 0, 0 without an eventID, never a duplicate. */
  readonly fingerprint: Int32Array<ArrayBuffer>;
  /**
   * Two numbers for each session: 64 bits of its access key. Access key ids are not secrets. Whoever could forge logs with a colliding
   * key could also forge the key itself.
   */
  readonly sessionKeys: Int32Array<ArrayBuffer>;
  /** Pairs: index of an event whose request has something that was looked for, and of what it has. In the order of events. */
  readonly requests: Int32Array<ArrayBuffer>;
  /** In the order of events. */
  readonly starts: readonly FileStart[];
  readonly counts: Readonly<FileCounts>;
  /** What of the file is not understood, for messages: its records are lost. */
  readonly problem: string | null;
}
