import { getOrInsertComputed, increment } from '../../base/maps.js';
import { compareBy } from '../../base/compare.js';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Period } from '../../period.js';
import type { TrailRequest } from '../types.js';
import { QueryFailedError } from './failures.js';
import type { FieldTable } from './fields.js';
import type { FieldName } from './layouts.js';
import { UNKNOWN_NUMBERS, type RareRecords } from './rare-records.js';
import {
  anyOf,
  hasTooLongValue,
  hasValue,
  isFailedSignIn,
  joinAccounts,
  NO_ACCOUNT,
  recordsQuery,
  spanOf,
  type Query,
  type IndexPartition,
  type Span,
} from './partitions.js';
import type { TermKey } from './search-answer.js';
import type { Searcher } from './searcher.js';
import { dayCounts, windowsOf, type DayCount, type DayCounts, type Window } from './windows.js';
import { BAD_ANSWERS, INCOMPLETE_ANSWERS, type QuerySubject } from '../../wording/elasticsearch-queries.js';

/** Letter case of identifiers in an index: as in CloudTrail, or all lower case. */
export type LetterCase = 'kept' | 'lower';

/** Shared by all questions: the index, its parts, and failures. */
export class IndexReader {
  readonly period: Period;
  readonly span: Span;
  readonly accountIds: ReadonlySet<string>;
  /** Parts with separate queries; set by `divide`. */
  partitions: readonly IndexPartition[] = [NO_ACCOUNT];
  /** Set when the reader is opened, like the next. */
  rare: RareRecords = UNKNOWN_NUMBERS;
  letterCase: LetterCase = 'kept';
  readonly counts = new Map<string, number>();
  readonly warnings = new Set<string>();
  /** Events by account that is not in scope, if they were counted. */
  others: ReadonlyMap<string, number> | null = null;
  /** Fields that documents have, but that cannot be queried. */
  readonly unread: Set<FieldName>;
  readonly #incomplete = new Map<string | null, Set<string>>();
  readonly #turn: LimitFunction;
  readonly #days = new Map<IndexPartition, Promise<DayCounts>>();

  constructor(
    readonly searcher: Searcher,
    readonly table: FieldTable,
    readonly request: TrailRequest,
  ) {
    this.#turn = pLimit(Math.max(1, request.concurrency));
    this.unread = new Set(table.unusable);
    this.period = request.period;
    this.span = spanOf(request.period);
    this.accountIds = new Set(request.accountIds);
  }

  /**
   * Divides the index into parts: by account if there are few, otherwise small accounts together. @throws
   * QueryFailedError
   */
  async divide(): Promise<void> {
    const recipient = this.table.fields.get('recipientAccountId');
    if (recipient === undefined) return;
    const accountIds = [...this.accountIds].sort();
    const { accountsApart, joinedDocuments } = this.searcher.tuning;
    const parts =
      accountIds.length <= accountsApart
        ? accountIds.map((accountId) => ({ accountIds: [accountId] }))
        : joinAccounts(accountIds, await this.#documentsOf(recipient.exact, accountIds), joinedDocuments);
    this.partitions = [...parts, NO_ACCOUNT];
  }

  async #documentsOf(field: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const filter = [hasValue(this.table, 'recipientAccountId', accountIds)];
    const { aggregations } = await this.searcher.of('accounts').search<{
      accounts: { buckets: { key: TermKey; doc_count: number }[] };
    }>({
      query: recordsQuery(this.table, this.span, { filter }),
      aggs: { accounts: { terms: { field, size: accountIds.length } } },
    });
    return new Map(aggregations.accounts.buckets.map(({ key, doc_count }) => [String(key), doc_count]));
  }

  /**
   * A searcher for a part of the index. After a failure that affects all its accounts, later queries are tried only
   * once: the accounts are incomplete anyway, and each query would wait for a broken shard.
   */
  ask(partition: IndexPartition, kind: string): Searcher {
    return this.searcher.of(
      kind,
      () => !namesOf(partition).every((accountId) => this.#incomplete.has(accountId)),
    );
  }

  /**
   * Documents that are read one by one. Failed sign-ins are few, and have a field that no other record has:
   * grouping all records by it would be wasteful.
   * @param fields by which others are grouped
   */
  isReadSingly(fields: readonly FieldName[]): Query {
    const tooLong = hasTooLongValue(this.table, fields);
    return this.rare.failedSignIns === 0 ? tooLong : anyOf(tooLong, isFailedSignIn(this.table));
  }

  /** Documents per day, without empty days. @throws QueryFailedError */
  async days(partition: IndexPartition): Promise<readonly DayCount[]> {
    return (await this.#dayCounts(partition)).days;
  }

  /** Number of documents in a part of the index. @throws QueryFailedError */
  async documents(partition: IndexPartition): Promise<number> {
    return (await this.#dayCounts(partition)).documents;
  }

  /**
   * Compares the documents that a question has read with the days of a part. Questions are asked by these days, so
   * a missing day would look like one without use. A new point in time may have more.
   * @param read number of documents, each counted at least once
   * @throws QueryFailedError
   */
  async checkRead(partition: IndexPartition, read: number): Promise<void> {
    const documents = await this.documents(partition);
    if (read < documents) throw new QueryFailedError(BAD_ANSWERS.queriesMissing(read, documents));
  }

  /** Queried once. */
  #dayCounts(partition: IndexPartition): Promise<DayCounts> {
    let days = this.#days.get(partition);
    if (days === undefined) {
      days = dayCounts(this.ask(partition, 'days'), this.table, partition, this.span);
      this.#days.set(partition, days);
    }
    return days;
  }

  async windows(partition: IndexPartition, most: number): Promise<Window[]> {
    return windowsOf(
      this.ask(partition, 'windows'),
      this.table,
      partition,
      this.span,
      await this.days(partition),
      most,
    );
  }

  /** The same for documents that match a filter, with known numbers per day. */
  windowsWhere(
    partition: IndexPartition,
    filter: readonly Query[],
    days: readonly DayCount[],
    most: number,
  ): Promise<Window[]> {
    return windowsOf(this.ask(partition, 'windows'), this.table, partition, this.span, days, most, filter);
  }

  /**
   * Runs a query for a part of the index; if it keeps failing, records the incomplete accounts.
   * @returns whether it was answered
   */
  async guard(partition: IndexPartition, subject: QuerySubject, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof QueryFailedError)) throw error;
      for (const accountId of namesOf(partition))
        this.#note(accountId, INCOMPLETE_ANSWERS.notRead(subject, error.message));
      return false;
    }
  }

  /** Missing data can hide use: the answers for all accounts are incomplete. */
  lacks(reason: string): void {
    this.#note(null, reason);
  }

  #note(accountId: string | null, reason: string): void {
    getOrInsertComputed(this.#incomplete, accountId, () => new Set()).add(reason);
  }

  /**
   * The same for a query with many pages: it starts after an earlier one has ended, so that few hold a page in
   * memory at the same time. It must not wait for another turn.
   */
  guardInTurn(partition: IndexPartition, subject: QuerySubject, work: () => Promise<void>): Promise<boolean> {
    return this.#turn(() => this.guard(partition, subject, work));
  }

  incomplete(): { accountId: string | null; reason: string }[] {
    return [...this.#incomplete]
      .map(([accountId, reasons]) => ({ accountId, reason: [...reasons].sort().join('; ') }))
      .sort(compareBy(({ accountId }) => accountId ?? ''));
  }

  count(name: string, value: number): void {
    increment(this.counts, name, value);
  }
}

/** Accounts that are incomplete if a part of the index cannot be read. */
const namesOf = ({ accountIds }: IndexPartition): readonly (string | null)[] => accountIds ?? [null];
