import { valueAt } from '../../base/checked.js';
import { TrailError } from '../errors.js';
import { SESSION_STARTS } from '../rules.js';
import { nameIn, type FieldTable } from './fields.js';
import { isRefused, QueryFailedError } from './failures.js';
import type { IndexReader } from './index-reader.js';
import { OPTIONAL_FIELDS, type FieldName } from './layouts.js';
import { hasValue, recordsQuery, type Query } from './partitions.js';
import type { FoundHit } from './search-answer.js';
import { INDEX_ERRORS, INDEX_WARNINGS } from '../../wording/elasticsearch-index.js';
import { INCOMPLETE_ANSWERS } from '../../wording/elasticsearch-queries.js';

const SAMPLE = 200;
const SAMPLED_SOURCES = 200;
/** Maximum number of index sets that lack a field which others map. */
const SAMPLED_SETS = 10;
const SAMPLE_PER_SOURCE = 20;

/**
 * An unmapped field looks like one that no record has: a denied call would look successful. So a sample of
 * documents is searched for fields that the mapping lacks.
 * @throws TrailError that names the fields to map
 */
export async function checkUnindexed(reader: IndexReader, where: string): Promise<void> {
  const { table } = reader;
  const unmapped = unmappedIn(table);
  const nameOf = (field: FieldName): string => unmapped.get(field)?.name ?? field;
  const found = new Map<FieldName, string>();
  try {
    for (const { index, source } of unmapped.size === 0 ? [] : await sample(reader, unmapped)) {
      for (const [field, { name, indices }] of unmapped)
        if ((indices === null || indices.has(index)) && holds(source, name.split('.')))
          found.set(field, index);
    }
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    // An index without stored source cannot be checked.
    if (!isRefused(error.cause)) reader.lacks(INCOMPLETE_ANSWERS.uncheckedFields(where, error.message));
  }
  const needed = [...found].filter(([field]) => !OPTIONAL_FIELDS.has(field));
  if (needed.length > 0) {
    const names = needed.map(([field]) => nameOf(field)).sort();
    const indices = [...new Set(needed.map(([, index]) => index))].sort();
    throw new TrailError(INDEX_ERRORS.unindexed(where, names, indices));
  }
  for (const field of found.keys()) reader.unread.add(field);
  const names = [...reader.unread].map(nameOf).sort();
  if (names.length === 0) return;
  reader.warnings.add(INDEX_WARNINGS.unusedFields(where, names));
}

/** Fields to look for in documents, with their names in the index; indices null: no index maps the field. */
type Unmapped = ReadonlyMap<
  FieldName,
  { readonly name: string; readonly indices: ReadonlySet<string> | null }
>;

function unmappedIn({ layout, prefix, absent, absentIn }: FieldTable): Unmapped {
  const unmapped = new Map<FieldName, { name: string; indices: ReadonlySet<string> | null }>();
  for (const [field, name] of absent) unmapped.set(field, { name, indices: null });
  for (const [field, indices] of absentIn) {
    const name = nameIn(layout, prefix, field);
    if (name !== null) unmapped.set(field, { name, indices: new Set(indices) });
  }
  return unmapped;
}

interface Sampled {
  readonly index: string;
  readonly source: unknown;
}
type SampledHit = Pick<FoundHit, '_index' | '_source'>;

/** Sample of documents in the period: any, session starts, and some of every event source. */
async function sample({ table, span, searcher: any }: IndexReader, unmapped: Unmapped): Promise<Sampled[]> {
  const searcher = any.of('fields');
  const source = [...unmapped.values()].map(({ name }) => name);
  const documents: Sampled[] = [];
  const add = (hits: readonly SampledHit[]): void => {
    for (const hit of hits) documents.push({ index: hit._index, source: hit._source });
  };
  for (const filter of [
    ...indexFilters(unmapped),
    [hasValue(table, 'eventSource', SESSION_STARTS.sources)],
  ]) {
    const query = recordsQuery(table, span, { filter });
    const response = await searcher.search({ query, size: SAMPLE, _source: { includes: source } });
    add(response.hits);
  }
  const response = await searcher.search<{ sources: { buckets: readonly SampleBucket[] } }>({
    query: recordsQuery(table, span),
    aggs: {
      sources: {
        terms: { field: valueAt(table.fields, 'eventSource').exact, size: SAMPLED_SOURCES },
        aggs: { some: { top_hits: { size: SAMPLE_PER_SOURCE, _source: { includes: source } } } },
      },
    },
  });
  for (const { some } of response.aggregations.sources.buckets) add(some.hits.hits);
  return documents;
}

/** One sample of all, and one for each set of indices that lack the same field. */
function indexFilters(unmapped: Unmapped): Query[][] {
  const sets = new Set<string>();
  for (const { indices } of unmapped.values()) if (indices !== null) sets.add([...indices].join(','));
  const some = [...sets].slice(0, SAMPLED_SETS);
  return [[], ...some.map((names): Query[] => [{ terms: { _index: names.split(',') } }])];
}

interface SampleBucket {
  readonly some: { readonly hits: { readonly hits: readonly SampledHit[] } };
}

/** Whether a path leads to a value, in a list to any; a part of the path can contain dots. */
function holds(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((item) => holds(item, path));
  if (path.length === 0) return value !== null && value !== undefined && value !== '';
  if (typeof value !== 'object' || value === null) return false;
  const entries = new Map<string, unknown>(Object.entries(value));
  return path.some((_, index) => {
    const name = path.slice(0, index + 1).join('.');
    return entries.has(name) && holds(entries.get(name), path.slice(index + 1));
  });
}
