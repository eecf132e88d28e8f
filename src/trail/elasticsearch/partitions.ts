import { countOf } from '../../base/maps.js';
import type { estypes } from '@elastic/elasticsearch';
import type { Period } from '../../period.js';
import {
  DATA_CATEGORIES,
  INSIGHT_CATEGORIES,
  INSIGHT_TYPES,
  NETWORK_ACTIVITY,
  NOT_API_CALLS,
  SESSION_STARTS,
  SIGN_IN,
} from '../rules.js';
import type { FieldTable } from './fields.js';
import { LAYOUTS, SIGN_IN_FIELDS, type FieldName } from './layouts.js';

export type Query = estypes.QueryDslQueryContainer;

/**
 * A part of the index with its own queries, so that a failure affects few accounts. Null: records without
 * recipientAccountId (eventVersion before 1.02), which belong to the account of their caller.
 */
export interface IndexPartition {
  readonly accountIds: readonly string[] | null;
}

/** Records without account are a separate part. */
export const NO_ACCOUNT: IndexPartition = { accountIds: null };

/** Epoch milliseconds, half-open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const spanOf = (period: Period): Span => ({
  from: Date.parse(period.start),
  to: Date.parse(period.end),
});

/**
 * Each account as its own part, or neighbors together up to this many documents: a query for a small account takes
 * hardly less than one for ten.
 * @param documents by account; missing accounts have none
 */
export function joinAccounts(
  accountIds: readonly string[],
  documents: ReadonlyMap<string, number>,
  most: number,
): IndexPartition[] {
  const partitions: { accountIds: string[]; documents: number }[] = [];
  for (const accountId of accountIds) {
    const own = countOf(documents, accountId);
    const last = partitions.at(-1);
    if (last !== undefined && last.documents + own <= most) {
      last.accountIds.push(accountId);
      last.documents += own;
    } else partitions.push({ accountIds: [accountId], documents: own });
  }
  return partitions.map((partition) => ({ accountIds: partition.accountIds }));
}

export interface More {
  readonly filter?: readonly Query[];
  readonly mustNot?: readonly Query[];
}

/** Records of all accounts. */
export const recordsQuery = (
  table: FieldTable,
  span: Span,
  { filter = [], mustNot = [] }: More = {},
): Query => ({
  bool: {
    filter: [
      ...inPeriod(table, span),
      ...exists(table, 'eventSource'),
      ...exists(table, 'eventName'),
      ...filter,
    ],
    must_not: [isInsight(table), ...mustNot],
  },
});

/** Documents of all accounts in the period, of one kind: `recordsQuery` excludes some kinds. */
export const periodQuery = (table: FieldTable, span: Span, isOfKind: Query): Query => ({
  bool: { filter: [...inPeriod(table, span), isOfKind] },
});

const inPeriod = (table: FieldTable, span: Span): Query[] => [
  { range: { [table.timestamp]: { gte: span.from, lt: span.to, format: 'epoch_millis' } } },
  ...LAYOUTS[table.layout].filter,
];

/* Kinds of records: each function is a query for the function with the same name in rules.ts. */

/** The rules ignore case: some shippers write every value in lower case. */
const isRuled = (table: FieldTable, field: FieldName, values: readonly string[]): Query =>
  hasValue(table, field, [...new Set(values.flatMap((value) => [value, value.toLowerCase()]))]);

export const isInsight = (table: FieldTable): Query =>
  anyOf(
    isRuled(table, 'eventCategory', INSIGHT_CATEGORIES),
    withoutCategory(table, { filter: [isRuled(table, 'eventType', INSIGHT_TYPES)] }),
  );

export const isNetworkActivity = (table: FieldTable): Query => isRuled(table, 'eventType', NETWORK_ACTIVITY);

export const isDataEvent = (table: FieldTable): Query =>
  anyOf(
    isRuled(table, 'eventCategory', DATA_CATEGORIES),
    withoutCategory(table, {
      filter: [hasValue(table, 'managementEvent', ['false'])],
      mustNot: [isNetworkActivity(table)],
    }),
  );

export const isNoApiCall = (table: FieldTable): Query => isRuled(table, 'eventType', NOT_API_CALLS);

/** Those without an error code: see `outcomeOf`. */
export const isFailedSignIn = (table: FieldTable): Query => ({
  bool: {
    filter: [
      isRuled(table, 'eventSource', SIGN_IN.sources),
      anyOf(...SIGN_IN_FIELDS.map((field) => isRuled(table, field, SIGN_IN.failures))),
    ],
    must_not: [hasErrorCode(table)],
  },
});

export const startsSession = (table: FieldTable): Query[] => [
  isRuled(table, 'eventSource', SESSION_STARTS.sources),
  isRuled(table, 'eventName', SESSION_STARTS.names),
];

export const anyOf = (...should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });

/** Records before eventVersion 1.07. */
const withoutCategory = (table: FieldTable, { filter = [], mustNot = [] }: More): Query => ({
  bool: { filter: [...filter], must_not: [...exists(table, 'eventCategory'), ...mustNot] },
});

/** Records of one part of the index; of the whole index if no field has accounts. */
export function partitionQuery(
  table: FieldTable,
  { accountIds }: IndexPartition,
  span: Span,
  more: More = {},
): Query {
  const filter = [...(more.filter ?? [])];
  const mustNot = [...(more.mustNot ?? [])];
  if (table.fields.has('recipientAccountId')) {
    if (accountIds === null) mustNot.push(...exists(table, 'recipientAccountId'));
    else filter.push(hasValue(table, 'recipientAccountId', accountIds));
  }
  return recordsQuery(table, span, { filter, mustNot });
}

/** Records of the trails of any of the accounts, in one query: like `isInScope`. */
export function inAnyOf(table: FieldTable, accountIds: readonly string[]): Query {
  const ofCaller = isOneOf(table, 'userIdentity.accountId', accountIds, { match_all: {} });
  return isOneOf(table, 'recipientAccountId', accountIds, ofCaller);
}

/** @param otherwise condition for documents without the field */
function isOneOf(table: FieldTable, field: FieldName, values: readonly string[], otherwise: Query): Query {
  const found = table.fields.get(field);
  if (found === undefined) return otherwise;
  const isAbsent = { bool: { filter: [otherwise], must_not: [{ exists: { field: found.exact } }] } };
  return anyOf(hasValue(table, field, values), isAbsent);
}

/** A filter on a field that the index may lack: then nothing matches. */
export function exists(table: FieldTable, field: FieldName): Query[] {
  const found = table.fields.get(field);
  return [found === undefined ? { match_none: {} } : { exists: { field: found.exact } }];
}

export function hasValue(table: FieldTable, field: FieldName, values: readonly string[]): Query {
  const found = table.fields.get(field);
  return found === undefined ? { match_none: {} } : { terms: { [found.exact]: [...values] } };
}

/** Documents with a value longer than its keyword allows (ignore_above) would be grouped as if they had none. */
export function hasTooLongValue(table: FieldTable, fields: readonly FieldName[]): Query {
  return { terms: { _ignored: fields.flatMap((field) => table.fields.get(field)?.exact ?? []) } };
}

/** As everywhere, an empty errorCode means none. */
export function hasErrorCode(table: FieldTable): Query {
  const field = table.fields.get('errorCode');
  if (field === undefined) return { match_none: {} };
  return {
    bool: { filter: [{ exists: { field: field.exact } }], must_not: [{ term: { [field.exact]: '' } }] },
  };
}
