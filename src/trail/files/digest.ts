import { assumedRole } from '../identity.js';
import { Callers } from './callers.js';
import { Calls, INSIGHT } from './calls.js';
import type { Contents } from './containers.js';
import { KIND_WIDTH, type CallKind, type Dictionary, type FileDigest } from './dictionary.js';
import { EventTime } from './event-time.js';
import { IdentityHash } from './identity-hash.js';
import { Ints, PairTable } from './intern.js';
import { itself, Numbering } from './numbering.js';
import { hasText, isPlain, PaddedBytes } from './padded.js';
import { text } from './record.js';
import { RecordResources } from './record-resources.js';
import { ASSUMED, CREDENTIALS, FIELD, IDENTITY, REQUEST, RawRecord, scanRecords } from './scan.js';
import type { TupleTable, Walker } from './walker.js';

const STARTS = new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

/**
 * Turns records into numbers. It remembers every caller, call, session and resource of all the files it is given;
 * `dictionary` hands out what they are.
 */
export class Digester {
  readonly #callers: Callers;
  readonly #calls: Calls;
  readonly #resources: RecordResources;
  readonly #sessions: TupleTable;
  readonly #roles = new Numbering<string>(itself);
  readonly #kinds = new PairTable();
  readonly #time = new EventTime();
  readonly #hash = new IdentityHash();
  readonly #sent = { callers: 0, calls: 0, resources: 0, sessions: 0, roles: 0, kinds: 0 };

  /** @param walker whose tables no other digester uses any more */
  constructor(private readonly walker: Walker) {
    walker.forget();
    this.#callers = new Callers(walker);
    this.#calls = new Calls(walker);
    this.#resources = new RecordResources(walker);
    this.#sessions = walker.values();
  }

  /** About how many bytes it holds: to know when to begin with a new one. */
  get weight(): number {
    const others = 600 * this.#callers.size + 48 * this.#calls.size + 24 * this.#kinds.size;
    return this.walker.weight + this.#resources.weight + others;
  }

  /** What is new since the last time. */
  news(): Dictionary {
    const sent = this.#sent;
    const part = this.#dictionary(sent);
    sent.callers += part.callers.length;
    sent.calls += part.calls.length;
    sent.resources += part.resources.length;
    sent.sessions += part.sessions.ends.length;
    sent.roles += part.roles.length;
    sent.kinds += part.kinds.length / KIND_WIDTH;
    return part;
  }

  /** All there is. */
  dictionary(): Dictionary {
    return this.#dictionary({ callers: 0, calls: 0, resources: 0, sessions: 0, roles: 0, kinds: 0 });
  }

  #dictionary(first: Readonly<Record<keyof Dictionary, number>>): Dictionary {
    const kinds = new Int32Array(KIND_WIDTH * (this.#kinds.size - first.kinds));
    for (let kind = first.kinds, at = 0; kind < this.#kinds.size; kind += 1) {
      kinds[at++] = this.#kinds.first(kind);
      kinds[at++] = this.#kinds.second(kind);
    }
    return {
      callers: this.#callers.from(first.callers),
      calls: this.#calls.from(first.calls),
      resources: this.#resources.from(first.resources),
      sessions: this.#sessions.from(first.sessions),
      roles: this.#roles.from(first.roles),
      kinds,
    };
  }

  /** @returns null for files in unusual forms, which must be parsed */
  scanned(bytes: Uint8Array): FileDigest | null {
    const events = new Events();
    const isKnown = scanRecords(this.walker, bytes, (record) => {
      this.#add(record, events);
    });
    return isKnown ? events.digest(0, false) : null;
  }

  /** The same for what was parsed. */
  parsed({ records, malformed, digest }: Contents): FileDigest {
    const events = new Events();
    for (const value of records) {
      const record = new RawRecord(this.walker, Buffer.from(JSON.stringify(value)));
      record.read(0);
      this.#add(record, events);
    }
    return events.digest(malformed, digest);
  }

  #add(record: RawRecord, events: Events): void {
    const { source } = record;
    events.read += 1;
    const seconds = this.#time.read(source, record.start(FIELD.eventTime), record.end(FIELD.eventTime));
    const number = this.#callers.of(record);
    const caller = this.#callers.at(number);
    const callNumber = this.#calls.of(record, caller);
    const call = this.#calls.at(callNumber);
    if (call === undefined || Number.isNaN(seconds)) {
      if (callNumber === INSIGHT && !Number.isNaN(seconds)) events.insights += 1;
      else events.malformed += 1;
      return;
    }
    if (isStart(call)) this.#addStart(record, events);
    this.#identify(record, seconds, callNumber);
    const kind = this.#kinds.intern(number, callNumber);
    events.kind.push(kind);
    events.session.push(caller.inSession ? this.#session(record, IDENTITY.accessKeyId) : -1);
    events.resources.push(
      this.#resources.of(record, { number: kind, callerNumber: number, caller, callNumber, call }),
    );
    events.time.push(seconds);
    events.identity.push(this.#hash.high);
    events.identity.push(this.#hash.low);
  }

  /** @param slot of an access key */
  #session(record: RawRecord, slot: number): number {
    const { view } = record.source;
    const start = record.start(slot);
    const end = record.end(slot);
    if (!hasText(view, start, end)) return -1;
    if (isPlain(view, start, end)) return this.#sessions.internAt(start, end);
    // One session has one number, in whatever bytes its key is written.
    return this.#sessions.internBytes(Buffer.from(JSON.stringify(record.value(slot))));
  }

  #addStart(record: RawRecord, events: Events): void {
    const value = (slot: number): string | null => text(record.value(slot));
    const roleArn = assumedRole(value(REQUEST.roleArn), value(ASSUMED.arn));
    if (roleArn === null) return;
    events.starts.push(events.count);
    events.starts.push(this.#session(record, CREDENTIALS.accessKeyId));
    events.starts.push(this.#session(record, IDENTITY.accessKeyId));
    events.starts.push(this.#roles.add(roleArn));
    events.startIds.push(value(FIELD.eventID), value(FIELD.sharedEventID));
  }

  #identify(record: RawRecord, seconds: number, call: number): void {
    const { view } = record.source;
    const start = record.start(FIELD.eventID);
    const end = record.end(FIELD.eventID);
    const hash = this.#hash;
    if (!hasText(view, start, end)) {
      hash.clear();
    } else if (isPlain(view, start, end)) {
      // Without the quotes.
      hash.set(view, start + 1, end - 1, seconds, this.#calls.hashAt(call));
    } else {
      const id = PaddedBytes.copyOf(Buffer.from(text(record.value(FIELD.eventID)) ?? ''));
      hash.set(id.view, 0, id.length, seconds, this.#calls.hashAt(call));
    }
  }
}

/** The events of a file, as they come. */
class Events {
  readonly kind = new Ints();
  readonly session = new Ints();
  readonly resources = new Ints();
  readonly time: number[] = [];
  readonly identity = new Ints();
  readonly starts = new Ints();
  readonly startIds: (string | null)[] = [];
  read = 0;
  insights = 0;
  malformed = 0;

  get count(): number {
    return this.time.length;
  }

  digest(damaged: number, isDigest: boolean): FileDigest {
    return {
      kind: this.kind.from(0),
      session: this.session.from(0),
      resources: this.resources.from(0),
      time: Float64Array.from(this.time),
      identity: this.identity.from(0),
      starts: { numbers: this.starts.from(0), ids: this.startIds },
      counts: {
        recordsRead: this.read,
        recordsNotEvents: this.insights,
        malformedRecords: this.malformed + damaged,
        digestFiles: isDigest ? 1 : 0,
      },
      damaged,
    };
  }
}

const isStart = (call: CallKind): boolean =>
  call.eventSource === 'sts.amazonaws.com' && call.errorCode === null && STARTS.has(call.eventName);
