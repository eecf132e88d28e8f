import type { Actor } from '../../types.js';
import type { AccountSeen, Collector } from './collector.js';
import {
  KIND_WIDTH,
  recipientOf,
  type CallKind,
  type Dictionary,
  type FileDigest,
} from '../decode/encoded-file.js';
import { Ints } from '../collections/pair-table.js';
import type { Resources } from '../../resources/set.js';
import { ResourceNames } from './resource-names.js';
import type { ArnNumbers } from './row-resources.js';
import type { CallerNumbers, CallNumbers } from './answer-tables.js';
import { SessionTeller, type SessionEvents, type SessionStarted } from '../sessions/session-events.js';
import { Tally } from '../collections/call-counts.js';

/*
 * What is known of a kind of event: its rows of activity and of a person (-1 for none), its call in sessions, its actor with
 * account, its outcome, its account, and the resources that its last event had. Eight words are as many as the processor has
 * in half a line of its cache, so that each kind is in one.
 */
const WIDTH = 8;
const ACTIVITY = 0;
const PERSON = 1;
const SESSION_CALL = 2;
const ACTOR_ACCOUNT = 3;
const OUTCOME = 4;
const ACCOUNT = 5;
const RESOURCES = 6;
/** Below all numbers there are. Rows are made when the first event counts: other times and accounts need none. */
const NOT_YET = -(2 ** 31);
const OTHER_ACCOUNT = NOT_YET + 1;
/** Instead of resources: its row has more than are told. */
const TOO_MANY = NOT_YET + 2;

interface KnownCaller {
  readonly actor: Actor;
  readonly numbers: CallerNumbers;
}

/** The events of a file that count unless they are duplicates. */
export interface Candidates {
  /** Their numbers in the file. */
  readonly events: Int32Array;
  /** As of the file's digest, of these events only. */
  readonly identity: Int32Array<ArrayBuffer>;
  readonly time: Float64Array<ArrayBuffer>;
  /** Time of the newest of them: seconds since 1970, -Infinity for none. */
  readonly newest: number;
  readonly sessions: SessionEvents;
}

/**
 * Collects the digests of one reader: knows what its numbers mean. Each file in two steps, between which somebody who sees
 * the files of all readers tells the duplicates.
 */
export class Lane {
  readonly #callers: KnownCaller[] = [];
  readonly #calls: CallKind[] = [];
  /** Of calls that name their account. */
  readonly #callNumbers = new Map<CallKind, CallNumbers>();
  #resources = new ResourceNames();
  /** Only of those that were added to a row, by their numbers: most rows have too many soon. */
  #arns: (ArnNumbers | undefined)[] = [];
  readonly #sessions = new SessionTeller();
  readonly #kinds = new Ints();
  readonly #known = new Ints();
  /** Of the events of each kind. */
  readonly #tally = new Tally();
  /** By the numbers of accounts. */
  readonly #accounts: (AccountSeen | undefined)[] = [];

  constructor(private readonly collector: Collector) {}

  learn({ callers, calls, resources, roles, kinds }: Dictionary): void {
    const { tables } = this.collector;
    for (const caller of callers) this.#callers.push({ actor: caller.actor, numbers: tables.caller(caller) });
    for (const call of calls) this.#calls.push(call);
    if (resources.anew) this.#forgetResources();
    this.#resources.learn(resources);
    this.#sessions.learn(roles);
    this.#kinds.append(kinds);
    const first = this.#known.length / WIDTH;
    this.#known.fillTo((this.#kinds.length / KIND_WIDTH) * WIDTH, NOT_YET);
    for (let kind = first; kind < this.#known.length / WIDTH; kind += 1) {
      const call = this.#callOf(kind);
      if (call === undefined || !this.collector.isInScope(call))
        this.#known.set(WIDTH * kind + ACTIVITY, OTHER_ACCOUNT);
    }
  }

  #forgetResources(): void {
    this.#resources = new ResourceNames();
    this.#arns = [];
    const known = this.#known;
    for (let at = RESOURCES; at < known.length; at += WIDTH)
      if (known.at(at) !== TOO_MANY) known.set(at, NOT_YET);
  }

  /** Counts all of a file that does not depend on duplicates. */
  sift(digest: FileDigest): Candidates {
    const { collector } = this;
    const { starts, identity, time } = digest;
    for (const [name, value] of Object.entries(digest.counts)) collector.count(name, value);
    const events = new Int32Array(time.length);
    const session = new Int32Array(time.length);
    const call = new Int32Array(time.length);
    const started: SessionStarted[] = [];
    let nextStart = 0;
    let count = 0;
    let otherAccounts = 0;
    let newest = -Infinity;
    for (let event = 0; event < time.length; event += 1) {
      const kind = digest.kind[event] ?? 0;
      const seconds = time[event] ?? 0;
      const start = starts[nextStart];
      const isStart = start?.event === event;
      if (isStart) nextStart += 1;
      if (this.#known.at(WIDTH * kind + ACTIVITY) === OTHER_ACCOUNT) {
        otherAccounts += 1;
        continue;
      }
      const place = collector.placeOf(seconds);
      if (place === 'outside' || (place === 'lookback' && !isStart)) continue;
      if (seconds > newest) newest = seconds;
      if (isStart) started.push({ ...start, event: count, source: this.#sourceOf(kind) });
      session[count] = -1;
      if (place === 'in') {
        this.#addResources(kind, digest.resources[event] ?? -1);
        session[count] = digest.session[event] ?? -1;
        call[count] = this.#known.at(WIDTH * kind + SESSION_CALL);
      }
      events[count++] = event;
    }
    collector.count('recordsOtherAccounts', otherAccounts);
    collector.count('recordsOutsidePeriod', time.length - otherAccounts - count);
    const all = count === time.length;
    return {
      ...(all ? { events, identity, time } : only(events.subarray(0, count), digest)),
      newest,
      sessions: {
        news: this.#sessions.news(collector.tables.sessionCalls),
        keys: digest.sessionKeys,
        session: all ? session : session.slice(0, count),
        call: all ? call : call.slice(0, count),
        starts: started,
      },
    };
  }

  /** Counts the candidates of a file. @param duplicates numbers among them, ascending */
  count(digest: FileDigest, { events }: Candidates, duplicates: Int32Array): void {
    const { collector } = this;
    let nextDuplicate = 0;
    let counted = 0;
    for (let candidate = 0; candidate < events.length; candidate += 1) {
      const event = events[candidate] ?? 0;
      if (duplicates[nextDuplicate] === candidate) {
        nextDuplicate += 1;
        continue;
      }
      const seconds = digest.time[event] ?? 0;
      if (collector.placeOf(seconds) !== 'in') continue;
      counted += 1;
      this.#count(digest.kind[event] ?? 0, seconds);
    }
    collector.count('events', counted);
    if (duplicates.length > 0) collector.count('duplicateRecords', duplicates.length);
  }

  #count(kind: number, seconds: number): void {
    const at = WIDTH * kind;
    const known = this.#known;
    this.#tally.add(kind, seconds);
    this.collector.tables.countWeek(known.at(at + ACTOR_ACCOUNT), known.at(at + OUTCOME), seconds);
    this.#accounts[known.at(at + ACCOUNT)]?.sawDayOf(seconds);
  }

  /** Hands over what was added up by kind. To be called once, behind the last file. */
  finish(): void {
    const { tables } = this.collector;
    const known = this.#known;
    for (let kind = 0; WIDTH * kind < known.length; kind += 1) {
      const count = this.#tally.count(kind);
      if (count === 0) continue;
      const first = this.#tally.first(kind);
      const last = this.#tally.last(kind);
      const at = WIDTH * kind;
      tables.add(known.at(at + ACTIVITY), known.at(at + PERSON), count, first, last);
      const account = this.#accounts[known.at(at + ACCOUNT)];
      account?.add(count, first, last);
      const call = this.#callOf(kind);
      if (call?.dataEvent === true) account?.dataEventSources.add(call.eventSource);
    }
  }

  #addResources(kind: number, resources: number): void {
    const at = WIDTH * kind;
    const known = this.#known;
    if (known.at(at) === NOT_YET) this.#makeRows(kind);
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
      arns = rows.numbersOf(this.#resourcesOf(kind, resources));
      this.#arns[resources] = arns;
    }
    rows.add(row, arns);
  }

  #resourcesOf(kind: number, resources: number): Resources {
    const caller = this.#callerOf(kind);
    const call = this.#callOf(kind);
    return caller === undefined || call === undefined
      ? null
      : this.#resources.of(resources, caller.actor, call);
  }

  #makeRows(kind: number): void {
    const caller = this.#callerOf(kind);
    const call = this.#callOf(kind);
    if (caller === undefined || call === undefined) return;
    const rows = this.collector.tables.rowsOf(caller.numbers, this.#numbersOf(call, caller));
    const at = WIDTH * kind;
    this.#known.set(at + ACTIVITY, rows.activity);
    this.#known.set(at + PERSON, rows.person);
    this.#known.set(at + SESSION_CALL, rows.sessionCall);
    this.#known.set(at + ACTOR_ACCOUNT, rows.actorAccount);
    this.#known.set(at + OUTCOME, rows.outcome);
    this.#known.set(at + ACCOUNT, rows.account);
    this.#accounts[rows.account] ??= this.collector.account(recipientOf(caller.actor, call));
  }

  #callerOf(kind: number): KnownCaller | undefined {
    return this.#callers[this.#kinds.at(KIND_WIDTH * kind)];
  }

  #callOf(kind: number): CallKind | undefined {
    return this.#calls[this.#kinds.at(KIND_WIDTH * kind + 1)];
  }

  #numbersOf(call: CallKind, { actor }: KnownCaller): CallNumbers {
    const { tables } = this.collector;
    // Without an account in the record, it is that of whoever calls.
    if (call.recipient === null) return tables.call(call, recipientOf(actor, call));
    let numbers = this.#callNumbers.get(call);
    if (numbers === undefined) {
      numbers = tables.call(call, call.recipient);
      this.#callNumbers.set(call, numbers);
    }
    return numbers;
  }

  /** @returns -1 for none */
  #sourceOf(kind: number): number {
    const caller = this.#callerOf(kind);
    return caller === undefined ? -1 : this.#sessions.source(caller.actor);
  }
}

function only(
  events: Int32Array,
  { identity, time }: FileDigest,
): Pick<Candidates, 'events' | 'identity' | 'time'> {
  const identities = new Int32Array(2 * events.length);
  events.forEach((event, candidate) => {
    identities[2 * candidate] = identity[2 * event] ?? 0;
    identities[2 * candidate + 1] = identity[2 * event + 1] ?? 0;
  });
  return { events, identity: identities, time: Float64Array.from(events, (event) => time[event] ?? 0) };
}
