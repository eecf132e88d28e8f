import { TrailError } from '../errors.js';
import { QueryFailed } from './failures.js';
import type { IndexReader } from './index-reader.js';
import { OPTIONAL_FIELDS, type FieldName } from './layouts.js';
import { hasValue, recordsIn } from './scopes.js';

const SAMPLE = 200;
const SAMPLED_SOURCES = 200;
const SAMPLE_PER_SOURCE = 20;

/**
 * A field that the index does not map reads like one that no record has: a denied call would look like one that
 * succeeded. So a sample of the documents themselves is looked at for the fields that the mapping lacks.
 * @throws TrailError that names the fields to map
 */
export async function checkUnindexed(reader: IndexReader, where: string): Promise<void> {
  const { table } = reader;
  const nameOf = (field: FieldName): string => table.absent.get(field) ?? field;
  const found = new Set<FieldName>();
  try {
    for (const document of table.absent.size === 0 ? [] : await sample(reader)) {
      for (const [field, name] of table.absent) if (holds(document, name.split('.'))) found.add(field);
    }
  } catch (error) {
    // An index without stored sources cannot be looked into; a server in trouble shows in the questions themselves.
    if (!(error instanceof QueryFailed)) throw error;
  }
  const needed = [...found].filter((field) => !OPTIONAL_FIELDS.has(field)).map(nameOf);
  if (needed.length > 0) {
    throw new TrailError(
      `${where} holds ${needed.sort().join(', ')} in its documents, but does not index ${needed.length === 1 ? 'it' : 'them'}: ` +
        'map as keyword (a limit of fields, dynamic: false or enabled: false leaves fields out) and reindex.',
    );
  }
  for (const field of found) reader.unread.add(field);
  const names = [...reader.unread].map(nameOf).sort();
  if (names.length === 0) return;
  reader.warnings.add(
    `${where} does not index ${names.join(', ')}, or not as keyword, so ${names.length === 1 ? 'it is' : 'they are'} not used.`,
  );
}

/** Of the documents of the period: any, starts of sessions, and some of every event source. */
async function sample({ table, span, searcher: any }: IndexReader): Promise<unknown[]> {
  const searcher = any.of('fields');
  const records = recordsIn(table, span);
  const source = [...table.absent.values()];
  const documents: unknown[] = [];
  for (const filter of [[], [hasValue(table, 'eventSource', ['sts.amazonaws.com'])]]) {
    const query = { bool: { ...records, filter: [...records.filter, ...filter] } };
    const response = await searcher.search({ query, size: SAMPLE, _source: { includes: source } });
    documents.push(...response.hits.hits.map((hit) => hit._source));
  }
  const response = await searcher.search<{ sources: { buckets: readonly SampleBucket[] } }>({
    query: { bool: records },
    aggs: {
      sources: {
        terms: { field: table.fields.get('eventSource')?.exact ?? '', size: SAMPLED_SOURCES },
        aggs: { some: { top_hits: { size: SAMPLE_PER_SOURCE, _source: { includes: source } } } },
      },
    },
  });
  const buckets = response.aggregations?.sources.buckets ?? [];
  return [...documents, ...buckets.flatMap(({ some }) => some.hits.hits.map((hit) => hit._source))];
}

interface SampleBucket {
  readonly some: { readonly hits: { readonly hits: readonly { readonly _source?: unknown }[] } };
}

/** Whether a path leads to a value, in a list to any; a part of the path may be written with dots. */
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
