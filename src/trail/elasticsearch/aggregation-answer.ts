import { isObject } from '../../base/is-object.js';
import type { estypes } from '@elastic/elasticsearch';
import { isTime } from '../../base/time.js';
import { compareKeys, type Key } from './composite-key.js';
import {
  isCount,
  listIn,
  objectIn,
  odd,
  UnexpectedAnswerError,
  textIn,
  type Json,
} from './unexpected-answer.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

type Asked = Readonly<Record<string, estypes.AggregationsAggregationContainer>>;
/** @throws UnexpectedAnswerError */
type Check = (answer: unknown, name: string) => void;
type Named = readonly { readonly name: string; readonly check: Check }[];

/**
 * Checks answers of aggregations against the request, down to each bucket. Copies nothing, because there are
 * millions of buckets.
 * @throws UnexpectedAnswerError
 */
export function checkAggregations(asked: Asked, answer: unknown): void {
  checkNamed(checksOf(asked), objectIn(answer, 'aggregations'));
}

/** Checks a hit: its index, and lists of values if fields were requested. @throws UnexpectedAnswerError */
export function checkHit(hit: unknown): void {
  const { _index, fields, ignored_field_values: ignored } = objectIn(hit, 'hits.hits[]');
  textIn(_index, '_index');
  if (fields !== undefined) checkLists(objectIn(fields, 'fields'));
  if (ignored !== undefined) checkLists(objectIn(ignored, 'ignored_field_values'));
}

function checkLists(lists: Json): void {
  for (const name in lists) listIn(lists[name], 'fields[]');
}

const checksOf = (asked: Asked): Named =>
  Object.entries(asked).map(([name, aggregation]) => ({ name, check: checkOf(aggregation) }));

function checkOf(asked: estypes.AggregationsAggregationContainer): Check {
  const inside = checksOf(asked.aggs ?? {});
  if (asked.composite !== undefined) return compositeCheck(asked.composite, inside);
  if (asked.terms !== undefined) return bucketsCheck(isTerm, inside);
  if (asked.date_histogram !== undefined) return bucketsCheck(isTime, inside);
  if (asked.min !== undefined || asked.max !== undefined) return checkTime;
  if (asked.filter !== undefined) return filterCheck(inside);
  if (asked.top_hits !== undefined) return checkTopHits;
  throw new Error('An aggregation of this kind has no check of its answer.');
}

function checkNamed(checks: Named, answers: Json): void {
  for (const { name, check } of checks) check(answers[name], name);
}

const isTerm = (key: unknown): boolean =>
  typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean';

/** One value of a field: null for documents without the field. */
const isValue = (key: unknown): boolean =>
  key === null || typeof key === 'string' || typeof key === 'boolean';

function checkTime(answer: unknown, name: string): void {
  const { value } = objectIn(answer, name);
  // A bucket has documents, and all matching documents have a time.
  if (!isTime(value)) throw odd(name, value);
}

function bucketsCheck(isKey: (key: unknown) => boolean, inside: Named): Check {
  return (answer, name) => {
    for (const bucket of listIn(objectIn(answer, name)['buckets'], 'buckets')) {
      const held = bucketIn(bucket, inside);
      if (!isKey(held['key'])) throw odd('key', held['key']);
    }
  };
}

function bucketIn(bucket: unknown, inside: Named): Json {
  const held = objectIn(bucket, 'buckets[]');
  const count = held['doc_count'];
  if (!isCount(count) || count === 0) throw odd('doc_count', count);
  checkNamed(inside, held);
  return held;
}

function filterCheck(inside: Named): Check {
  return (answer, name) => {
    const held = objectIn(answer, name);
    if (!isCount(held['doc_count'])) throw odd('doc_count', held['doc_count']);
    checkNamed(inside, held);
  };
}

function checkTopHits(answer: unknown, name: string): void {
  const hits = listIn(objectIn(objectIn(answer, name)['hits'], 'hits')['hits'], 'hits.hits');
  for (const hit of hits) checkHit(hit);
}

/**
 * Buckets must be in key order, after the requested key, and distinct, and the page must end with its last key: so
 * paging terminates.
 */
function compositeCheck(
  { sources = [], size = 10, after }: estypes.AggregationsCompositeAggregation,
  inside: Named,
): Check {
  const kinds = sources
    .flatMap((source) => Object.entries(source))
    .map(([name, { date_histogram: time }]) => ({ name, isOfKind: time === undefined ? isValue : isTime }));
  const names = kinds.map(({ name }) => name);
  const keyIn = (value: unknown): Key => {
    const key = objectIn(value, 'key');
    for (const { name, isOfKind } of kinds) if (!isOfKind(key[name])) throw odd('key', key[name]);
    return key as Key;
  };
  return (answer, name) => {
    const { buckets: held, after_key: end } = objectIn(answer, name);
    const buckets = listIn(held, 'buckets');
    if (buckets.length > size) throw new UnexpectedAnswerError(BAD_ANSWERS.buckets(buckets.length, size));
    let last = after as Key | undefined;
    for (const bucket of buckets) {
      const key = keyIn(bucketIn(bucket, inside)['key']);
      if (last !== undefined && compareKeys(last, key, names) >= 0)
        throw new UnexpectedAnswerError(BAD_ANSWERS.repeatedBucket);
      last = key;
    }
    if (buckets.length === 0 || last === undefined) return;
    if (!isObject(end)) throw odd('after_key', end);
    if (compareKeys(end as Key, last, names) !== 0) throw new UnexpectedAnswerError(BAD_ANSWERS.afterKey);
  };
}
