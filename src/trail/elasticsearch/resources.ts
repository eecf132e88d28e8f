import { required } from '../../base/checked.js';
import { getOrInsertComputed, increment } from '../../base/maps.js';
import { ResourceCollector } from '../resources/set.js';
import { resourcesOf } from '../resources/extract.js';
import { parametersOf, RESOURCE_PARAMETERS } from '../resources/table.js';
import type { ResourceRow } from '../types.js';
import { groups } from './composite.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import { parameterField, RESOURCE_FIELDS, type FieldName } from './layouts.js';
import { ServiceResources } from './service-resources.js';
import { activityRow, isInScope, RECORD_FIELDS } from './rows.js';
import {
  hasErrorCode,
  hasTooLongValue,
  hasValue,
  isFailedSignIn,
  isNetworkActivity,
  isNoApiCall,
  partitionQuery,
  type More,
  type Query,
  type IndexPartition,
} from './partitions.js';
import type { DayCount } from './windows.js';
import { queryProgress } from '../../wording/elasticsearch-queries.js';

const SERVICES = Object.keys(RESOURCE_PARAMETERS);
const FIELDS: readonly FieldName[] = [...new Set([...RECORD_FIELDS, ...RESOURCE_FIELDS])];

/**
 * Resources of successful calls, sorted. Each service with resource parameters is queried separately, all others
 * together. Duplicates have the same resources.
 */
export async function readResources(readers: readonly IndexReader[]): Promise<ResourceRow[]> {
  const rows = new ResourceCollector();
  for (const reader of readers) await readInto(reader, rows);
  return rows.rows();
}

async function readInto(reader: IndexReader, rows: ResourceCollector): Promise<void> {
  let done = 0;
  await Promise.all(
    reader.partitions.map(async (partition) => {
      await readPartition(reader, partition, rows);
      done += 1;
      reader.request.onProgress?.(queryProgress('resources', done, reader.partitions.length));
    }),
  );
}

async function readPartition(
  reader: IndexReader,
  partition: IndexPartition,
  rows: ResourceCollector,
): Promise<void> {
  const { table } = reader;
  const { tuning } = reader.searcher;
  const guarded = (work: () => Promise<void>): Promise<boolean> => reader.guard(partition, 'resources', work);
  const tooLong = hasTooLongValue(table, FIELDS);
  // Network activity events lack what the event of the call itself has.
  const failedOrNoCall = [
    ...[hasErrorCode(table), isNoApiCall(table), isNetworkActivity(table)],
    ...(reader.rare.failedSignIns === 0 ? [] : [isFailedSignIn(table)]),
  ];
  const mustNot = [...failedOrNoCall, tooLong];
  const days = new Map<string | null, DayCount[]>();
  await guarded(async () => {
    for (const [service, counts] of await daysByService(reader, partition, mustNot))
      days.set(service, counts);
  });
  const grouped = async (service: string | null, counts: readonly DayCount[]): Promise<void> => {
    const filter = [isService(reader, service)];
    const asked = new ServiceResources(
      reader,
      partition,
      service === null ? [] : parametersOf(service),
      rows,
    );
    const windows = await reader.windowsWhere(partition, filter, counts, tuning.sliceDocuments);
    await Promise.all(
      windows.map((window) =>
        reader.guardInTurn(partition, 'resources', () =>
          asked.read(window, (part, more) =>
            partitionQuery(table, partition, part, {
              filter: [...filter, ...(more.filter ?? [])],
              mustNot: [...mustNot, ...(more.mustNot ?? [])],
            }),
          ),
        ),
      ),
    );
  };
  await Promise.all([
    ...[...days].map(([service, counts]) => guarded(() => grouped(service, counts))),
    reader.guardInTurn(partition, 'resources', () =>
      readSingly(reader, partition, { filter: [tooLong], mustNot: failedOrNoCall }, rows),
    ),
  ]);
}

/** Resources of records that cannot be grouped. */
async function readSingly(
  reader: IndexReader,
  partition: IndexPartition,
  records: More,
  rows: ResourceCollector,
): Promise<void> {
  const { table, span } = reader;
  const add = (into: ResourceCollector, { values, time, all }: Hit): void => {
    if (!isInScope(values, reader.accountIds)) return;
    const call = activityRow(values, { count: 1, first: time, last: time });
    // The query does not see an errorCode or eventType that is too long for its keyword.
    if (call.outcome !== 'succeeded' || !call.apiCall || call.networkActivity === true) return;
    const resources =
      reader.letterCase === 'lower'
        ? null
        : resourcesOf(call, all('resources.ARN'), (name) => all(parameterField(name))[0]);
    into.add(call, resources);
  };
  const query = partitionQuery(table, partition, span, records);
  // Resources are a set: adding one twice has no effect.
  await foldHits(reader.ask(partition, 'resources'), table, { query, fields: FIELDS }, () => rows, add);
}

/** Documents per day and service; null: services without resource parameter. */
async function daysByService(
  reader: IndexReader,
  partition: IndexPartition,
  mustNot: readonly Query[],
): Promise<Map<string | null, DayCount[]>> {
  const { table, span } = reader;
  const services = new Map<string | null, Map<number, number>>();
  const query = partitionQuery(table, partition, span, { mustNot });
  const searcher = reader.ask(partition, 'days of services');
  const everyDay = { every: 'day', firstAndLast: false } as const;
  await groups(searcher, table, query, ['eventSource'], everyDay, ({ values, began, count }) => {
    const source = values.eventSource ?? '';
    const service = Object.hasOwn(RESOURCE_PARAMETERS, source) ? source : null;
    const counts = getOrInsertComputed(services, service, () => new Map<number, number>());
    const key = Date.parse(required(began, 'began'));
    increment(counts, key, count);
  });
  return new Map(
    [...services].map(([service, counts]) => [
      service,
      [...counts].sort(([a], [b]) => a - b).map(([key, count]) => ({ key, doc_count: count })),
    ]),
  );
}

function isService({ table }: IndexReader, service: string | null): Query {
  if (service !== null) return hasValue(table, 'eventSource', [service]);
  return { bool: { must_not: [hasValue(table, 'eventSource', SERVICES)] } };
}
