import type { Actor } from '../../types.js';
import type { AccountSeen, Collector } from './collector.js';
import {
  PAIR_WIDTH,
  recordingAccount,
  type ApiCall,
  type InternTableDelta,
  type EncodedFile,
} from '../decode/encoded-file.js';
import type { RequestContents } from '../../../base/requests/reader.js';
import { NOTHING_FOUND } from '../decode/requests.js';
import { RequestCounts } from './request-counts.js';
import { IntList } from '../collections/int-list.js';
import { ResourceNames } from './resource-names.js';
import type { ArnNumbers } from './row-resources.js';
import type { CallerNumbers, CallNumbers } from './answer-tables.js';
import {
  SessionDeltaEncoder,
  type FileSessionEvents,
  type CandidateStart,
} from '../sessions/session-delta.js';
import { CallCounts } from '../collections/call-counts.js';
import { at as itemAt } from '../../../base/checked.js';
import { floatAt, intAt } from '../collections/checked.js';
import { getOrInsertComputed } from '../../../base/maps.js';

/*
 * Fields of a pair of caller and call: row of activity, row of a person (-1 for none), call in sessions, actor with
 * account, outcome, account, and resources of the last event. Eight words are half a cache line, so each pair needs
 * one memory access.
 */
const WIDTH = 8;
const ACTIVITY = 0;
const PERSON = 1;
const SESSION_CALL = 2;
const ACTOR_ACCOUNT = 3;
const OUTCOME = 4;
const ACCOUNT = 5;
const RESOURCES = 6;
/** Below all indexes. Rows are created for the first event that counts: other periods and accounts need none. */
const NOT_YET = -(2 ** 31);
const OTHER_ACCOUNT = NOT_YET + 1;
/** Instead of resources: the row has more than MAX_RESOURCES. */
const TOO_MANY = NOT_YET + 2;

interface KnownCaller {
  readonly actor: Actor;
  readonly numbers: CallerNumbers;
}

const NOTHING: RequestContents = { parameters: 'whole', found: [], roles: [] };

/** What must be retained until the duplicates are known: for these events only, like in the encoded file. */
export type WaitingEvents = Pick<EncodedFile, 'callerCallPair' | 'time' | 'requests'>;

/** Events of a file that count unless they are duplicates. */
export interface CandidateEvents extends WaitingEvents {
  /** Like in the encoded file, for these events only. */
  readonly fingerprint: Int32Array<ArrayBuffer>;
  /** Time of the newest event: seconds since 1970, -Infinity for none. */
  readonly newest: number;
  readonly sessions: FileSessionEvents;
}

/** Counts the encoded files of one reader, in two steps each. Between the steps, the main thread finds the duplicates among all files. */
export class EventCounter {
  readonly #callers: KnownCaller[] = [];
  readonly #calls: ApiCall[] = [];
  /** For calls that have their account. */
  readonly #callNumbers = new Map<ApiCall, CallNumbers>();
  #resources = new ResourceNames();
  /** Only resources that were added to a row: most rows soon have too many. */
  #arns: (ArnNumbers | undefined)[] = [];
  readonly #requests = new RequestCounts();
  readonly #sessions = new SessionDeltaEncoder();
  readonly #pairs = new IntList();
  readonly #known = new IntList();
  /** By pair. */
  readonly #tally = new CallCounts();
  /** Columns of the candidates of one file. Reused, because garbage in buffers is collected late. */
  readonly #selected = { events: new IntList(), session: new IntList(), call: new IntList() };
  /** By index of the account. */
  readonly #accounts: (AccountSeen | undefined)[] = [];

  constructor(private readonly collector: Collector) {}

  addDelta({ callers, calls, requests, resources, roles, callerCallPairs }: InternTableDelta): void {
    const { tables } = this.collector;
    for (const caller of callers) this.#callers.push({ actor: caller.actor, numbers: tables.caller(caller) });
    for (const call of calls) this.#calls.push(call);
    this.#requests.addContents(requests);
    if (resources.isReset) this.#forgetResources();
    this.#resources.addTables(resources);
    this.#sessions.addRoles(roles);
    this.#pairs.append(callerCallPairs);
    const first = this.#known.length / WIDTH;
    this.#known.fillTo((this.#pairs.length / PAIR_WIDTH) * WIDTH, NOT_YET);
    for (let pair = first; pair < this.#known.length / WIDTH; pair += 1) {
      if (!this.collector.isInScope(this.#callOf(pair)))
        this.#known.set(WIDTH * pair + ACTIVITY, OTHER_ACCOUNT);
    }
  }

  #forgetResources(): void {
    this.#resources = new ResourceNames();
    this.#arns = [];
    const known = this.#known;
    for (let at = RESOURCES; at < known.length; at += WIDTH)
      if (known.at(at) !== TOO_MANY) known.set(at, NOT_YET);
  }

  /** Counts everything that does not depend on duplicates. */
  selectCandidates(encoded: EncodedFile): CandidateEvents {
    const { collector } = this;
    const { starts, time } = encoded;
    for (const [name, value] of Object.entries(encoded.counts)) collector.count(name, value);
    const { events, session, call } = this.#selected;
    for (const list of [events, session, call]) list.clear();
    const started: CandidateStart[] = [];
    let nextStart = 0;
    let otherAccounts = 0;
    let newest = -Infinity;
    for (let event = 0; event < time.length; event += 1) {
      const pair = intAt(encoded.callerCallPair, event);
      const seconds = floatAt(time, event);
      const start = starts[nextStart]?.event === event ? starts[nextStart++] : undefined;
      if (this.#known.at(WIDTH * pair + ACTIVITY) === OTHER_ACCOUNT) {
        otherAccounts += 1;
        collector.countOther(this.#callOf(pair).recipient ?? 'unknown', seconds);
        continue;
      }
      const place = collector.classifyTime(seconds);
      if (place === 'outside' || (place === 'lookback' && start === undefined)) continue;
      if (seconds > newest) newest = seconds;
      if (start !== undefined) {
        const { actor } = this.#callerOf(pair);
        started.push({ ...start, event: events.length, source: this.#sessions.source(actor) });
      }
      if (place === 'in') this.#addResources(pair, intAt(encoded.resources, event));
      const sessionCall = place === 'in' ? this.#known.at(WIDTH * pair + SESSION_CALL) : -1;
      session.push(sessionCall === -1 ? -1 : intAt(encoded.session, event));
      call.push(sessionCall);
      events.push(event);
    }
    collector.count('recordsOtherAccounts', otherAccounts);
    collector.count('recordsOutsidePeriod', time.length - otherAccounts - events.length);
    return {
      ...pick(encoded, events),
      newest,
      sessions: {
        delta: this.#sessions.delta(collector.tables.sessionCalls),
        keys: encoded.sessionKeys,
        session: session.from(0),
        call: call.from(0),
        starts: started,
      },
    };
  }

  /** @param duplicates indexes among the candidates, ascending */
  count({ callerCallPair, time, requests }: WaitingEvents, duplicates: Int32Array): void {
    const { collector } = this;
    let nextDuplicate = 0;
    let nextRequest = 0;
    let counted = 0;
    for (let event = 0; event < time.length; event += 1) {
      let contents = NOTHING_FOUND;
      if (requests[nextRequest] === event) {
        contents = intAt(requests, nextRequest + 1);
        nextRequest += 2;
      }
      if (duplicates[nextDuplicate] === event) {
        nextDuplicate += 1;
        continue;
      }
      const seconds = floatAt(time, event);
      if (collector.classifyTime(seconds) !== 'in') continue;
      counted += 1;
      this.#count(intAt(callerCallPair, event), contents, seconds);
    }
    collector.count('events', counted);
    if (duplicates.length > 0) collector.count('duplicateRecords', duplicates.length);
  }

  #count(pair: number, contents: number, seconds: number): void {
    const at = WIDTH * pair;
    const known = this.#known;
    if (contents === NOTHING_FOUND) this.#tally.add(pair, seconds);
    else this.#requests.count(pair, contents, seconds);
    this.collector.tables.countWeek(known.at(at + ACTOR_ACCOUNT), known.at(at + OUTCOME), seconds);
    this.#accounts[known.at(at + ACCOUNT)]?.sawDayOf(seconds);
  }

  /** Adds the counts of all pairs to the tables. Call it once, after the last file. */
  finish(): void {
    for (let pair = 0; WIDTH * pair < this.#known.length; pair += 1) {
      const count = this.#tally.count(pair);
      if (count > 0) this.#finish(pair, NOTHING, count, this.#tally.first(pair), this.#tally.last(pair));
    }
    this.#requests.each((...row) => {
      this.#finish(...row);
    });
  }

  #finish(pair: number, contents: RequestContents, count: number, first: number, last: number): void {
    const { tables } = this.collector;
    const known = this.#known;
    const at = WIDTH * pair;
    const row = known.at(at + ACTIVITY);
    const call = this.#callOf(pair);
    tables.add(row, known.at(at + PERSON), count, first, last);
    if (call.hasPlan) tables.requests.add(row, contents, count, first, last);
    const account = this.#accounts[known.at(at + ACCOUNT)];
    account?.add(count, first, last);
    if (call.dataEvent) account?.dataEventSources.add(call.eventSource);
    account?.addRegion(call.region, count);
  }

  #addResources(pair: number, resources: number): void {
    const at = WIDTH * pair;
    const known = this.#known;
    if (known.at(at) === NOT_YET) this.#makeRows(pair);
    const before = known.at(at + RESOURCES);
    if (resources === -1 || resources === before || before === TOO_MANY) return;
    const rows = this.collector.tables.resources;
    const row = known.at(at + ACTIVITY);
    if (rows.hasTooMany(row)) {
      known.set(at + RESOURCES, TOO_MANY);
      return;
    }
    known.set(at + RESOURCES, resources);
    while (this.#arns.length <= resources) this.#arns.push(undefined);
    let arns = this.#arns[resources];
    if (arns === undefined) {
      const { actor } = this.#callerOf(pair);
      arns = rows.numbersOf(this.#resources.of(resources, actor, this.#callOf(pair)));
      this.#arns[resources] = arns;
    }
    rows.add(row, arns);
  }

  #makeRows(pair: number): void {
    const caller = this.#callerOf(pair);
    const call = this.#callOf(pair);
    const rows = this.collector.tables.rowsFor(caller.numbers, this.#numbersOf(call, caller));
    const at = WIDTH * pair;
    this.#known.set(at + ACTIVITY, rows.activity);
    this.#known.set(at + PERSON, rows.person);
    this.#known.set(at + SESSION_CALL, rows.sessionCall);
    this.#known.set(at + ACTOR_ACCOUNT, rows.actorAccount);
    this.#known.set(at + OUTCOME, rows.outcome);
    this.#known.set(at + ACCOUNT, rows.account);
    this.#accounts[rows.account] ??= this.collector.account(recordingAccount(caller.actor, call));
  }

  #callerOf(pair: number): KnownCaller {
    return itemAt(this.#callers, this.#pairs.at(PAIR_WIDTH * pair));
  }

  #callOf(pair: number): ApiCall {
    return itemAt(this.#calls, this.#pairs.at(PAIR_WIDTH * pair + 1));
  }

  #numbersOf(call: ApiCall, { actor }: KnownCaller): CallNumbers {
    const { tables } = this.collector;
    // Without account in the record, the account of the caller counts.
    if (call.recipient === null) return tables.call(call, recordingAccount(actor, call));
    const { recipient } = call;
    return getOrInsertComputed(this.#callNumbers, call, () => tables.call(call, recipient));
  }
}

/** Columns for some events only. Mostly they are all events of a file, and then nothing is copied. */
function pick(
  encoded: EncodedFile,
  events: IntList,
): Pick<CandidateEvents, keyof WaitingEvents | 'fingerprint'> {
  const { callerCallPair, time, fingerprint, requests } = encoded;
  const { length } = events;
  if (length === time.length) return { callerCallPair, time, fingerprint, requests };
  const picked = {
    callerCallPair: new Int32Array(length),
    time: new Float64Array(length),
    fingerprint: new Int32Array(2 * length),
  };
  const pickedRequests = new IntList();
  let nextRequest = 0;
  for (let candidate = 0; candidate < length; candidate += 1) {
    const event = events.at(candidate);
    picked.callerCallPair[candidate] = intAt(callerCallPair, event);
    picked.time[candidate] = floatAt(time, event);
    picked.fingerprint[2 * candidate] = intAt(fingerprint, 2 * event);
    picked.fingerprint[2 * candidate + 1] = intAt(fingerprint, 2 * event + 1);
    while (nextRequest < requests.length && intAt(requests, nextRequest) < event) nextRequest += 2;
    if (requests[nextRequest] !== event) continue;
    pickedRequests.push(candidate);
    pickedRequests.push(intAt(requests, nextRequest + 1));
  }
  return { ...picked, requests: pickedRequests.from(0) };
}
