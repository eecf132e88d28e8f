import { valueAt } from '../../base/checked.js';
import type { estypes } from '@elastic/elasticsearch';
import { fromParameter, LISTED_EXCLUDE, LISTED_INCLUDE } from '../resources/extract.js';
import { merge, resourceSet, type ResourceCollector } from '../resources/set.js';
import { MAX_RESOURCES } from '../types.js';
import type { Group } from './composite.js';
import { QueryFailedError } from './failures.js';
import type { IndexReader } from './index-reader.js';
import { parameterField, type FieldName, type ParameterField } from './layouts.js';
import { activityRow, isInScope, ISSUED_FIELDS, ISSUER, OTHER_FIELDS } from './rows.js';
import { exists, type Query, type IndexPartition, type Span } from './partitions.js';
import type { TermKey } from './search-answer.js';
import { groupsIn } from './slices.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

interface Terms {
  readonly buckets: readonly { readonly key: TermKey }[];
}

/** Answers inside a group of calls; values of each parameter by its index in the list of parameters. */
interface Inside {
  readonly listed?: Terms;
  readonly unlisted: {
    readonly doc_count: number;
    readonly unnamed: { readonly doc_count: number };
    readonly [parameter: `p${number}`]: Terms | undefined;
  };
}

/** Narrows the query for the calls of a service in a time window. */
interface Narrowed {
  readonly filter?: readonly Query[];
  readonly mustNot?: readonly Query[];
}

interface Parameter {
  readonly name: string;
  readonly field: ParameterField;
}

/** A group has up to MAX_RESOURCES buckets per field, so a page has fewer groups than elsewhere. */
const GROUPS_PER_PAGE = 500;

/** Reads the resources of calls of one service, or of all services without resource parameters. */
export class ServiceResources {
  readonly #parameters: readonly Parameter[];
  readonly #isWhole: boolean;
  readonly #listed: readonly Query[];

  constructor(
    readonly reader: IndexReader,
    readonly partition: IndexPartition,
    parameters: readonly string[],
    readonly rows: ResourceCollector,
  ) {
    const { table, unread } = reader;
    const named = parameters.map((name) => ({ name, field: parameterField(name) }));
    this.#parameters = named.filter(({ field }) => table.fields.has(field));
    // A policy with names in another letter case would not match.
    this.#isWhole =
      reader.letterCase === 'kept' &&
      !unread.has('resources.ARN') &&
      !named.some(({ field }) => unread.has(field));
    const arn = table.fields.get('resources.ARN');
    const value = `(${LISTED_INCLUDE})&~(${LISTED_EXCLUDE})`;
    this.#listed =
      arn === undefined ? [] : [{ regexp: { [arn.exact]: { value, flags: 'INTERSECTION|COMPLEMENT' } } }];
  }

  /** @throws QueryFailedError if a page keeps failing */
  async read(window: Span, queryOf: (part: Span, more: Narrowed) => Query): Promise<void> {
    const issued = exists(this.reader.table, ISSUER);
    const withoutErrors = (by: readonly FieldName[]): FieldName[] =>
      by.filter((field) => field !== 'errorCode' && field !== 'eventType');
    await Promise.all([
      this.#readGroups(
        window,
        (part, more) => queryOf(part, { ...more, filter: [...issued, ...(more.filter ?? [])] }),
        withoutErrors(ISSUED_FIELDS),
      ),
      this.#readGroups(
        window,
        (part, more) => queryOf(part, { ...more, mustNot: [...issued, ...(more.mustNot ?? [])] }),
        withoutErrors(OTHER_FIELDS),
      ),
    ]);
  }

  async #readGroups(
    window: Span,
    queryOf: (part: Span, more: Narrowed) => Query,
    by: readonly FieldName[],
  ): Promise<void> {
    const { reader, rows } = this;
    const { table, accountIds } = reader;
    const searcher = reader.ask(this.partition, 'resources');
    const pageSize = Math.min(GROUPS_PER_PAGE, searcher.tuning.pageSize);
    const options = { inside: this.#inside(), pageSize, firstAndLast: false };
    const slice = (part: Span): Query => queryOf(part, {});
    const overflowing = new Set<Parameter>();
    await groupsIn<Inside>(searcher, table, window, slice, by, options, (group) => {
      reader.count('resourceGroups', 1);
      if (!isInScope(group.values, accountIds)) return;
      const call = activityRow(group.values, group);
      this.#checkInside(group);
      const { listed, unlisted } = group.inside;
      let found = resourceSet(listed?.buckets.map(({ key }) => String(key)) ?? []);
      if (unlisted.unnamed.doc_count > 0 || !this.#isWhole) found = null;
      for (const [index, parameter] of this.#parameters.entries()) {
        const values = unlisted[`p${index}`]?.buckets ?? [];
        for (const { key } of values) found = merge(found, fromParameter(call, parameter.name, String(key)));
        if (values.length > MAX_RESOURCES && found !== null) overflowing.add(parameter);
      }
      rows.add(call, found);
    });
    for (const parameter of overflowing) await this.#readValues(window, queryOf, by, parameter);
  }

  /** Every counted document has a value: without one, fewer resources would seem to be used. @throws QueryFailedError */
  #checkInside({ count, inside: { listed, unlisted } }: Group<Inside>): void {
    const named = this.#parameters.some((_, index) => (unlisted[`p${index}`]?.buckets.length ?? 0) > 0);
    const lacksList = unlisted.doc_count < count && listed?.buckets.length === 0;
    if (lacksList || (unlisted.unnamed.doc_count < unlisted.doc_count && !named))
      throw new QueryFailedError(BAD_ANSWERS.resourcesMissing);
  }

  /**
   * If many values may name few resources, only all values show which. Requested for all groups at once: resources
   * are sets, so adding one twice has no effect.
   */
  async #readValues(
    window: Span,
    queryOf: (part: Span, more: Narrowed) => Query,
    by: readonly FieldName[],
    { name, field }: Parameter,
  ): Promise<void> {
    const { reader, rows } = this;
    const { table, accountIds } = reader;
    const searcher = reader.ask(this.partition, 'values of parameters');
    const narrowed = { filter: exists(table, field), mustNot: this.#listed };
    const slice = (part: Span): Query => queryOf(part, narrowed);
    const options = { firstAndLast: false };
    await groupsIn(searcher, table, window, slice, [...by, field], options, ({ values, ...counted }) => {
      if (!isInScope(values, accountIds)) return;
      const call = activityRow(values, counted);
      rows.add(call, fromParameter(call, name, values[field] ?? ''));
    });
  }

  #inside(): Record<string, estypes.AggregationsAggregationContainer> {
    const { table } = this.reader;
    const size = MAX_RESOURCES + 1;
    const arn = table.fields.get('resources.ARN');
    const unnamed = this.#parameters.flatMap(({ field }) => exists(table, field));
    return {
      ...(arn === undefined
        ? {}
        : {
            listed: {
              terms: {
                field: arn.exact,
                size,
                include: LISTED_INCLUDE,
                exclude: LISTED_EXCLUDE,
              },
            },
          }),
      unlisted: {
        filter: { bool: { must_not: [...this.#listed] } },
        aggs: {
          unnamed: { filter: { bool: { must_not: unnamed } } },
          ...Object.fromEntries(
            this.#parameters.map(({ field }, index) => [
              `p${index}`,
              { terms: { field: valueAt(table.fields, field).exact, size } },
            ]),
          ),
        },
      },
    };
  }
}
