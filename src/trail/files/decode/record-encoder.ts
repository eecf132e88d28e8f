import { createHash } from 'node:crypto';
import { assumedRole } from '../../identity.js';
import { isListed } from '../../resources/extract.js';
import { isoSeconds } from '../../time.js';
import type { LogContents } from './log-contents.js';
import type { InternTableDelta, EncodedFile, FileStart } from './encoded-file.js';
import { EVENT, INSIGHT, type EventEncoder } from './event-encoder.js';
import { text } from './record.js';
import {
  ASSUMED,
  CREDENTIALS,
  ELEMENT,
  FIELD,
  IDENTITY,
  ISSUER,
  RawRecord,
  REQUEST,
  RESOURCE,
  scanRecords,
} from './record-scanner.js';
import { InternTables } from './intern-tables.js';
import type { JsonScanner } from './json-scanner.js';

/** Encodes records as numbers. It remembers every caller, call and resource of its files; `delta` returns what the numbers mean. */
export class RecordEncoder {
  readonly #words: InternTables;
  readonly #events: EventEncoder;
  /** The record that WebAssembly asks about. */
  #record: RawRecord | undefined;
  #file = new FileCounts();

  /** @param scanner whose tables no other encoder uses any more */
  constructor(private readonly scanner: JsonScanner) {
    const words = new InternTables(scanner);
    this.#words = words;
    this.#events = scanner.events(
      {
        eventTime: FIELD.eventTime,
        eventID: FIELD.eventID,
        accessKeyId: IDENTITY.accessKeyId,
        issuerArn: ISSUER.arn,
        resources: FIELD.resources,
        arn: RESOURCE.ARN,
        element: scanner.shape(ELEMENT),
        callers: words.callers.table,
        calls: words.calls.table,
        sessions: words.sessions,
        values: words.values,
        arns: words.arns,
        callerCallPairs: words.callerCallPairs,
        named: words.named,
        lists: words.lists,
      },
      {
        factsOfCaller: () => words.callers.learn(this.#known),
        putCall: (values, caller) => words.calls.learn(this.#known, values, words.callers.at(caller)),
        putId: () => this.#putId(),
        otherSession: (slot) =>
          words.sessions.internBytes(Buffer.from(JSON.stringify(this.#known.value(slot)))),
        otherTime: () => secondsOf(this.#known.value(FIELD.eventTime)),
        isListed: () => isListed(text(this.#known.value(RESOURCE.ARN)) ?? ''),
        started: (event) => {
          this.#addStart(this.#known, this.#events.taken + event);
        },
      },
    );
  }

  /** Approximate memory, in bytes: tells when to reset. */
  get tableBytes(): number {
    return this.#words.bytes;
  }

  /** Approximate number of resource names. */
  get resources(): number {
    return this.#words.resources;
  }

  /** Call it between two files. */
  forgetResources(): void {
    this.#words.forgetResources();
  }

  /** The entries that are new since the last call. */
  delta(): InternTableDelta {
    return this.#words.delta();
  }

  /** @returns null for files in unusual forms, which must be parsed */
  encodeBytes(bytes: Uint8Array): EncodedFile | null {
    this.#begin();
    const isKnown = scanRecords(this.scanner, bytes, (record) => {
      this.#add(record);
    });
    return isKnown ? this.#digest(0, false) : null;
  }

  /** Encodes records that were parsed. */
  encodeValues({ records, malformed, isDigestFile: digest }: LogContents): EncodedFile {
    this.#begin();
    for (const value of records) {
      const record = new RawRecord(this.scanner, Buffer.from(JSON.stringify(value)));
      record.read(0);
      this.#add(record);
    }
    return this.#digest(malformed, digest);
  }

  #begin(): void {
    this.#file = new FileCounts();
    this.#words.sessions.empty();
    this.#events.begin();
  }

  #add(record: RawRecord): void {
    this.#record = record;
    const became = this.#events.add();
    this.#file.read += 1;
    if (became === INSIGHT) this.#file.insights += 1;
    else if (became !== EVENT) this.#file.malformed += 1;
  }

  #digest(damaged: number, isDigest: boolean): EncodedFile {
    const { read, insights, malformed, starts } = this.#file;
    const { callerCallPair, session, resources, time, fingerprint } = this.#events.columns();
    return {
      callerCallPair,
      session,
      resources,
      time,
      fingerprint,
      sessionKeys: this.#words.sessions.hashes(),
      starts,
      counts: {
        recordsRead: read,
        recordsNotEvents: insights,
        malformedRecords: malformed + damaged,
        digestFiles: isDigest ? 1 : 0,
      },
      damaged,
    };
  }

  get #known(): RawRecord {
    if (this.#record === undefined) throw new Error('no record is read');
    return this.#record;
  }

  /** For an id that is long or has escapes. */
  #putId(): number {
    const id = text(this.#known.value(FIELD.eventID)) ?? '';
    const length = this.scanner.put(Buffer.from(id));
    return length === -1 ? this.scanner.put(createHash('sha256').update(id).digest()) : length;
  }

  /** @param event its index in the file */
  #addStart(record: RawRecord, event: number): void {
    const value = (slot: number): string | null => text(record.value(slot));
    const roleArn = assumedRole(value(REQUEST.roleArn), value(ASSUMED.arn));
    if (roleArn === null) return;
    this.#file.starts.push({
      event,
      session: this.#events.session(CREDENTIALS.accessKeyId),
      caller: this.#events.session(IDENTITY.accessKeyId),
      role: this.#words.roles.add(roleArn),
      eventId: value(FIELD.eventID) ?? '',
      sharedEventId: value(FIELD.sharedEventID),
    });
  }
}

/** What an encoded file has besides its events. */
class FileCounts {
  read = 0;
  insights = 0;
  malformed = 0;
  readonly starts: FileStart[] = [];
}

function secondsOf(value: unknown): number {
  const iso = isoSeconds(value);
  return iso === null ? NaN : Date.parse(iso) / 1000;
}
