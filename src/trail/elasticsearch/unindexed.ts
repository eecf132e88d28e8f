import { TrailError } from '../errors.js';
import { QueryFailed } from './failures.js';
import type { FieldName } from './fields.js';
import type { IndexReader } from './index-reader.js';
import { hasValue, recordsIn } from './scopes.js';

const SAMPLE = 200;

/** Without these the answers are not whole, but none of them is wrong. */
const OPTIONAL = new Set<FieldName>(['sharedEventID', 'requestParameters.roleSessionName']);

/**
 * A field that the index does not map reads like one that no record has: a denied call would look like one that
 * succeeded. So a sample of the documents themselves is looked at for the fields that the mapping lacks.
 * @throws TrailError that names the fields to map
 */
export async function checkUnindexed(reader: IndexReader, where: string): Promise<void> {
  const { table, span } = reader;
  if (table.absent.size === 0) return;
  const records = recordsIn(table, span);
  const starts = [hasValue(table, 'eventSource', ['sts.amazonaws.com'])];
  const found = new Set<FieldName>();
  try {
    for (const filter of [[], starts]) {
      const response = await reader.searcher.search({
        query: { bool: { ...records, filter: [...records.filter, ...filter] } },
        size: SAMPLE,
        source: [...table.absent.values()],
      });
      for (const hit of response.hits.hits) {
        for (const [field, name] of table.absent) if (holds(hit._source, name.split('.'))) found.add(field);
      }
    }
  } catch (error) {
    // An index without stored sources cannot be looked into; a server in trouble shows in the questions themselves.
    if (error instanceof QueryFailed) return;
    throw error;
  }
  const names = [...found].map((field) => table.absent.get(field) ?? field).sort();
  const wrong = [...found].filter((field) => !OPTIONAL.has(field));
  if (wrong.length > 0) {
    throw new TrailError(
      `${where} holds ${names.join(', ')} in its documents, but does not index ${names.length === 1 ? 'it' : 'them'}: ` +
        'map as keyword (a limit of fields, dynamic: false or enabled: false leaves fields out) and reindex.',
    );
  }
  if (names.length > 0)
    reader.warnings.add(`${where} does not index ${names.join(', ')}, so it is not used.`);
}

/** Whether a path leads to a value; a part of the path may be written with dots. */
function holds(value: unknown, path: readonly string[]): boolean {
  if (path.length === 0) return value !== null && value !== undefined && value !== '';
  if (typeof value !== 'object' || value === null) return false;
  const entries = new Map<string, unknown>(Object.entries(value));
  return path.some((_, index) => {
    const name = path.slice(0, index + 1).join('.');
    return entries.has(name) && holds(entries.get(name), path.slice(index + 1));
  });
}
