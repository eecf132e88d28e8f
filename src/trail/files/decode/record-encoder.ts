import { createHash } from 'node:crypto';
import { assumedRole } from '../../identity.js';
import { isListed } from '../../resources/extract.js';
import type { RequestPlan } from '../../../base/requests/plan.js';
import { IntList } from '../collections/int-list.js';
import type { FileCounts, LogContents } from '../../log-files/contents.js';
import type { EncodedFile, FileStart } from './encoded-file.js';
import { EVENT, INSIGHT, type EventEncoder } from './event-encoder.js';
import { otherRecord, text } from '../../log-files/record.js';
import { recordTime } from '../../log-files/record-time.js';
import {
  ADDENDUM,
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
import { NOTHING_FOUND } from './requests.js';
import { FILE_REASONS } from '../../../wording/log-files.js';

/**
 * Encodes records as numbers. Interns every caller, call and resource of its files; `tables.delta` returns the
 * meaning of the numbers.
 */
export class RecordEncoder {
  readonly tables: InternTables;
  readonly #events: EventEncoder;
  /** The record about which WebAssembly asks. */
  #record: RawRecord | undefined;
  #file = new FileState();

  /**
   * @param scanner its tables must not be used by another encoder
   * @param plan what to look for in requests
   */
  constructor(
    private readonly scanner: JsonScanner,
    plan?: RequestPlan,
  ) {
    const tables = new InternTables(scanner, plan);
    this.tables = tables;
    this.#events = scanner.events(
      {
        eventTime: FIELD.eventTime,
        eventID: FIELD.eventID,
        originalEventID: ADDENDUM.originalEventID,
        accessKeyId: IDENTITY.accessKeyId,
        issuerArn: ISSUER.arn,
        requestParameters: FIELD.requestParameters,
        resources: FIELD.resources,
        arn: RESOURCE.ARN,
        element: scanner.shape(ELEMENT),
        callers: tables.callers.table,
        calls: tables.calls.table,
        sessions: tables.sessions,
        values: tables.values,
        arns: tables.arns,
        callerCallPairs: tables.callerCallPairs,
        named: tables.named,
        lists: tables.lists,
      },
      {
        factsOfCaller: () => tables.callers.add(this.#known),
        putCall: (values, caller) => tables.calls.add(this.#known, values, tables.callers.at(caller)),
        putId: () => this.#putId(),
        otherSession: (slot) =>
          tables.sessions.internBytes(Buffer.from(JSON.stringify(this.#known.value(slot)))),
        otherTime: () => secondsOf(this.#known.value(FIELD.eventTime)),
        isListed: () => isListed(text(this.#known.value(RESOURCE.ARN)) ?? ''),
        started: (event) => {
          this.#addStart(this.#known, this.#events.taken + event);
        },
        requested: (event, call) => {
          this.#addRequest(this.#known, this.#events.taken + event, call);
        },
      },
    );
  }

  /** @returns null for files in unusual formats, which must be parsed */
  encodeBytes(bytes: Uint8Array): EncodedFile | null {
    this.#begin();
    const isKnown = scanRecords(this.scanner, bytes, (record) => {
      this.#add(record);
    });
    return isKnown ? this.#encodedFile() : null;
  }

  /** The encoded file has records in another format than CloudTrail's: its text must be parsed. */
  get isUnusual(): boolean {
    return this.#file.isUnusual;
  }

  /** Encodes parsed records. */
  encodeValues(contents: LogContents): EncodedFile {
    this.#begin();
    for (const value of contents.records) {
      const record = new RawRecord(this.scanner, Buffer.from(JSON.stringify(value)));
      record.read(0);
      this.#add(record);
    }
    return this.#encodedFile(contents);
  }

  #begin(): void {
    this.#file = new FileState();
    this.tables.sessions.empty();
    this.#events.begin();
  }

  #add(record: RawRecord): void {
    this.#record = record;
    const file = this.#file;
    const became = this.#events.add();
    file.count('recordsRead');
    if (became === INSIGHT) file.count('insightRecords');
    else if (became !== EVENT) {
      const other = otherRecord((name) => record.value(FIELD[name]));
      if (other === null) file.isUnusual = true;
      file.count(other ?? 'malformedRecords');
    } else if (!record.isUsual()) file.isUnusual = true;
  }

  #encodedFile(contents?: LogContents): EncodedFile {
    const { requests, starts, counts } = this.#file;
    const { callerCallPair, session, resources, time, fingerprint } = this.#events.columns();
    return {
      callerCallPair,
      session,
      resources,
      time,
      fingerprint,
      sessionKeys: this.tables.sessions.hashes(),
      requests: requests.from(0),
      starts,
      counts: {
        ...counts,
        ...contents?.counts,
        malformedRecords: counts.malformedRecords + (contents?.leftOut ?? 0),
      },
      problem: contents?.problem ?? (counts.malformedRecords > 0 ? FILE_REASONS.someInvalid : null),
    };
  }

  get #known(): RawRecord {
    if (this.#record === undefined) throw new Error('no record is read');
    return this.#record;
  }

  /** For a long event ID, or one with escapes. */
  #putId(): number {
    const value = (slot: number): string | null => text(this.#known.value(slot));
    const id = value(ADDENDUM.originalEventID) ?? value(FIELD.eventID) ?? '';
    const length = this.scanner.put(Buffer.from(id));
    return length === -1 ? this.scanner.put(createHash('sha256').update(id).digest()) : length;
  }

  /** @param event its index in the file */
  #addRequest(record: RawRecord, event: number, call: number): void {
    const { calls, requests } = this.tables;
    const { eventSource, eventName } = calls.at(call);
    const plan = requests.planOf(eventSource, eventName);
    if (plan === null) return;
    const contents = requests.read(plan, record.text(FIELD.requestParameters));
    if (contents === NOTHING_FOUND) return;
    this.#file.requests.push(event);
    this.#file.requests.push(contents);
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
      role: this.tables.roles.add(roleArn),
      eventId: value(FIELD.eventID) ?? '',
      sharedEventId: value(FIELD.sharedEventID),
    });
  }
}

/** Parts of an encoded file other than its events. */
class FileState {
  readonly counts: FileCounts = {
    recordsRead: 0,
    insightRecords: 0,
    aggregatedRecords: 0,
    malformedRecords: 0,
    digestFiles: 0,
  };
  isUnusual = false;
  readonly requests = new IntList();
  readonly starts: FileStart[] = [];

  count(name: keyof FileCounts): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }
}

function secondsOf(value: unknown): number {
  const iso = recordTime(value);
  return iso === null ? NaN : Date.parse(iso) / 1000;
}
