import type { estypes } from '@elastic/elasticsearch';
import { fromParameter, LISTED_EXCLUDE, LISTED_INCLUDE } from '../resources/extract.js';
import { MISSING, resourceSet, type ResourceCollector } from '../resources/set.js';
import { MAX_RESOURCES } from '../types.js';
import type { IndexReader } from './index-reader.js';
import { parameterField, type FieldName, type ParameterField } from './layouts.js';
import { activityRow, isInScope, ISSUED_FIELDS, ISSUER, OTHER_FIELDS } from './rows.js';
import { exists, type Query, type Scope, type Span } from './scopes.js';
import { groupsIn } from './slices.js';

interface Terms {
  readonly buckets: readonly { readonly key: string }[];
}

/** The answers inside a group of calls; the values of each parameter by its place in the list of parameters. */
interface Inside {
  readonly listed?: Terms;
  readonly unlisted: {
    readonly unnamed: { readonly doc_count: number };
    readonly [parameter: `p${number}`]: Terms | undefined;
  };
}

/** What narrows the query for the calls of a service in a window of time. */
interface Narrowed {
  readonly filter?: readonly Query[];
  readonly mustNot?: readonly Query[];
}

interface Parameter {
  readonly name: string;
  readonly field: ParameterField;
}

/** A group holds up to MAX_RESOURCES buckets of each field, so a page has fewer groups than elsewhere. */
const GROUPS_PER_PAGE = 500;

/** Asks for the resources of calls, all of one service or of services without parameters that name any. */
export class ServiceResources {
  readonly #parameters: readonly Parameter[];
  readonly #isWhole: boolean;
  readonly #listed: readonly Query[];

  constructor(
    readonly reader: IndexReader,
    readonly scope: Scope,
    parameters: readonly string[],
    readonly rows: ResourceCollector,
  ) {
    const { table, unread } = reader;
    const named = parameters.map((name) => ({ name, field: parameterField(name) }));
    this.#parameters = named.filter(({ field }) => table.fields.has(field));
    this.#isWhole = !unread.has('resources.ARN') && !named.some(({ field }) => unread.has(field));
    const arn = table.fields.get('resources.ARN');
    const value = `(${LISTED_INCLUDE})&~(${LISTED_EXCLUDE})`;
    this.#listed =
      arn === undefined ? [] : [{ regexp: { [arn.exact]: { value, flags: 'INTERSECTION|COMPLEMENT' } } }];
  }

  /** @throws QueryFailed when a page stays failed */
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
    const searcher = reader.ask(this.scope, 'resources');
    const pageSize = Math.min(GROUPS_PER_PAGE, searcher.tuning.pageSize);
    const options = { inside: this.#inside(), pageSize };
    const slice = (part: Span): Query => queryOf(part, {});
    const overflowing = new Set<Parameter>();
    for await (const group of groupsIn<Inside>(searcher, table, window, slice, by, options)) {
      reader.count('resourceGroups', 1);
      if (!isInScope(group.values, accountIds)) continue;
      const call = activityRow(group.values, group);
      const { listed, unlisted } = group.inside;
      if (listed !== undefined && listed.buckets.length > 0) {
        rows.add(call, resourceSet(listed.buckets.map(({ key }) => key)));
      }
      if (unlisted.unnamed.doc_count > 0 || !this.#isWhole) rows.add(call, MISSING);
      for (const [index, parameter] of this.#parameters.entries()) {
        const values = unlisted[`p${index}`]?.buckets ?? [];
        for (const { key } of values) rows.add(call, fromParameter(call, parameter.name, key));
        if (values.length > MAX_RESOURCES) overflowing.add(parameter);
      }
    }
    for (const parameter of overflowing) await this.#readValues(window, queryOf, by, parameter);
  }

  /**
   * Which of many values name the first resources, and how many they name, only all of them together tell. Asked for all groups at
   * once: resources are sets, in which what is added twice is once.
   */
  async #readValues(
    window: Span,
    queryOf: (part: Span, more: Narrowed) => Query,
    by: readonly FieldName[],
    { name, field }: Parameter,
  ): Promise<void> {
    const { reader, rows } = this;
    const { table, accountIds } = reader;
    const searcher = reader.ask(this.scope, 'values of parameters');
    const narrowed = { filter: exists(table, field), mustNot: this.#listed };
    const slice = (part: Span): Query => queryOf(part, narrowed);
    for await (const group of groupsIn(searcher, table, window, slice, [...by, field])) {
      if (!isInScope(group.values, accountIds)) continue;
      const call = activityRow(group.values, group);
      rows.add(call, fromParameter(call, name, group.values[field] ?? ''));
    }
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
                order: { _key: 'asc' },
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
              { terms: { field: table.fields.get(field)?.exact ?? '', size } },
            ]),
          ),
        },
      },
    };
  }
}
