import type { ElasticsearchConfig } from '../../config/types.js';
import { TrailError } from '../errors.js';
import { createCallPlans } from '../../base/requests/plan.js';
import { emptyDays } from '../../base/time.js';
import type {
  AssumptionRow,
  ActivityRow,
  PersonRow,
  RequestRow,
  ResourceRow,
  TrailRequest,
  TrailSource,
  WeekRow,
} from '../types.js';
import { isAsked } from './asked-calls.js';
import { readAssumptions } from './assumptions.js';
import { securityWarnings } from './client.js';
import { connect, type Connection } from './connect.js';
import { checkDocuments } from './documents.js';
import { missingUsual } from './missing-fields.js';
import { QueryFailedError } from './failures.js';
import { readServer } from './evidence.js';
import { IndexReader } from './index-reader.js';
import { countRareRecords } from './rare-records.js';
import { readRequests } from './requests.js';
import { readResources } from './resources.js';
import { recordsQuery } from './partitions.js';
import { Searcher } from './searcher.js';
import { SearchSession } from './session.js';
import {
  activityOf,
  coverageOf,
  ELASTICSEARCH,
  findAllExtras,
  notesOf,
  peopleOf,
  weeksOf,
  type Part,
} from './merge-groups.js';
import { deadlineOf, tuningOf, type Tuning } from './tuning.js';
import { checkUnindexed } from './unindexed.js';
import { INDEX_ERRORS, INDEX_WARNINGS } from '../../wording/elasticsearch-index.js';
import { INCOMPLETE_ANSWERS, QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';

/**
 * The engine for logs in Elasticsearch 8 or later: groups on the server, pages every answer to its end.
 * @throws TrailError if the server or index cannot be read, or its fields cannot be grouped
 */
export async function openElasticsearchTrail(
  config: ElasticsearchConfig,
  request: TrailRequest,
  tuning: Partial<Tuning> = {},
): Promise<TrailSource> {
  const { client, readers, warnings, where, close } = await openReaders(config, request, tuning);
  if (readers.length === 0) return emptyTrail(where, request, warnings, close);
  const server = await readServer(client, config.index, readers);
  let found: Promise<Part[]> | undefined;
  const parts = (): Promise<Part[]> => (found ??= findAllExtras(readers));
  const planOf = request.requests === undefined ? () => null : createCallPlans(request.requests);
  // Of the activity, what the question about requests needs: it is read once for both.
  let asked: readonly ActivityRow[] | undefined;
  const activity = async (): Promise<readonly ActivityRow[]> => {
    const rows = await activityOf(await parts());
    asked = rows.filter((row) => isAsked(row, planOf));
    return rows;
  };
  return {
    coverage: async () => coverageOf(await parts()),
    activity: () => later(() => activity()),
    assumptions: () => later(async () => readAssumptions(await parts(), request.period)),
    people: () => later(async () => peopleOf(await parts())),
    resources: () => later(() => readResources(readers)),
    requests: () =>
      later(async () => {
        const { requests: plan } = request;
        if (plan === undefined) return [];
        if (asked === undefined) await activity();
        return readRequests(await parts(), asked ?? [], plan);
      }),
    weeks: () => later(async () => weeksOf(await parts())),
    notes: () => ({ ...notesOf(readers, warnings), server }),
    close,
  };
}

export interface OpenReaders extends Connection {
  /** One per group. */
  readonly readers: readonly IndexReader[];
  readonly warnings: readonly string[];
  readonly close: () => Promise<void>;
}

/** A reader for each group of indices, with checked fields. @throws TrailError */
export async function openReaders(
  config: ElasticsearchConfig,
  request: TrailRequest,
  tuning: Partial<Tuning>,
): Promise<OpenReaders> {
  const sizes = tuningOf(config, tuning);
  const deadline = request.deadline ?? deadlineOf(config, Date.now());
  const limits = { concurrency: request.concurrency, deadline };
  const connection = await connect(config, sizes);
  const { client, groups, others, where } = connection;
  const warnings = [...securityWarnings(config), ...warningsAbout(others, where)];
  const readers = groups.map(({ pit, table }) => {
    const searcher = new Searcher(new SearchSession(client, pit, sizes, limits));
    return new IndexReader(searcher, table, request);
  });
  const close = async (): Promise<void> => {
    for (const { searcher } of readers) await searcher.close();
    await client.close();
  };
  try {
    for (const [index, reader] of readers.entries()) {
      const name = groups[index]?.where ?? where;
      await reader.searcher.session.watch(recordsQuery(reader.table, reader.span));
      await reader.divide();
      await lookForRareRecords(reader);
      await checkUnindexed(reader, name);
      reader.letterCase = await checkDocuments(reader, name);
      for (const warning of missingUsual(reader.table, name)) reader.warnings.add(warning);
      if (
        !reader.table.fields.has('userIdentity.arn') &&
        !reader.table.fields.has('userIdentity.principalId')
      )
        reader.lacks(INCOMPLETE_ANSWERS.noCallers(name));
    }
  } catch (error) {
    await close();
    throw error instanceof QueryFailedError
      ? new TrailError(INDEX_ERRORS.unreadable(where, error.message))
      : error;
  }
  return { ...connection, readers, warnings, close };
}

async function lookForRareRecords(reader: IndexReader): Promise<void> {
  const rare = await countRareRecords(reader.searcher, reader.table, reader.span);
  if (rare === null) {
    reader.warnings.add(QUERY_WARNINGS.insightsUncounted);
    return;
  }
  reader.rare = rare;
  reader.count('insightRecords', rare.insights);
}

/** Warnings about skipped indices of the pattern. */
function warningsAbout(others: Connection['others'], where: string): string[] {
  if (others.length === 0) return [];
  const documents = others.reduce((sum, other) => sum + other.documents, 0);
  const indices = others.map(({ index }) => index);
  return [INDEX_WARNINGS.noCloudTrail(where, indices, documents)];
}

async function* later<T>(read: () => Promise<readonly T[]>): AsyncGenerator<T> {
  yield* await read();
}

function emptyTrail(
  where: string,
  { accountIds, period }: TrailRequest,
  warnings: readonly string[],
  close: () => Promise<void>,
): TrailSource {
  const days = emptyDays(period, new Set());
  const coverage = [...new Set(accountIds)].sort().map((accountId) => ({
    accountId,
    events: 0,
    first: null,
    last: null,
    emptyDays: days,
    dataEventSources: [],
    regions: [],
  }));
  return {
    coverage: () => Promise.resolve(coverage),
    activity: () => later(() => Promise.resolve<ActivityRow[]>([])),
    assumptions: () => later(() => Promise.resolve<AssumptionRow[]>([])),
    people: () => later(() => Promise.resolve<PersonRow[]>([])),
    resources: () => later(() => Promise.resolve<ResourceRow[]>([])),
    requests: () => later(() => Promise.resolve<RequestRow[]>([])),
    weeks: () => later(() => Promise.resolve<WeekRow[]>([])),
    notes: () => ({
      engine: ELASTICSEARCH,
      retryable: true,
      warnings: [INDEX_ERRORS.empty(where), ...warnings],
      counts: {},
      incomplete: [],
    }),
    close,
  };
}
