import { Aggregator } from '../aggregate.js';
import { PeopleAggregator, personRow, type Person } from '../people.js';
import type { SessionJoin } from '../sessions.js';
import { merge, ResourceCollector, type Resources } from '../resources/set.js';
import { mondayOfWeek, weekNumber } from '../time.js';
import type { ActivityRow, Actor, PersonRow, ResourceRow, WeekRow } from '../types.js';
import { WeekAggregator } from '../weeks.js';
import type { CallKind } from './dictionary.js';
import { ByteTable, Ints, PairTable, type Stretches } from './intern.js';
import { Numbering } from './numbering.js';
import { PaddedBytes } from './padded.js';
import type { Caller } from './record.js';
import { SessionCalls } from './session-calls.js';
import { Tally } from './tally.js';

/** Numbers of a caller's parts; -1 for what it has not. */
export interface CallerNumbers {
  readonly actor: number;
  readonly person: number;
}

/** Numbers of a call: whole, without its error code, without its account too, and only account and outcome. */
export interface CallNumbers {
  readonly whole: number;
  readonly ofPerson: number;
  readonly ofSession: number;
  readonly ofWeek: number;
}

/** Pairs with their counts. */
class Rows {
  readonly pairs = new PairTable();
  readonly tally = new Tally();
}

/** The rows of all answers while they are counted: numbers of actors, people, sessions and calls, in pairs. */
export class AnswerTables {
  readonly #actors = new Numbering<Actor>();
  readonly #people = new Numbering<Person>();
  /** Access keys of sessions, as JSON. */
  readonly #sessions = new ByteTable();
  readonly #calls = new Numbering<CallKind>();
  readonly #personCalls = new Numbering<CallKind>();
  readonly #sessionCalls = new Numbering<CallKind>();
  readonly #weekCalls = new Numbering<CallKind>();
  readonly #activity = new Rows();
  readonly #actorPeople = new PairTable();
  readonly #peopleRows = new Rows();
  readonly #sessionRows = new SessionCalls();
  readonly #weekRows = new PairTable();
  /** Rows and the weeks they have, and how many events. */
  readonly #weeks = new PairTable();
  readonly #weekCounts = new Ints();
  /** By number of a row of activity. */
  readonly #resources: (Resources | undefined)[] = [];

  caller({ actor, person }: Caller): CallerNumbers {
    return {
      actor: this.#actors.add(actor, [actor.kind, actor.arn, actor.id, actor.accountId]),
      person: person === null ? -1 : this.#people.add(person, [person.sessionName, person.sourceIdentity]),
    };
  }

  /** @returns the numbers of access keys */
  sessions({ bytes, ends }: Stretches): Int32Array {
    const { view } = PaddedBytes.copyOf(bytes);
    return ends.map((end, i) => this.#sessions.intern(view, i === 0 ? 0 : (ends[i - 1] ?? 0), end));
  }

  call(call: CallKind): CallNumbers {
    const { recipient, eventSource, eventName, apiCall, outcome, errorCode } = call;
    return {
      whole: this.#calls.add(call, [recipient, eventSource, eventName, apiCall, outcome, errorCode]),
      ofPerson: this.#personCalls.add(call, [recipient, eventSource, eventName, apiCall, outcome]),
      ofSession: this.#sessionCalls.add(call, [eventSource, eventName, apiCall, outcome]),
      ofWeek: this.#weekCalls.add(call, [recipient, outcome]),
    };
  }

  activityRow(caller: CallerNumbers, call: CallNumbers): number {
    return this.#activity.pairs.intern(caller.actor, call.whole);
  }

  /** @returns -1 where no person is behind the caller */
  personRow(caller: CallerNumbers, call: CallNumbers): number {
    if (caller.person === -1) return -1;
    return this.#peopleRows.pairs.intern(
      this.#actorPeople.intern(caller.actor, caller.person),
      call.ofPerson,
    );
  }

  weekRow(caller: CallerNumbers, call: CallNumbers): number {
    return this.#weekRows.intern(caller.actor, call.ofWeek);
  }

  countWeek(row: number, seconds: number): void {
    const number = this.#weeks.intern(row, weekNumber(seconds));
    if (number === this.#weekCounts.length) this.#weekCounts.push(0);
    this.#weekCounts.set(number, this.#weekCounts.at(number) + 1);
  }

  /** Counts an event in its rows; `person` may be -1. */
  count(activity: number, person: number, seconds: number): void {
    this.#activity.tally.add(activity, seconds);
    if (person !== -1) this.#peopleRows.tally.add(person, seconds);
  }

  countInSession(session: number, call: number, seconds: number): void {
    this.#sessionRows.add(session, call, seconds);
  }

  addResources(activity: number, resources: Resources): void {
    const before = this.#resources[activity];
    this.#resources[activity] = before === undefined ? resources : merge(before, resources);
  }

  activity(): ActivityRow[] {
    const merged = new Aggregator();
    for (const { row } of this.#activityRows()) merged.add(row);
    return merged.rows();
  }

  resources(): ResourceRow[] {
    const merged = new ResourceCollector();
    for (const { number, row } of this.#activityRows()) {
      const resources = this.#resources[number];
      if (resources !== undefined) merged.add(row, resources);
    }
    return merged.rows();
  }

  people(): PersonRow[] {
    const merged = new PeopleAggregator();
    const { pairs, tally } = this.#peopleRows;
    for (let number = 0; number < pairs.size; number += 1) {
      const actorPerson = pairs.first(number);
      const actor = this.#actors.at(this.#actorPeople.first(actorPerson));
      const person = this.#people.at(this.#actorPeople.second(actorPerson));
      const call = this.#personCalls.at(pairs.second(number));
      if (actor === undefined || person === undefined || call === undefined) continue;
      if (tally.count(number) === 0) continue;
      merged.add(personRow({ ...activityOf(actor, call), ...tally.at(number) }, person));
    }
    return merged.rows();
  }

  weeks(): WeekRow[] {
    const merged = new WeekAggregator();
    for (let number = 0; number < this.#weeks.size; number += 1) {
      const row = this.#weeks.first(number);
      const actor = this.#actors.at(this.#weekRows.first(row));
      const call = this.#weekCalls.at(this.#weekRows.second(row));
      if (actor === undefined || call === undefined) continue;
      merged.add({
        actor,
        recipientAccountId: recipientOf(actor, call),
        week: mondayOfWeek(this.#weeks.second(number)),
        outcome: call.outcome,
        count: this.#weekCounts.at(number),
      });
    }
    return merged.rows();
  }

  addSessionCallsTo(join: SessionJoin): void {
    this.#sessionRows.addTo(join, this.#sessionKeys(), (call) => this.#sessionCalls.at(call));
  }

  #sessionKeys(): string[] {
    const { bytes, ends } = this.#sessions.from(0);
    const source = PaddedBytes.copyOf(bytes);
    return Array.from(ends, (end, i) => String(source.parse(i === 0 ? 0 : (ends[i - 1] ?? 0), end)));
  }

  /** Rows whose records name no account are apart from those that name the same one. */
  *#activityRows(): Generator<{ readonly number: number; readonly row: ActivityRow }> {
    const { pairs, tally } = this.#activity;
    for (let number = 0; number < pairs.size; number += 1) {
      const actor = this.#actors.at(pairs.first(number));
      const call = this.#calls.at(pairs.second(number));
      if (actor === undefined || call === undefined || tally.count(number) === 0) continue;
      yield { number, row: { ...activityOf(actor, call), ...tally.at(number) } };
    }
  }
}

function activityOf(actor: Actor, call: CallKind): Omit<ActivityRow, 'count' | 'first' | 'last'> {
  const { eventSource, eventName, apiCall, outcome, errorCode } = call;
  const recipientAccountId = recipientOf(actor, call);
  return { actor, recipientAccountId, eventSource, eventName, apiCall, outcome, errorCode };
}

/** Account whose trail recorded a call, as far as the record tells. */
export const recipientOf = (actor: Actor, call: CallKind): string =>
  call.recipient ?? actor.accountId ?? 'unknown';
