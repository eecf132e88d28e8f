import { compareText } from '../../../base/compare.js';
import { compareActors, compareCalls, countedOnce } from '../../aggregate.js';
import { comparePersons } from '../../people.js';
import { mondayOfWeek } from '../../../base/time.js';
import type { ActivityRow, Actor, PersonRow, RequestRow, ResourceRow, WeekRow } from '../../types.js';
import type { TableRows } from '../answers.js';
import { compareShapes } from './request-rows.js';
import { toRanks, sortPairs, type Rank } from './sort-pairs.js';
import { OUTCOMES, type AnswerTables, type ApiCallKey } from './answer-tables.js';
import { at } from '../../../base/checked.js';
import { intAt } from '../collections/checked.js';

/** A caller and call, and the index of the row with its counts. */
interface CountedCall {
  readonly actor: Actor;
  readonly call: ApiCallKey;
  readonly row: number;
}

/** All rows, sorted. Call it once, after all events are counted. */
export function tableRows(tables: AnswerTables): TableRows {
  const actorPlace = toRanks(tables.actors.sorted(compareActors));
  const counted = sortedRows(tables.activity, actorPlace, toRanks(tables.calls.sorted(compareCalls)));
  return {
    activity: () => countedOnce(activityRows(tables, counted)),
    resources: () => resourceRows(tables, counted),
    requests: () => requestRows(tables, counted),
    people: () => personRows(tables, actorPlace),
    weeks: () => weekRows(tables, actorPlace),
  };
}

/** Without rows whose events were all duplicates. */
const sortedRows = ({ pairs, tally }: AnswerTables['activity'], first: Rank, second: Rank): Int32Array =>
  sortPairs(pairs, first, second).filter((row) => tally.count(row) > 0);

function* activityRows(tables: AnswerTables, counted: Int32Array): Generator<ActivityRow> {
  for (const { actor, call, row } of calledIn(tables, counted)) {
    const { count, first, last } = tables.activity.tally.at(row);
    yield { actor, ...call, count, first, last };
  }
}

/** Only successful calls have resources, so no two rows have the same call. */
function* resourceRows(tables: AnswerTables, counted: Int32Array): Generator<ResourceRow> {
  for (const { actor, call, row } of calledIn(tables, counted)) {
    const resources = tables.resources.of(row);
    if (resources === undefined) continue;
    const { recipientAccountId, eventSource, eventName } = call;
    const complete = resources !== null;
    yield { actor, recipientAccountId, eventSource, eventName, resources: resources ?? [], complete };
  }
}

function* requestRows(tables: AnswerTables, counted: Int32Array): Generator<RequestRow> {
  const { shapes, rows, roles } = tables.requests;
  const shapePlace = toRanks(shapes.sorted(compareShapes));
  const activityPlace = new Int32Array(tables.activity.pairs.size);
  for (const [place, row] of counted.entries()) activityPlace[row] = place;
  for (const row of sortPairs(rows.pairs, (activity) => intAt(activityPlace, activity), shapePlace)) {
    const activity = rows.pairs.first(row);
    const actor = tables.actors.at(tables.activity.pairs.first(activity));
    const call = tables.calls.at(tables.activity.pairs.second(activity));
    const shape = shapes.at(rows.pairs.second(row));
    const { recipientAccountId, eventSource, eventName, apiCall, outcome, errorCode } = call;
    const { parameters, found } = shape;
    const { count, first, last } = rows.tally.at(row);
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
      parameters,
      found,
      ...roles.of(row),
    };
  }
}

function* personRows(tables: AnswerTables, actorPlace: Rank): Generator<PersonRow> {
  const { pairs, tally } = tables.personRows;
  const actorPeople = sortPairs(
    tables.actorPeople,
    actorPlace,
    toRanks(tables.people.sorted(comparePersons)),
  );
  for (const row of sortedRows(
    tables.personRows,
    toRanks(actorPeople),
    toRanks(tables.personCalls.sorted(compareCalls)),
  )) {
    const actorPerson = pairs.first(row);
    const actor = tables.actors.at(tables.actorPeople.first(actorPerson));
    const person = tables.people.at(tables.actorPeople.second(actorPerson));
    const call = tables.personCalls.at(pairs.second(row));
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

function* weekRows(tables: AnswerTables, actorPlace: Rank): Generator<WeekRow> {
  const { actors, accounts, actorAccounts, weeks, weekCounts } = tables;
  const places = toRanks(sortPairs(actorAccounts, actorPlace, toRanks(accounts.sorted(compareText))));
  for (const row of sortPairs(weeks, places, (week) => week)) {
    const actorAccount = weeks.first(row);
    const actor = actors.at(actorAccounts.first(actorAccount));
    const recipientAccountId = accounts.at(actorAccounts.second(actorAccount));
    const week = Math.floor(weeks.second(row) / OUTCOMES.length);
    const outcome = at(OUTCOMES, weeks.second(row) - OUTCOMES.length * week);
    const count = weekCounts.at(row);
    yield { actor, recipientAccountId, week: mondayOfWeek(week), outcome, count };
  }
}

function* calledIn(tables: AnswerTables, rows: Int32Array): Generator<CountedCall> {
  const { pairs } = tables.activity;
  for (const row of rows)
    yield { actor: tables.actors.at(pairs.first(row)), call: tables.calls.at(pairs.second(row)), row };
}
