import type { ElasticsearchConfig } from '../../config/types.js';
import { emptyDays } from '../time.js';
import type {
  AssumptionRow,
  ActivityRow,
  PersonRow,
  ResourceRow,
  TrailNotes,
  TrailRequest,
  TrailSource,
  WeekRow,
} from '../types.js';
import { readActivity } from './activity.js';
import { securityWarnings } from './client.js';
import { readAssumptions } from './assumptions.js';
import { connect } from './connect.js';
import { readCoverage } from './coverage.js';
import { findExtras, type Extras } from './duplicates.js';
import { IndexReader } from './index-reader.js';
import { readPeople } from './people.js';
import { readResources } from './resources.js';
import { Searcher } from './searcher.js';
import { DEFAULT_TUNING, type Tuning } from './tuning.js';
import { checkUnindexed } from './unindexed.js';
import { readWeeks } from './weeks.js';

/**
 * The engine for logs in Elasticsearch 8 or newer: groups on the server, pages every answer to its end.
 * @throws TrailError when the server or index cannot be read, or its fields cannot be grouped by
 */
export async function openElasticsearchTrail(
  config: ElasticsearchConfig,
  request: TrailRequest,
  tuning: Partial<Tuning> = {},
): Promise<TrailSource> {
  const sizes = { ...DEFAULT_TUNING, ...tuning };
  const { client, pit, table, where } = await connect(config, sizes);
  const searcher = new Searcher(client, pit, sizes, request.concurrency);
  const warnings = securityWarnings(config);
  if (table === null) return emptyTrail(where, request, warnings, () => searcher.close());
  const reader = new IndexReader(searcher, table, request);
  for (const warning of warnings) reader.warnings.add(warning);
  try {
    await checkUnindexed(reader, where);
  } catch (error) {
    await searcher.close();
    throw error;
  }
  let extras: Promise<Extras> | undefined;
  const extrasOnce = (): Promise<Extras> => (extras ??= findExtras(reader));
  return {
    coverage: async () => readCoverage(reader, await extrasOnce()),
    activity: () => later(async () => readActivity(reader, await extrasOnce())),
    assumptions: () => later(async () => readAssumptions(reader, await extrasOnce())),
    people: () => later(async () => readPeople(reader, await extrasOnce())),
    resources: () => later(() => readResources(reader)),
    weeks: () => later(async () => readWeeks(reader, await extrasOnce())),
    notes: () => notesOf(reader),
    close: () => searcher.close(),
  };
}

async function* later<T>(read: () => Promise<readonly T[]>): AsyncGenerator<T> {
  yield* await read();
}

function notesOf(reader: IndexReader): TrailNotes {
  const { queries, retries, queryMilliseconds } = reader.searcher.stats;
  return {
    engine: 'elasticsearch',
    warnings: [...reader.warnings].sort(),
    counts: { ...Object.fromEntries(reader.counts), queries, retries, queryMilliseconds },
    incomplete: reader.incomplete(),
  };
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
  }));
  return {
    coverage: () => Promise.resolve(coverage),
    activity: () => later(() => Promise.resolve<ActivityRow[]>([])),
    assumptions: () => later(() => Promise.resolve<AssumptionRow[]>([])),
    people: () => later(() => Promise.resolve<PersonRow[]>([])),
    resources: () => later(() => Promise.resolve<ResourceRow[]>([])),
    weeks: () => later(() => Promise.resolve<WeekRow[]>([])),
    notes: () => ({
      engine: 'elasticsearch',
      warnings: [`The ${where} holds no documents.`, ...warnings],
      counts: {},
      incomplete: [],
    }),
    close,
  };
}
