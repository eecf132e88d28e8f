import { actorKey } from '../../aggregate.js';
import type { Person } from '../../people.js';
import { weekNumber } from '../../../base/time.js';
import type { ActivityRow, Actor, Outcome, SessionCall } from '../../types.js';
import type { ApiCall, Caller } from '../decode/encoded-file.js';
import { IntList } from '../collections/int-list.js';
import { PairTable, toRenumbering } from '../collections/pair-table.js';
import { textItself, joinKeys, Interner } from '../collections/interner.js';
import { RowResources, type ResourcesPart } from './row-resources.js';
import { RequestRows, type RequestsPart } from './request-rows.js';
import { Rows, type RowsPart } from './rows.js';
import { intAt } from '../collections/checked.js';

/** Indexes of the parts of a caller; -1 if missing. */
export interface CallerNumbers {
  readonly actor: number;
  readonly person: number;
}

/** Indexes of a call: complete, without error code, without account too; and of account and outcome. */
export interface CallNumbers {
  readonly full: number;
  readonly person: number;
  readonly session: number;
  readonly account: number;
  readonly outcome: number;
  readonly isNetworkCopy: boolean;
}

/** Rows that count the events of one caller and call. */
export interface PairRows {
  readonly activity: number;
  /** -1 without a person. */
  readonly person: number;
  /** -1 if another event counts for people, sessions and weeks. */
  readonly sessionCall: number;
  readonly actorAccount: number;
  readonly account: number;
  readonly outcome: number;
}

/** A call with known account. */
export type ApiCallKey = Omit<ActivityRow, 'actor' | 'count' | 'first' | 'last'>;

/** Sorted. */
export const OUTCOMES: readonly Outcome[] = ['denied', 'failed', 'succeeded'];

/** All tables, as sent between threads. */
export interface TablesPart {
  readonly actors: readonly Actor[];
  readonly people: readonly Person[];
  readonly accounts: readonly string[];
  readonly calls: readonly ApiCallKey[];
  readonly personCalls: readonly ApiCallKey[];
  readonly activity: RowsPart;
  readonly actorPeople: Int32Array<ArrayBuffer>;
  readonly personRows: RowsPart;
  readonly actorAccounts: Int32Array<ArrayBuffer>;
  readonly weeks: Int32Array<ArrayBuffer>;
  readonly weekCounts: Int32Array<ArrayBuffer>;
  readonly resources: ResourcesPart;
  readonly requests: RequestsPart;
}

/** A call in a session, without its counts. */
export type SessionApiCallKey = Omit<SessionCall, 'count' | 'first' | 'last'>;

export const actorInterner = (): Interner<Actor> => new Interner((actor) => joinKeys(actorKey(actor)));

export const callKey = ({ eventSource, eventName, apiCall, outcome }: SessionApiCallKey): string =>
  joinKeys([eventSource, eventName, String(apiCall), outcome]);

/** The largest buffers of a part, which are transferred instead of copied. */
export function transferList({ activity, personRows }: TablesPart): ArrayBuffer[] {
  return [activity.pairs, activity.tally, personRows.pairs, personRows.tally].map(({ buffer }) => buffer);
}

/** Rows of answers while counting: pairs of indexes of actors, people and calls. */
export class AnswerTables {
  readonly actors = actorInterner();
  readonly people = new Interner<Person>(({ sessionName, sourceIdentity }) =>
    joinKeys([sessionName, sourceIdentity]),
  );
  readonly accounts = new Interner<string>(textItself);
  readonly calls = new Interner<ApiCallKey>((call) =>
    joinKeys([call.recipientAccountId, call.errorCode, String(call.networkActivity), callKey(call)]),
  );
  readonly personCalls = new Interner<ApiCallKey>((call) =>
    joinKeys([call.recipientAccountId, callKey(call)]),
  );
  /** Indexes of this table are valid in this thread only: RoleSessions has its own. */
  readonly sessionCalls = new Interner<SessionApiCallKey>(callKey);
  readonly activity = new Rows();
  readonly actorPeople = new PairTable();
  readonly personRows = new Rows();
  readonly actorAccounts = new PairTable();
  /** Pairs of an actor and account with `OUTCOMES.length * week + outcome`. */
  readonly weeks = new PairTable();
  readonly weekCounts = new IntList();
  readonly resources = new RowResources();
  readonly requests = new RequestRows();

  caller({ actor, person }: Caller): CallerNumbers {
    return { actor: this.actors.add(actor), person: person === null ? -1 : this.people.add(person) };
  }

  call(kind: ApiCall, recipientAccountId: string): CallNumbers {
    const { eventSource, eventName, apiCall, outcome, errorCode, networkActivity, isNetworkCopy } = kind;
    const call = { recipientAccountId, eventSource, eventName, apiCall, outcome, errorCode };
    return {
      full: this.calls.add(networkActivity ? { ...call, networkActivity } : call),
      person: this.personCalls.add(call),
      session: this.sessionCalls.add(call),
      account: this.accounts.add(recipientAccountId),
      outcome: OUTCOMES.indexOf(outcome),
      isNetworkCopy,
    };
  }

  rowsFor(caller: CallerNumbers, call: CallNumbers): PairRows {
    const { actor, person } = caller;
    const { account, outcome } = call;
    const activity = this.activity.pairs.intern(actor, call.full);
    if (call.isNetworkCopy)
      return { activity, person: -1, sessionCall: -1, actorAccount: -1, account, outcome };
    return {
      activity,
      person:
        person === -1
          ? -1
          : this.personRows.pairs.intern(this.actorPeople.intern(actor, person), call.person),
      sessionCall: call.session,
      actorAccount: this.actorAccounts.intern(actor, account),
      account,
      outcome,
    };
  }

  /**
   * @param person -1 for none
   * @param first, last seconds since 1970
   */
  add(activity: number, person: number, count: number, first: number, last: number): void {
    this.activity.tally.addMany(activity, count, first, last);
    if (person !== -1) this.personRows.tally.addMany(person, count, first, last);
  }

  /** @param actorAccount -1 if another event counts */
  countWeek(actorAccount: number, outcome: number, seconds: number): void {
    if (actorAccount === -1) return;
    this.#addToWeek(this.weeks.intern(actorAccount, OUTCOMES.length * weekNumber(seconds) + outcome), 1);
  }

  #addToWeek(row: number, count: number): void {
    this.weekCounts.fillTo(row + 1, 0);
    this.weekCounts.set(row, this.weekCounts.at(row) + count);
  }

  part(): TablesPart {
    return {
      actors: this.actors.from(0),
      people: this.people.from(0),
      accounts: this.accounts.from(0),
      calls: this.calls.from(0),
      personCalls: this.personCalls.from(0),
      activity: this.activity.part(),
      actorPeople: this.actorPeople.part(),
      personRows: this.personRows.part(),
      actorAccounts: this.actorAccounts.part(),
      weeks: this.weeks.part(),
      weekCounts: this.weekCounts.from(0),
      resources: this.resources.part(),
      requests: this.requests.part(),
    };
  }

  /** Adds the counts of another thread. */
  merge(part: TablesPart): void {
    const actors = this.actors.merge(part.actors);
    const people = this.people.merge(part.people);
    const accounts = this.accounts.merge(part.accounts);
    const rows = this.activity.merge(part.activity, actors, this.calls.merge(part.calls));
    const actorPeople = toRenumbering(this.actorPeople.merge(part.actorPeople, actors, people));
    this.personRows.merge(part.personRows, actorPeople, this.personCalls.merge(part.personCalls));
    const actorAccounts = toRenumbering(this.actorAccounts.merge(part.actorAccounts, actors, accounts));
    this.weeks
      .merge(part.weeks, actorAccounts, (weekAndOutcome) => weekAndOutcome)
      .forEach((week, its) => {
        this.#addToWeek(week, intAt(part.weekCounts, its));
      });
    this.resources.merge(part.resources, rows);
    this.requests.merge(part.requests, rows);
  }
}
