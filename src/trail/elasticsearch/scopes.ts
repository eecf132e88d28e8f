import type { estypes } from '@elastic/elasticsearch';
import type { Period } from '../../period.js';
import type { FieldTable } from './fields.js';
import { LAYOUTS, type FieldName } from './layouts.js';

export type Query = estypes.QueryDslQueryContainer;

/**
 * A part of the index that is asked on its own, so that a failure marks one account only. Null: records without
 * recipientAccountId (eventVersion before 1.02), which belong to their caller's account.
 */
export interface Scope {
  readonly accountId: string | null;
}

/** Epoch milliseconds, half open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const spanOf = (period: Period): Span => ({
  from: Date.parse(period.start),
  to: Date.parse(period.end),
});

export function scopesOf(table: FieldTable, accountIds: readonly string[]): Scope[] {
  const accounts = table.fields.has('recipientAccountId') ? accountIds : [];
  return [...accounts.map((accountId) => ({ accountId })), { accountId: null }];
}

/** Insight records are about other records, and are no calls (CloudTrail User Guide: Logging Insights events). */
export function recordsIn(table: FieldTable, span: Span): { filter: Query[]; must_not: Query[] } {
  const category = table.fields.get('eventCategory');
  const insights: Query[] = [hasValue(table, 'eventCategory', ['Insight', 'AwsCloudTrailInsight'])];
  const byType = hasValue(table, 'eventType', ['AwsCloudTrailInsight']);
  insights.push(
    category === undefined
      ? byType
      : { bool: { filter: [byType], must_not: [{ exists: { field: category.exact } }] } },
  );
  return {
    filter: [
      { range: { [table.timestamp]: { gte: span.from, lt: span.to, format: 'epoch_millis' } } },
      ...LAYOUTS[table.layout].filter,
      ...exists(table, 'eventSource'),
      ...exists(table, 'eventName'),
    ],
    must_not: insights,
  };
}

export function scopeQuery(
  table: FieldTable,
  scope: Scope,
  span: Span,
  more: { filter?: readonly Query[]; mustNot?: readonly Query[] } = {},
): Query {
  const { filter, must_not } = recordsIn(table, span);
  const recipient = table.fields.get('recipientAccountId');
  if (recipient !== undefined) {
    if (scope.accountId === null) must_not.push({ exists: { field: recipient.exact } });
    else filter.push({ term: { [recipient.exact]: scope.accountId } });
  }
  return {
    bool: { filter: [...filter, ...(more.filter ?? [])], must_not: [...must_not, ...(more.mustNot ?? [])] },
  };
}

/** A filter on a field that the index may not have: then nothing matches, as nothing has it. */
export function exists(table: FieldTable, field: FieldName): Query[] {
  const found = table.fields.get(field);
  return [found === undefined ? { match_none: {} } : { exists: { field: found.exact } }];
}

export function hasValue(table: FieldTable, field: FieldName, values: readonly string[]): Query {
  const found = table.fields.get(field);
  return found === undefined ? { match_none: {} } : { terms: { [found.exact]: [...values] } };
}

/** Documents with a value longer than its keyword takes (ignore_above) would be grouped as if they had none. */
export function hasTooLongValue(table: FieldTable, fields: readonly FieldName[]): Query {
  return { terms: { _ignored: fields.flatMap((field) => table.fields.get(field)?.exact ?? []) } };
}

/** As `isRoleSession`. */
export function isOfRole(table: FieldTable): Query {
  const field = table.fields.get('userIdentity.sessionContext.sessionIssuer.arn');
  return field === undefined ? { match_none: {} } : { wildcard: { [field.exact]: { value: '*:role/*' } } };
}

/** As everywhere, an empty errorCode is none. */
export function hasErrorCode(table: FieldTable): Query {
  const field = table.fields.get('errorCode');
  if (field === undefined) return { match_none: {} };
  return {
    bool: { filter: [{ exists: { field: field.exact } }], must_not: [{ term: { [field.exact]: '' } }] },
  };
}
