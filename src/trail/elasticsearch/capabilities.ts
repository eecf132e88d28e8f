import { PartialAnswerError } from './failures.js';
import { bodyIn, listIn, objectIn, odd, textIn } from './unexpected-answer.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

export interface Capability {
  /** From the mapping. */
  readonly type: string;
  /** Its values can be grouped, and read without the document. */
  readonly isAggregatable: boolean;
}

/** `_field_caps` of one index, by field name. */
export type Capabilities = ReadonlyMap<string, Capability>;

/**
 * Fields of each index, from an answer requested with `include_unmapped`.
 * @returns by index name, remote ones as `cluster:index`; sorted
 * @throws PartialAnswerError if indices are missing, UnexpectedAnswerError
 */
export function capabilitiesByIndex(answer: unknown): Map<string, Capabilities> {
  const { indices: all, fields, failures = [] } = bodyIn(answer);
  const [failure] = listIn(failures, 'failures');
  if (failure !== undefined) throw new PartialAnswerError(describeFailedIndex(failure));
  const names = namesIn(all).sort();
  const byIndex = new Map(names.map((name) => [name, new Map<string, Capability>()]));
  for (const [field, types] of Object.entries(objectIn(fields, 'fields'))) {
    for (const [type, capability] of Object.entries(objectIn(types, 'fields[]'))) {
      if (type === 'unmapped') continue;
      const { indices, aggregatable, non_aggregatable_indices: others } = objectIn(capability, 'fields[]');
      if (typeof aggregatable !== 'boolean') throw odd('aggregatable', aggregatable);
      // Lists are absent if the same applies to all indices (Elasticsearch: field capabilities API).
      const notIn = others === undefined ? null : new Set(namesIn(others));
      for (const index of indices === undefined ? names : namesIn(indices)) {
        const isAggregatable = aggregatable || (notIn !== null && !notIn.has(index));
        byIndex.get(index)?.set(field, { type, isAggregatable });
      }
    }
  }
  return byIndex;
}

const namesIn = (value: unknown): string[] =>
  listIn([value].flat(), 'indices').map((name) => textIn(name, 'indices'));

/** One of several failures is enough. */
function describeFailedIndex(failure: unknown): string {
  const { indices, failure: cause } = objectIn(failure, 'failures[]');
  const type = /"type":"([a-z_]+)"/.exec(JSON.stringify(cause ?? null))?.[1] ?? 'error';
  return BAD_ANSWERS.fieldsOf(namesIn(indices)[0] ?? null, type);
}
