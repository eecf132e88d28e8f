import type { RequestContents } from '../../../base/requests/reader.js';
import type { Person } from '../../people.js';
import type { Actor, Outcome } from '../../types.js';
import type { FileCounts } from '../../log-files/contents.js';
import type { ByteSlices } from '../collections/byte-slices.js';

/** `userIdentity` of a record, without access key. */
export interface Caller {
  readonly actor: Actor;
  readonly accountId: string | null;
  /** Its access keys belong to role sessions. */
  readonly inSession: boolean;
  /** The person behind a call in a role session. */
  readonly person: Person | null;
}

/** A call, without its caller. */
export interface ApiCall {
  /** recipientAccountId, or accountId of the caller; null if the record has neither. */
  readonly recipient: string | null;
  readonly eventSource: string;
  readonly eventName: string;
  readonly apiCall: boolean;
  /** Like in ActivityRow. */
  readonly networkActivity: boolean;
  /** Another record has the same call. */
  readonly isNetworkCopy: boolean;
  readonly outcome: Outcome;
  readonly errorCode: string | null;
  readonly dataEvent: boolean;
  /** awsRegion. */
  readonly region: string | null;
  /** Its requests are searched: see Requests. */
  readonly hasPlan: boolean;
}

/** The account whose trail recorded a call, as far as known. */
export const recordingAccount = (actor: Actor, call: ApiCall): string =>
  call.recipient ?? actor.accountId ?? 'unknown';

/** Indexes of caller and call. */
export const PAIR_WIDTH = 2;

/** Meaning of resource indexes (see ResourceNames): pairs of numbers, and values as JSON. */
export interface ResourceTables {
  /** Indexes in earlier files are no longer valid. */
  readonly isReset: boolean;
  readonly named: Int32Array<ArrayBuffer>;
  readonly lists: Int32Array<ArrayBuffer>;
  readonly values: ByteSlices;
  readonly arns: ByteSlices;
}

/** Meaning of the indexes in the encoded files of a reader. Each new entry is sent once. */
export interface InternTableDelta {
  readonly callers: readonly Caller[];
  readonly calls: readonly ApiCall[];
  readonly resources: ResourceTables;
  readonly requests: readonly RequestContents[];
  /** Role ARNs of session starts. */
  readonly roles: readonly string[];
  readonly callerCallPairs: Int32Array<ArrayBuffer>;
}

/** A successful start of a role session. */
export interface FileStart {
  /** Index of the event in its file. */
  readonly event: number;
  /**
   * Indexes in the file: of the session, and of the session that started it (userIdentity.accessKeyId); -1 for
   * none.
   */
  readonly session: number;
  readonly caller: number;
  /** Index of the role among `InternTableDelta.roles` so far. */
  readonly role: number;
  readonly eventId: string;
  readonly sharedEventId: string | null;
}

/** The events of a file as numbers, independent of period and accounts. */
export interface EncodedFile {
  /** By event: index of its pair of caller and call. */
  readonly callerCallPair: Int32Array<ArrayBuffer>;
  /** By event: index of its session in this file, -1 if not in a role session. */
  readonly session: Int32Array<ArrayBuffer>;
  /** By event: index of its resources (see ResourceNames), -1 if irrelevant. */
  readonly resources: Int32Array<ArrayBuffer>;
  /** Seconds since 1970. */
  readonly time: Float64Array<ArrayBuffer>;
  /** By event, two numbers: fingerprint of the event; 0, 0 without eventID, never a duplicate. */
  readonly fingerprint: Int32Array<ArrayBuffer>;
  /**
   * Two numbers per session: 64 bits of its access key. Access key IDs are not secret. Whoever could forge logs
   * with a colliding key could also forge the key itself.
   */
  readonly sessionKeys: Int32Array<ArrayBuffer>;
  /** Pairs: index of an event whose request contains something from the plan, and index of the contents. In the order of events. */
  readonly requests: Int32Array<ArrayBuffer>;
  /** In the order of events. */
  readonly starts: readonly FileStart[];
  readonly counts: Readonly<FileCounts>;
  /** What could not be understood, for messages: these records are lost. */
  readonly problem: string | null;
}
