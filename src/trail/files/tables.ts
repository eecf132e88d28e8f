import type { Period } from '../../period.js';
import { actorKey, compareActors, compareCalls, compareText } from '../aggregate.js';
import { comparePersons, type Person } from '../people.js';
import { SessionJoin } from '../sessions.js';
import { mondayOfWeek, weekNumber } from '../time.js';
import type {
  ActivityRow,
  Actor,
  AssumptionRow,
  Outcome,
  PersonRow,
  ResourceRow,
  WeekRow,
} from '../types.js';
import type { TableRows } from './answers.js';
import type { CallKind } from './dictionary.js';
import { ByteTable, Ints, PairTable, type Stretches } from './intern.js';
import { Numbering } from './numbering.js';
import { placeIn, sortedPairs, type Place } from './order.js';
import { PaddedBytes } from './padded.js';
import type { Caller } from './record.js';
import { RowResources } from './row-resources.js';
import { SessionCalls } from './session-calls.js';
import { SessionStarts } from './session-starts.js';
import { Tally } from './tally.js';

/** Numbers of a caller's parts; -1 for what it has not. */
export interface CallerNumbers {
  readonly actor: number;
  readonly person: number;
}

/** Numbers of a call: whole, without its error code, without its account too, and of the account and outcome alone. */
export interface CallNumbers {
  readonly whole: number;
  readonly ofPerson: number;
  readonly ofSession: number;
  readonly account: number;
  readonly outcome: number;
}

/** Where the events of one caller and call count: numbers of rows, and what the others are made of. */
export interface KindRows {
  readonly activity: number;
  /** -1 where no person is behind the caller. */
  readonly person: number;
  readonly sessionCall: number;
  readonly actorAccount: number;
  readonly outcome: number;
}

/** A call whose account is known. */
type Call = Omit<ActivityRow, 'actor' | 'count' | 'first' | 'last'>;

/** Who called what, and the number of the row that counts it. */
interface CountedCall {
  readonly actor: Actor;
  readonly call: Call;
  readonly row: number;
}

/** Sorted. */
const OUTCOMES: readonly Outcome[] = ['denied', 'failed', 'succeeded'];

/** Pairs with their counts. */
class Rows {
  readonly pairs = new PairTable();
  readonly tally = new Tally();

  /** Sorted, without those that count nothing: of such all events had come before. */
  sorted(first: Place, second: Place): number[] {
    return sortedPairs(this.pairs, first, second).filter((row) => this.tally.count(row) > 0);
  }
}

/** The rows of all answers while they are counted: numbers of actors, people, sessions and calls, in pairs. */
export class AnswerTables {
  readonly resourcesOfRows = new RowResources();
  readonly starts = new SessionStarts();
  readonly #actors = new Numbering<Actor>();
  readonly #people = new Numbering<Person>();
  readonly #accounts = new Numbering<string>();
  /** Access keys of sessions, as JSON. */
  readonly #sessions = new ByteTable();
  readonly #calls = new Numbering<Call>();
  readonly #personCalls = new Numbering<Call>();
  readonly #sessionCalls = new Numbering<Call>();
  readonly #activity = new Rows();
  readonly #actorPeople = new PairTable();
  readonly #peopleRows = new Rows();
  readonly #roles = new Numbering<string>();
  readonly #sessionCounts = new SessionCalls();
  readonly #actorAccounts = new PairTable();
  /** Of an actor and account: the week and outcome, as `OUTCOMES.length * week + outcome`. */
  readonly #weeks = new PairTable();
  readonly #weekCounts = new Ints();

  caller({ actor, person }: Caller): CallerNumbers {
    return {
      actor: this.#actors.add(actor, actorKey(actor)),
      person: person === null ? -1 : this.#people.add(person, [person.sessionName, person.sourceIdentity]),
    };
  }

  /** @returns the numbers of access keys */
  sessions({ bytes, ends }: Stretches): Int32Array {
    const { view } = PaddedBytes.copyOf(bytes);
    return ends.map((end, i) => this.#sessions.intern(view, i === 0 ? 0 : (ends[i - 1] ?? 0), end));
  }

  call(kind: CallKind, recipientAccountId: string): CallNumbers {
    const { eventSource, eventName, apiCall, outcome, errorCode } = kind;
    const call = { recipientAccountId, eventSource, eventName, apiCall, outcome, errorCode };
    const same = [eventSource, eventName, apiCall, outcome];
    return {
      whole: this.#calls.add(call, [recipientAccountId, ...same, errorCode]),
      ofPerson: this.#personCalls.add(call, [recipientAccountId, ...same]),
      ofSession: this.#sessionCalls.add(call, same),
      account: this.#accounts.add(recipientAccountId, [recipientAccountId]),
      outcome: OUTCOMES.indexOf(outcome),
    };
  }

  rowsOf(caller: CallerNumbers, call: CallNumbers): KindRows {
    const { actor, person } = caller;
    return {
      activity: this.#activity.pairs.intern(actor, call.whole),
      person:
        person === -1
          ? -1
          : this.#peopleRows.pairs.intern(this.#actorPeople.intern(actor, person), call.ofPerson),
      sessionCall: call.ofSession,
      actorAccount: this.#actorAccounts.intern(actor, call.account),
      outcome: call.outcome,
    };
  }

  /** Counts an event in its rows; `person` may be -1. @param seconds since 1970 */
  count(activity: number, person: number, seconds: number): void {
    this.#activity.tally.add(activity, seconds);
    if (person !== -1) this.#peopleRows.tally.add(person, seconds);
  }

  countWeek(actorAccount: number, outcome: number, seconds: number): void {
    const row = this.#weeks.intern(actorAccount, OUTCOMES.length * weekNumber(seconds) + outcome);
    if (row === this.#weekCounts.length) this.#weekCounts.push(0);
    this.#weekCounts.set(row, this.#weekCounts.at(row) + 1);
  }

  countInSession(session: number, call: number, seconds: number): void {
    this.#sessionCounts.add(session, call, seconds);
  }

  role(arn: string): number {
    return this.#roles.add(arn, [arn]);
  }

  /** All rows, sorted. To be called once, at the end. */
  rows(): TableRows {
    const actorPlace = placeIn(this.#actors.sorted(compareActors));
    const counted = Int32Array.from(
      this.#activity.sorted(actorPlace, placeIn(this.#calls.sorted(compareCalls))),
    );
    return {
      activity: () => this.#activityRows(counted),
      resources: () => this.#resourceRows(counted),
      people: () => this.#personRows(actorPlace),
      weeks: () => this.#weekRows(actorPlace),
    };
  }

  *#activityRows(counted: Int32Array): Generator<ActivityRow> {
    for (const { actor, call, row } of this.#calledIn(counted)) {
      const { recipientAccountId, eventSource, eventName, apiCall, outcome, errorCode } = call;
      const { count, first, last } = this.#activity.tally.at(row);
      yield {
        actor,
        recipientAccountId,
        eventSource,
        eventName,
        apiCall,
        outcome,
        errorCode,
        count,
        first,
        last,
      };
    }
  }

  /** Only calls that succeeded have resources, so that no two rows are of the same event. */
  *#resourceRows(counted: Int32Array): Generator<ResourceRow> {
    for (const { actor, call, row } of this.#calledIn(counted)) {
      const resources = this.resourcesOfRows.of(row);
      if (resources === undefined) continue;
      const { recipientAccountId, eventSource, eventName } = call;
      const complete = resources !== null;
      yield { actor, recipientAccountId, eventSource, eventName, resources: resources ?? [], complete };
    }
  }

  *#personRows(actorPlace: Place): Generator<PersonRow> {
    const { pairs, tally } = this.#peopleRows;
    const actorPeople = sortedPairs(
      this.#actorPeople,
      actorPlace,
      placeIn(this.#people.sorted(comparePersons)),
    );
    for (const row of this.#peopleRows.sorted(
      placeIn(actorPeople),
      placeIn(this.#personCalls.sorted(compareCalls)),
    )) {
      const actorPerson = pairs.first(row);
      const actor = this.#actors.at(this.#actorPeople.first(actorPerson));
      const person = this.#people.at(this.#actorPeople.second(actorPerson));
      const call = this.#personCalls.at(pairs.second(row));
      if (actor === undefined || person === undefined || call === undefined) continue;
      const { recipientAccountId, eventSource, eventName, apiCall, outcome } = call;
      const { sessionName, sourceIdentity } = person;
      const { count, first, last } = tally.at(row);
      yield {
        actor,
        recipientAccountId,
        sessionName,
        sourceIdentity,
        eventSource,
        eventName,
        apiCall,
        outcome,
        count,
        first,
        last,
      };
    }
  }

  *#weekRows(actorPlace: Place): Generator<WeekRow> {
    const actorAccounts = sortedPairs(
      this.#actorAccounts,
      actorPlace,
      placeIn(this.#accounts.sorted(compareText)),
    );
    for (const row of sortedPairs(this.#weeks, placeIn(actorAccounts), (week) => week)) {
      const actorAccount = this.#weeks.first(row);
      const actor = this.#actors.at(this.#actorAccounts.first(actorAccount));
      const recipientAccountId = this.#accounts.at(this.#actorAccounts.second(actorAccount));
      const week = Math.floor(this.#weeks.second(row) / OUTCOMES.length);
      const outcome = OUTCOMES[this.#weeks.second(row) - OUTCOMES.length * week];
      const count = this.#weekCounts.at(row);
      if (actor === undefined || recipientAccountId === undefined || outcome === undefined) continue;
      yield { actor, recipientAccountId, week: mondayOfWeek(week), outcome, count };
    }
  }

  assumptions(period: Period): AssumptionRow[] {
    const keys = this.#sessionKeys();
    const starts = this.starts.all(
      keys,
      (actor) => this.#actors.at(actor),
      (role) => this.#roles.at(role),
    );
    const join = new SessionJoin(starts, period);
    this.#sessionCounts.addTo(join, keys, (call) => this.#sessionCalls.at(call));
    return join.rows();
  }

  #sessionKeys(): string[] {
    const { bytes, ends } = this.#sessions.from(0);
    const source = PaddedBytes.copyOf(bytes);
    return Array.from(ends, (end, i) => String(source.parse(i === 0 ? 0 : (ends[i - 1] ?? 0), end)));
  }

  *#calledIn(rows: Int32Array): Generator<CountedCall> {
    const { pairs } = this.#activity;
    for (const row of rows) {
      const actor = this.#actors.at(pairs.first(row));
      const call = this.#calls.at(pairs.second(row));
      if (actor !== undefined && call !== undefined) yield { actor, call, row };
    }
  }
}
