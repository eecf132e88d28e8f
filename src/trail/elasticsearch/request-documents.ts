import { tryParseJson } from '../../base/json.js';
import { requestReader } from '../../base/requests/reader.js';
import { RequestCollector } from '../request-collector.js';
import { eventFingerprint } from './duplicates.js';
import { withPrefix, type FieldTable } from './fields.js';
import { isAsked, type AskedCalls } from './asked-calls.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import { LAYOUTS, type FieldName } from './layouts.js';
import { inAnyOf, recordsQuery, type Query } from './partitions.js';
import { activityRow, isInScope, SINGLE_FIELDS } from './rows.js';

const FIELDS: readonly FieldName[] = [...SINGLE_FIELDS, 'eventID', 'addendum.originalEventID'];

interface Found {
  readonly rows: RequestCollector;
  readonly seen: Set<string>;
  documents: number;
}

/**
 * Reads the requests in the documents of calls, of all accounts together.
 * @param calls the documents
 * @param hasCopies whether the index holds events more than once
 */
export async function readDocuments(
  reader: IndexReader,
  asked: AskedCalls,
  calls: readonly Query[],
  hasCopies: boolean,
): Promise<void> {
  const { table, span, accountIds } = reader;
  const accounts = { accountIds: [...accountIds].sort() };
  const places = fieldPaths(table);
  const add = ({ rows, seen }: Found, hit: Hit): void => {
    const identity = hasCopies ? eventFingerprint(hit) : null;
    if ((identity !== null && seen.has(identity)) || !isInScope(hit.values, accountIds)) return;
    if (identity !== null) seen.add(identity);
    const row = activityRow(hit.values, { count: 1, first: hit.time, last: hit.time });
    const plan = asked.planOf(row.eventSource, row.eventName);
    if (plan === null || !isAsked(row, asked.planOf)) return;
    rows.add(row, requestReader(plan)(requestIn(hit.source, places)));
  };
  await reader.guardInTurn(accounts, 'requests', async () => {
    const found = await foldHits(
      reader.searcher.of('request parameters'),
      table,
      {
        query: recordsQuery(table, span, { filter: [...calls, inAnyOf(table, accounts.accountIds)] }),
        fields: FIELDS,
        source: [places.parameters, places.original],
      },
      (): Found => ({ rows: new RequestCollector(), seen: new Set(), documents: 0 }),
      (result, hit) => {
        result.documents += 1;
        add(result, hit);
      },
    );
    reader.count('requestDocuments', found.documents);
    // Only after the last page: after a failure, all pages are read again.
    asked.rows.addAll(found.rows);
  });
}

/** Fields of a document: the request, and the whole record as text, if it has one. */
interface FieldPaths {
  readonly parameters: string;
  readonly original: string;
}

function fieldPaths({ layout, prefix }: FieldTable): FieldPaths {
  const { parameters, nameOf } = LAYOUTS[layout];
  return {
    parameters: withPrefix(prefix, parameters),
    original: nameOf('original') ?? 'original',
  };
}

/** From the record as text if there is one: shippers and `ingest` may leave out parts of the request. */
function requestIn(source: unknown, { parameters, original }: FieldPaths): unknown {
  const text = valueAt(source, original.split('.'));
  const whole = typeof text === 'string' ? valueAt(tryParseJson(text), ['requestParameters']) : undefined;
  return whole ?? valueAt(source, parameters.split('.'));
}

/** A part of the path may be written with dots. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (let length = 1; length <= path.length; length += 1) {
    const name = path.slice(0, length).join('.');
    if (!Object.hasOwn(value, name)) continue;
    const found = valueAt((value as Readonly<Record<string, unknown>>)[name], path.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
}
