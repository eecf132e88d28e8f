import { createHash } from 'node:crypto';
import { assumedRole } from '../identity.js';
import { isListed } from '../resources/extract.js';
import { isoSeconds } from '../time.js';
import type { Contents } from './containers.js';
import type { Dictionary, FileDigest } from './dictionary.js';
import { EVENT, INSIGHT, type EventWriter } from './event-writer.js';
import { Ints } from './intern.js';
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
} from './scan.js';
import { pushId, pushUuid } from './start-ids.js';
import { Vocabulary } from './vocabulary.js';
import type { Walker } from './walker.js';

/**
 * Turns records into numbers. It remembers every caller, call and resource of all the files it is given; `dictionary` hands out
 * what they are.
 */
export class Digester {
  readonly #words: Vocabulary;
  readonly #events: EventWriter;
  /** That WebAssembly asks about. */
  #record: RawRecord | undefined;
  #file = new FileCounts();

  /** @param walker whose tables no other digester uses any more */
  constructor(private readonly walker: Walker) {
    const words = new Vocabulary(walker);
    this.#words = words;
    this.#events = walker.events(
      {
        eventTime: FIELD.eventTime,
        eventID: FIELD.eventID,
        accessKeyId: IDENTITY.accessKeyId,
        issuerArn: ISSUER.arn,
        resources: FIELD.resources,
        arn: RESOURCE.ARN,
        element: walker.shape(ELEMENT),
        callers: words.callers.table,
        calls: words.calls.table,
        sessions: words.sessions,
        values: words.values,
        arns: words.arns,
        kinds: words.kinds,
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

  /** About how many bytes it holds: to know when to begin with a new one. */
  get weight(): number {
    return this.#words.weight;
  }

  /** About how many resources it holds. */
  get resources(): number {
    return this.#words.resources;
  }

  /** Between two files. */
  forgetResources(): void {
    this.#words.forgetResources();
  }

  /** What is new since the last time. */
  news(): Dictionary {
    return this.#words.news();
  }

  /** All there is. */
  dictionary(): Dictionary {
    return this.#words.all();
  }

  /** @returns null for files in unusual forms, which must be parsed */
  scanned(bytes: Uint8Array): FileDigest | null {
    this.#begin();
    const isKnown = scanRecords(this.walker, bytes, (record) => {
      this.#add(record);
    });
    return isKnown ? this.#digest(0, false) : null;
  }

  /** The same for what was parsed. */
  parsed({ records, malformed, digest }: Contents): FileDigest {
    this.#begin();
    for (const value of records) {
      const record = new RawRecord(this.walker, Buffer.from(JSON.stringify(value)));
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

  #digest(damaged: number, isDigest: boolean): FileDigest {
    const { read, insights, malformed, starts, startTexts } = this.#file;
    const { kind, session, resources, time, identity } = this.#events.columns();
    return {
      kind,
      session,
      resources,
      time,
      identity,
      sessionKeys: this.#words.sessions.hashes(),
      starts: { numbers: starts.from(0), texts: startTexts },
      counts: {
        recordsRead: read,
        insightRecords: insights,
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

  /** Of an id that is not written as it is, or long. */
  #putId(): number {
    const id = text(this.#known.value(FIELD.eventID)) ?? '';
    const length = this.walker.put(Buffer.from(id));
    return length === -1 ? this.walker.put(createHash('sha256').update(id).digest()) : length;
  }

  /** @param event its number in the file */
  #addStart(record: RawRecord, event: number): void {
    const value = (slot: number): string | null => text(record.value(slot));
    const roleArn = assumedRole(value(REQUEST.roleArn), value(ASSUMED.arn));
    if (roleArn === null) return;
    const { starts, startTexts } = this.#file;
    starts.push(event);
    starts.push(this.#events.session(CREDENTIALS.accessKeyId));
    starts.push(this.#events.session(IDENTITY.accessKeyId));
    starts.push(this.#words.roles.add(roleArn));
    for (const slot of [FIELD.eventID, FIELD.sharedEventID]) {
      const uuid = this.walker.uuid(slot);
      if (uuid === undefined) pushId(starts, startTexts, value(slot));
      else pushUuid(starts, uuid);
    }
  }
}

/** What is told of a file besides its events. */
class FileCounts {
  read = 0;
  insights = 0;
  malformed = 0;
  readonly starts = new Ints();
  readonly startTexts: string[] = [];
}

function secondsOf(value: unknown): number {
  const iso = isoSeconds(value);
  return iso === null ? NaN : Date.parse(iso) / 1000;
}
