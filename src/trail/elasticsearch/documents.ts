import { TrailError } from '../errors.js';
import { isRefused, QueryFailedError } from './failures.js';
import type { FieldTable, ResolvedField } from './fields.js';
import type { IndexReader, LetterCase } from './index-reader.js';
import type { FieldName } from './layouts.js';
import { recordsQuery } from './partitions.js';
import type { FoundHit } from './search-answer.js';
import { INDEX_ERRORS, INDEX_WARNINGS } from '../../wording/elasticsearch-index.js';
import { INCOMPLETE_ANSWERS } from '../../wording/elasticsearch-queries.js';

const SAMPLE = 50;
/** These identify a call and its caller. */
const TELLING: readonly FieldName[] = ['eventName', 'userIdentity.arn', 'userIdentity.principalId'];

/**
 * Compares some documents with their indexed values, because field capabilities do not show it: a normalizer
 * changes grouped values (Elasticsearch Guide: normalizer), and objects in a list are merged (Elasticsearch Guide:
 * Arrays).
 * @throws TrailError if records cannot be read like this
 */
export async function checkDocuments(reader: IndexReader, where: string): Promise<LetterCase> {
  const { table, span } = reader;
  const fields = TELLING.flatMap((field) => table.fields.get(field) ?? []);
  let hits: readonly FoundHit[];
  try {
    const answer = await reader.searcher.of('documents').search({
      query: recordsQuery(table, span),
      size: SAMPLE,
      _source: { includes: fields.map(({ whole }) => whole) },
      docvalue_fields: fields.filter(({ hasDocValues }) => hasDocValues).map(({ exact }) => exact),
    });
    hits = answer.hits;
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    // An index without stored source cannot be checked.
    if (!isRefused(error.cause)) reader.lacks(INCOMPLETE_ANSWERS.uncheckedValues(where, error.message));
    return 'kept';
  }
  const list = hits.map(({ _source }) => listIn(_source, table)).find((name) => name !== null);
  if (list !== undefined) throw new TrailError(INDEX_ERRORS.severalRecords(where, list));
  const letterCase = letterCaseOf(
    hits.flatMap((hit) => fields.flatMap((field) => pairOf(hit, field))),
    where,
  );
  if (letterCase === 'lower') reader.warnings.add(INDEX_WARNINGS.lowerCase(where));
  return letterCase;
}

/** A value in the document, and the indexed value. */
interface Pair {
  readonly field: string;
  readonly written: string;
  readonly indexed: string;
}

/** @throws TrailError if values are changed in another way */
export function letterCaseOf(pairs: readonly Pair[], where: string): LetterCase {
  const changed = pairs.filter(({ written, indexed }) => written !== indexed);
  const other = changed.find(({ written, indexed }) => written.toLowerCase() !== indexed);
  if (other !== undefined)
    throw new TrailError(INDEX_ERRORS.changedValues(where, other.field, other.written, other.indexed));
  return changed.length === 0 ? 'kept' : 'lower';
}

/** Name of a list on the path to the records of a document. */
function listIn(source: unknown, { prefix }: FieldTable): string | null {
  let node = source;
  const names: string[] = [];
  for (const name of prefix === '' ? [] : prefix.split('.')) {
    if (typeof node !== 'object' || node === null) return null;
    node = (node as Readonly<Record<string, unknown>>)[name];
    names.push(name);
    if (Array.isArray(node)) return names.join('.');
  }
  return null;
}

function pairOf({ _source, fields }: FoundHit, { whole, exact }: ResolvedField): Pair[] {
  const written = whole.split('.').reduce<unknown>((node, name) => inside(node, name), _source);
  const indexed = fields?.[exact]?.[0];
  return typeof written === 'string' && typeof indexed === 'string'
    ? [{ field: whole, written, indexed }]
    : [];
}

const inside = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, name)
    ? (node as Readonly<Record<string, unknown>>)[name]
    : undefined;
