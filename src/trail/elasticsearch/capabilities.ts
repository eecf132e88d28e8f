import { PartialAnswer } from './failures.js';
import { bodyIn, listIn, objectIn, odd, textIn } from './unexpected-answer.js';

export interface Capability {
  /** As the mapping has it. */
  readonly type: string;
  /** Its values can be grouped by, and read without the document. */
  readonly isAggregatable: boolean;
}

/** `_field_caps` of one index, by name of the field. */
export type Capabilities = ReadonlyMap<string, Capability>;

/**
 * The fields of each index, from an answer that was asked for with `include_unmapped`.
 * @returns by name of the index, remote ones as `cluster:index`; sorted
 * @throws PartialAnswer where some indices did not tell, UnexpectedAnswerError
 */
export function capabilitiesByIndex(answer: unknown): Map<string, Capabilities> {
  const { indices: all, fields, failures = [] } = bodyIn(answer);
  const [failure] = listIn(failures, 'failures');
  if (failure !== undefined) throw new PartialAnswer(describeFailedIndex(failure));
  const names = namesIn(all).sort();
  const byIndex = new Map(names.map((name) => [name, new Map<string, Capability>()]));
  for (const [field, types] of Object.entries(objectIn(fields, 'fields'))) {
    for (const [type, capability] of Object.entries(objectIn(types, 'fields[]'))) {
      if (type === 'unmapped') continue;
      const { indices, aggregatable, non_aggregatable_indices: others } = objectIn(capability, 'fields[]');
      if (typeof aggregatable !== 'boolean') throw odd('aggregatable', aggregatable);
      // Lists are absent where the same holds of all indices (Elasticsearch: field capabilities API).
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

/** One of several: it is enough that there is one. */
function describeFailedIndex(failure: unknown): string {
  const { indices, failure: cause } = objectIn(failure, 'failures[]');
  const type = /"type":"([a-z_]+)"/.exec(JSON.stringify(cause ?? null))?.[1] ?? 'error';
  return `the fields of ${namesIn(indices)[0] ?? 'an index'} could not be read (${type})`;
}
