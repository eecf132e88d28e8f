import { assumedRole } from '../identity.js';
import { Calls, INSIGHT } from './calls.js';
import type { Contents } from './containers.js';
import { KIND_WIDTH, type Dictionary, type FileDigest, type Start } from './dictionary.js';
import { EventTime } from './event-time.js';
import { IdentityHash } from './identity-hash.js';
import { Ints, PairTable } from './intern.js';
import { isPlain } from './json.js';
import { callerOf, object, text } from './record.js';
import { RecordResources } from './record-resources.js';
import { FIELD, Records } from './scan.js';
import { Values } from './values.js';

const STARTS = new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

/**
 * Turns records into numbers. It remembers every caller, call and resource of all the files it is given; `dictionary`
 * hands out what they are.
 */
export class Digester {
  readonly #callers = new Values(callerOf);
  readonly #calls = new Calls();
  readonly #resources = new RecordResources();
  readonly #callerCalls = new PairTable();
  readonly #kinds = new PairTable();
  readonly #time = new EventTime();
  readonly #hash = new IdentityHash();
  readonly #sent = { callers: 0, calls: 0, resources: 0, kinds: 0 };

  /** About how many bytes it holds: to know when to begin with a new one. */
  get weight(): number {
    return 3 * this.#callers.bytes + this.#calls.weight + this.#resources.weight + 64 * this.#kinds.size;
  }

  /** What is new since the last time. */
  news(): Dictionary {
    const sent = this.#sent;
    const part = this.#dictionary(sent.callers, sent.calls, sent.resources, sent.kinds);
    sent.callers += part.callers.length;
    sent.calls += part.calls.length;
    sent.resources += part.resources.length;
    sent.kinds += part.kinds.length / KIND_WIDTH;
    return part;
  }

  /** All there is. */
  dictionary(): Dictionary {
    return this.#dictionary(0, 0, 0, 0);
  }

  #dictionary(callers: number, calls: number, resources: number, firstKind: number): Dictionary {
    const kinds = new Ints();
    for (let kind = firstKind; kind < this.#kinds.size; kind += 1) {
      const callerCall = this.#kinds.first(kind);
      kinds.push(this.#callerCalls.first(callerCall));
      kinds.push(this.#callerCalls.second(callerCall));
      kinds.push(this.#kinds.second(kind));
    }
    return {
      callers: this.#callers.from(callers),
      calls: this.#calls.from(calls),
      resources: this.#resources.from(resources),
      kinds: kinds.from(0),
    };
  }

  scanned(records: Records): FileDigest {
    return this.#digest([records], 0, false);
  }

  /** The same for what was parsed, of files in unusual forms. */
  parsed({ records, malformed, digest }: Contents): FileDigest {
    return this.#digest(
      records.map((value) => Records.of(value)),
      malformed,
      digest,
    );
  }

  #digest(parts: readonly Records[], damaged: number, isDigest: boolean): FileDigest {
    const kind = new Ints();
    const time: number[] = [];
    const identity = new Ints();
    const starts: Start[] = [];
    const counts = {
      recordsRead: 0,
      recordsNotEvents: 0,
      malformedRecords: damaged,
      digestFiles: isDigest ? 1 : 0,
    };
    for (const record of parts) {
      for (let number = 0; number < record.count; number += 1) {
        record.look(number);
        counts.recordsRead += 1;
        const seconds = this.#time.read(
          record.bytes,
          record.start(FIELD.eventTime),
          record.end(FIELD.eventTime),
        );
        const callerNumber = this.#callers.intern(
          record.bytes,
          record.start(FIELD.userIdentity),
          record.end(FIELD.userIdentity),
        );
        const caller = this.#callers.at(callerNumber);
        const callNumber = this.#calls.of(record, caller);
        const call = this.#calls.at(callNumber);
        if (call === undefined || Number.isNaN(seconds)) {
          const insight = callNumber === INSIGHT && !Number.isNaN(seconds);
          counts[insight ? 'recordsNotEvents' : 'malformedRecords'] += 1;
          continue;
        }
        if (
          call.eventSource === 'sts.amazonaws.com' &&
          call.errorCode === null &&
          STARTS.has(call.eventName)
        ) {
          const start = startOf(record, kind.length);
          if (start !== null) starts.push(start);
        }
        const resources = this.#resources.of(record, { number: callerNumber, caller }, call, callNumber);
        kind.push(this.#kinds.intern(this.#callerCalls.intern(callerNumber, callNumber), resources));
        time.push(seconds);
        this.#identify(record, seconds, callNumber);
        identity.push(this.#hash.high);
        identity.push(this.#hash.low);
      }
    }
    return {
      kind: kind.from(0),
      time: Float64Array.from(time),
      identity: identity.from(0),
      starts,
      counts,
      damaged,
    };
  }

  #identify(record: Records, seconds: number, call: number): void {
    const start = record.start(FIELD.eventID);
    const end = record.end(FIELD.eventID);
    const hash = this.#hash;
    if (start !== -1 && isPlain(record.bytes, start, end)) {
      // Without the quotes. An empty text is no id.
      if (end - start > 2) hash.set(record.bytes, start + 1, end - 1, seconds, this.#calls.hashAt(call));
      else hash.clear();
      return;
    }
    const id = text(record.value(FIELD.eventID));
    if (id === null) {
      hash.clear();
      return;
    }
    const bytes = Buffer.from(id);
    hash.set(bytes, 0, bytes.length, seconds, this.#calls.hashAt(call));
  }
}

function startOf(record: Records, event: number): Start | null {
  const request = object(record.value(FIELD.requestParameters));
  const response = object(record.value(FIELD.responseElements));
  const roleArn = assumedRole(text(request.roleArn), text(object(response.assumedRoleUser).arn));
  if (roleArn === null) return null;
  return {
    event,
    sessionKey: text(object(response.credentials).accessKeyId),
    roleArn,
    sessionName: text(request.roleSessionName),
    eventId: text(record.value(FIELD.eventID)) ?? '',
    sharedEventId: text(record.value(FIELD.sharedEventID)),
  };
}
