import type { estypes } from '@elastic/elasticsearch';

/** `_field_caps`: per field name, the types it has in the indices. */
export type Capabilities = ReadonlyMap<string, readonly string[]>;

/**
 * The fields of each index, from an answer that was asked for with `include_unmapped`.
 * @returns by name of the index, remote ones as `cluster:index`; sorted
 */
export function capabilitiesByIndex(
  answer: Pick<estypes.FieldCapsResponse, 'indices' | 'fields'>,
): Map<string, Capabilities> {
  const names = [answer.indices].flat().sort();
  const byIndex = new Map(names.map((name) => [name, new Map<string, string[]>()]));
  for (const [field, types] of Object.entries(answer.fields)) {
    for (const [type, { indices }] of Object.entries(types)) {
      if (type === 'unmapped') continue;
      // Absent where the field is of one type everywhere (Elasticsearch: field capabilities API).
      for (const index of indices === undefined ? names : [indices].flat())
        byIndex.get(index)?.set(field, [type]);
    }
  }
  return byIndex;
}
