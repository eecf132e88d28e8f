import type { estypes } from '@elastic/elasticsearch';

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
 */
export function capabilitiesByIndex(
  answer: Pick<estypes.FieldCapsResponse, 'indices' | 'fields'>,
): Map<string, Capabilities> {
  const names = [answer.indices].flat().sort();
  const byIndex = new Map(names.map((name) => [name, new Map<string, Capability>()]));
  for (const [field, types] of Object.entries(answer.fields)) {
    for (const [type, { indices, aggregatable, non_aggregatable_indices: others }] of Object.entries(types)) {
      if (type === 'unmapped') continue;
      // Lists are absent where the same holds of all indices (Elasticsearch: field capabilities API).
      for (const index of indices === undefined ? names : [indices].flat()) {
        const isAggregatable = aggregatable || (others !== undefined && ![others].flat().includes(index));
        byIndex.get(index)?.set(field, { type, isAggregatable });
      }
    }
  }
  return byIndex;
}
