import { grouped, plural } from '../base/plural.js';
import { someOf } from './lists.js';

/**
 * Queries to Elasticsearch: why one failed, what its failure leaves unknown, and warnings about answers. Reasons are
 * phrases without a period, because a sentence about an account or a server contains them.
 */

/** What a query reads. */
const SUBJECTS = {
  activity: 'activity',
  addenda: 'corrected events',
  coverage: 'log coverage',
  duplicates: 'duplicate events',
  people: 'people behind roles',
  requests: 'request parameters',
  resources: 'resources',
  sessionCalls: 'calls in role sessions',
  sessions: 'role sessions',
  sharedEvents: 'events in several indices',
  weeks: 'activity by week',
} as const;

export type QuerySubject = keyof typeof SUBJECTS;

/** Why data of an account are incomplete. */
export const INCOMPLETE_ANSWERS = {
  notRead: (subject: QuerySubject, reason: string): string => `cannot read ${SUBJECTS[subject]}: ${reason}`,
  noCallers: (where: string): string =>
    `${where} has neither userIdentity.arn nor userIdentity.principalId, so callers are unknown`,
  uncheckedFields: (where: string, reason: string): string =>
    `${where} may have fields that are not indexed: ${reason}`,
  uncheckedValues: (where: string, reason: string): string =>
    `${where} may have indexed changed values: ${reason}`,
  accounts: (found: number, all: number): string =>
    `cannot read ${SUBJECTS.coverage}: the accounts have ${grouped(found)} of ${grouped(all)} documents of the period`,
} as const;

export const queryProgress = (subject: QuerySubject, done: number, all: number): string =>
  `read ${SUBJECTS[subject]}: ${done} of ${plural(all, 'index partition')}`;

/** Reasons for the failure of a request. */
export const FAILURES = {
  attempts: (count: number, reason: string): string =>
    count === 1 ? `the query failed: ${reason}` : `the query failed ${count} times: ${reason}`,
  connection: 'connection failed',
  deadline: 'the deadline of the run has passed',
  invalidJson: 'the answer is not complete JSON',
  lostEvents: (now: number, before: number): string =>
    `the index has ${plural(now, 'event')} of the period; it had ${before} at the start of the run`,
  noIndex: 'the index does not exist',
  noneAfter: (reason: string): string => `no more queries were sent: ${reason}`,
  notFinished: 'the query did not finish',
  otherProduct: 'the server is not Elasticsearch',
  pointInTimeLost: 'the point in time was lost',
  pointInTimeLostAgain: 'the point in time was lost repeatedly',
  redirect: (status: number, target: string): string =>
    `the server redirects the request${target} (status ${status})`,
  redirectToHost: (host: string): string => ` to ${host}`,
  redirectToPath: ' to another path',
  serverSilent: (reason: string): string => `the server does not answer (${reason})`,
  status: (status: number, type: string): string => `status ${status} (${type})`,
  timeout: 'no answer before the timeout',
  tooManyBuckets: 'too many buckets',
  tooSlow: (reason: string): string => `${reason}; the query is split`,
  unknown: 'unknown error',
} as const;

/** Answers that are incomplete or contradictory: none of such an answer is used. */
export const BAD_ANSWERS = {
  afterKey: 'after_key of the answer is not the key of its last bucket',
  buckets: (count: number, most: number): string =>
    `the answer has ${plural(count, 'bucket')}, more than the ${most} requested`,
  clusters: (count: number): string => `${plural(count, 'remote cluster')} did not answer completely`,
  created: (documents: number, created: number): string =>
    `the index has ${plural(documents, 'document')}, but ${created} were created`,
  daysMissing: (found: number, all: number): string =>
    `the days have ${grouped(found)} of ${plural(all, 'matching document')}`,
  empty: 'the answer is empty',
  evidence: 'the list of indices is incomplete',
  fieldsOf: (index: string | null, type: string): string =>
    `the fields of ${index ?? 'an index'} cannot be read (${type})`,
  groups: (found: number, all: number): string =>
    `the groups have ${grouped(found)} of ${plural(all, 'matching document')}`,
  hits: (count: number, expected: number): string =>
    `the answer has ${plural(count, 'hit')}, not the ${expected} expected`,
  indexCounts: (found: number, all: number): string =>
    `the counts by index add up to ${grouped(found)} of ${plural(all, 'document')}`,
  inexactTotal: 'hits.total of the answer is not exact',
  items: (count: number, documents: number): string =>
    `the answer has ${plural(count, 'item')} for ${plural(documents, 'document')}`,
  itemOfOther: 'an item of the answer is about another document',
  missing: (part: string): string => `the answer has no ${part}`,
  notJson: (isPage: boolean): string => `the answer is ${isPage ? 'a web page' : 'text'}, not JSON`,
  notObject: (what: string): string => `the answer is ${what}, not an object`,
  pages: (found: number, all: number): string =>
    `the pages have ${grouped(found)} of ${plural(all, 'matching document')}`,
  queriesMissing: (found: number, all: number): string =>
    `the queries found ${grouped(found)} of ${plural(all, 'document')} in the days of the period`,
  rejectedAll: 'status 429 for every document',
  repeatedBucket: 'buckets of the answer are repeated or out of order',
  repeatedHit: 'hits of the answer are repeated or out of order',
  resourcesMissing: 'the answer counts documents with resources, but lacks the resources',
  shardsFailed: (failed: number, all: number): string => `${failed} of ${plural(all, 'shard')} failed`,
  shardsSilent: (answered: number, all: number): string => `${answered} of ${plural(all, 'shard')} answered`,
  someShards: 'some shards failed',
  timedOut: 'the query timed out on the server',
  unexpected: (part: string, what: string): string => `the answer has an unexpected ${part}: ${what}`,
  unknownIndex: (index: string): string => `the answer counts documents of ${index}, but lacks its fields`,
  unreadableTime: (field: string): string => `a document has no readable ${field}`,
} as const;

/** What an answer, or a part of it, is instead. */
export const VALUE_TYPES = {
  list: 'a list',
  text: 'text',
  emptyText: 'empty text',
  object: 'an object',
} as const;

const LISTED_CALLS = 1;

/** Warnings in the report. */
export const QUERY_WARNINGS = {
  insightsUncounted: 'The Insights events of the index could not be counted.',
  otherAccountsUnnamed: 'The events of other accounts could not be counted by account.',
  otherAccountsUncounted: 'The events of other accounts could not be counted.',
  pointInTimeLost: (times: number, added: number): string =>
    `Elasticsearch lost the point in time of the queries ${times === 1 ? 'once' : `${times} times`}. ` +
    `The queries continued with a new one, which has ${plural(added, 'more event')}; no event is missing.`,
  duplicates: (share: number, sample: number, all: number): string =>
    (share === 0
      ? `Event counts may include duplicates from several trails. A sample of ${grouped(sample)} of ${plural(all, 'event')} has none. `
      : `Event counts include duplicates from several trails: ${(100 * share).toFixed(1)}% in a sample of ${grouped(sample)} of ${plural(all, 'event')}. `) +
    'No status depends on duplicates.',
  sharedDays: (events: number): string =>
    `Indices with different layouts have events of the same days (${grouped(events)} in one of them). ` +
    'Events in both count twice. No status depends on duplicates.',
  noPeople:
    'The index has neither userIdentity.arn nor userIdentity.principalId, so the people behind roles are unknown.',
  sessionsWithoutRole: (events: number): string =>
    `The report omits ${plural(events, 'role assumption')}: the logs do not show the role. ` +
    'The request parameters are redacted or stored as text only.',
  sessionsWithoutKey: (events: number): string =>
    `No role assumption event shows the access key of the session (${plural(events, 'event')}). ` +
    'Calls in role sessions are not credited to the principals that started them.',
  requests: (events: number, calls: readonly string[]): string =>
    `Not all request parameters were read: the index has too many events (${grouped(events)}) of ${someOf(calls, LISTED_CALLS)}. ` +
    'Actions that only these parameters show can be unknown. To avoid this, load the logs with cloudtracker ingest.',
} as const;
