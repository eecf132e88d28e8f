import type { estypes } from '@elastic/elasticsearch';
import { groupPages, type GroupOptions, type Rest, type Take } from './composite.js';
import { DocumentCount } from './document-count.js';
import type { FieldTable } from './fields.js';
import type { FieldName } from './layouts.js';
import type { Span } from './partitions.js';
import type { Searcher } from './searcher.js';

/** Maximum number of halvings, never below a second. */
const MOST_SPLITS = 8;

interface Slice extends Span {
  readonly splits: number;
  readonly rest: Rest;
}

/**
 * Takes all groups of the documents in a time span, like `groups`. Each page scans all documents again, so what
 * does not fit into one page, or times out, is queried in two halves of the time. After a slow page the next span
 * is halved first. A group can come once from each part.
 * @param queryOf documents of a part
 * @returns number of documents in the span, according to the queries without a group before them
 * @throws QueryFailedError if a page keeps failing, or the groups lack documents; earlier groups have been taken
 */
export async function groupsIn<Inside = unknown>(
  searcher: Searcher,
  table: FieldTable,
  span: Span,
  queryOf: (part: Span) => estypes.QueryDslQueryContainer,
  by: readonly FieldName[],
  options: GroupOptions,
  take: Take<Inside>,
): Promise<number> {
  const count = new DocumentCount();
  const whole: Slice = { ...span, splits: 0, rest: { after: undefined } };
  const slices = searcher.wasSlow() ? halvesOf(whole) : [whole];
  for (let slice = slices.pop(); slice !== undefined; slice = slices.pop()) {
    const halves = halvesOf(slice);
    const how = {
      ...options,
      after: slice.rest.after,
      onePage: halves.length > 1,
      count,
      isLast: slices.length === 0,
    };
    const rest = await groupPages<Inside>(searcher, table, queryOf(slice), by, how, take);
    if (rest === null) continue;
    slices.push(...halves.map((half) => ({ ...half, rest })));
    searcher.session.stats.slicesSplit += 1;
  }
  return count.documents;
}

/** The slice itself if it is too short. */
function halvesOf(slice: Slice): Slice[] {
  const { from, to } = slice;
  const middle = Math.floor((from + to) / 2_000) * 1_000;
  if (slice.splits >= MOST_SPLITS || middle <= from || middle >= to) return [slice];
  const splits = slice.splits + 1;
  return [
    { ...slice, from: middle, splits },
    { ...slice, to: middle, splits },
  ];
}
