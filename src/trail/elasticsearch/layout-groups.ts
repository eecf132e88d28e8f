import { countOf } from '../../base/maps.js';
import { TrailError } from '../errors.js';
import type { Capabilities } from './capabilities.js';
import { resolveFields, type FieldTable, type ResolvedField } from './fields.js';
import { OPTIONAL_FIELDS, type FieldName, type LayoutName } from './layouts.js';
import { detectContent, type IndexContent } from './index-content.js';
import { INDEX_ERRORS } from '../../wording/elasticsearch-index.js';

/** Indices that are read together, because their fields have the same names and types. */
export interface LayoutGroup {
  readonly table: FieldTable;
  /** Sorted; remote ones as `cluster:index`. */
  readonly indices: readonly string[];
  readonly documents: number;
}

export interface Grouping {
  /** Sorted by their first index. */
  readonly groups: readonly LayoutGroup[];
  /** Indices with documents that are not read. */
  readonly others: readonly { readonly index: string; readonly documents: number }[];
  /** All indices of the pattern can be read with the same table. */
  readonly isUniform: boolean;
}

interface Options {
  readonly keyPrefix: string;
  readonly timestampField: string;
  readonly mapping: 'auto' | LayoutName;
}

/**
 * Groups the indices of a pattern by layout. An empty index is added if it fits, and skipped otherwise.
 * @param documents by index; absent: none
 * @param whereOf name of an index in messages
 * @throws TrailError if no index with documents can be read, or if one has CloudTrail records in an unsupported
 *   form
 */
export function groupByLayout(
  byIndex: ReadonlyMap<string, Capabilities>,
  documents: ReadonlyMap<string, number>,
  whereOf: (index: string) => string,
  options: Options,
): Grouping {
  const groups: { table: FieldTable; indices: string[]; documents: number }[] = [];
  const others: { index: string; documents: number }[] = [];
  const add = (index: string, table: FieldTable): void => {
    const count = countOf(documents, index);
    const group = groups.find((other) => fits(other.table, table));
    if (group === undefined) {
      groups.push({ table, indices: [index], documents: count });
      return;
    }
    group.table = merge(group.table, group.indices, table, index);
    group.indices.push(index);
    group.documents += count;
  };
  const names = [...byIndex.keys()].sort();
  const filled = names.filter((index) => countOf(documents, index) > 0);
  const layoutOf = (index: string): IndexContent =>
    options.mapping === 'auto'
      ? detectContent(index, byIndex.get(index) ?? new Map(), options.keyPrefix)
      : { kind: options.mapping };
  for (const index of filled) {
    const found = layoutOf(index);
    if (found.kind === 'otel') throw new TrailError(INDEX_ERRORS.openTelemetry(whereOf(index)));
    if (found.kind === 'other' && found.prefixes.length > 0)
      throw isElsewhere(whereOf(index), found.prefixes, options.keyPrefix);
    if (found.kind === 'other') others.push({ index, documents: countOf(documents, index) });
    else add(index, resolveFields(byIndex.get(index) ?? new Map(), whereOf(index), found.kind, options));
  }
  const [first] = others;
  // Its error says what is missing.
  if (groups.length === 0 && first !== undefined)
    resolveFields(byIndex.get(first.index) ?? new Map(), whereOf(first.index), 'raw', options);
  let left = others.length;
  for (const index of names) {
    if (filled.includes(index)) continue;
    const table = tableOfEmpty(byIndex.get(index), whereOf(index), layoutOf(index), options);
    if (table !== null && groups.some((group) => fits(group.table, table))) add(index, table);
    else left += 1;
  }
  return {
    groups: groups.map((group) => ({ ...group, indices: group.indices.sort() })),
    others,
    isUniform: groups.length === 1 && left === 0,
  };
}

function tableOfEmpty(
  capabilities: Capabilities | undefined,
  where: string,
  { kind }: IndexContent,
  options: Options,
): FieldTable | null {
  if (capabilities === undefined || kind === 'otel' || kind === 'other') return null;
  try {
    return resolveFields(capabilities, where, kind, options);
  } catch (error) {
    if (error instanceof TrailError) return null;
    throw error;
  }
}

/**
 * Whether one query can read both: no field has two names, and relevant fields are usable in both or absent in
 * both.
 */
function fits(a: FieldTable, b: FieldTable): boolean {
  if (a.layout !== b.layout || a.timestamp !== b.timestamp) return false;
  for (const [field, { exact }] of b.fields) {
    const other = a.fields.get(field);
    if (other !== undefined && other.exact !== exact && !OPTIONAL_FIELDS.has(field)) return false;
  }
  return a.unusable.has('resources.ARN') === b.unusable.has('resources.ARN');
}

function merge(a: FieldTable, indices: readonly string[], b: FieldTable, index: string): FieldTable {
  const fields = new Map<FieldName, ResolvedField>();
  const absentIn = new Map<FieldName, readonly string[]>();
  const unusable = new Set([...a.unusable, ...b.unusable]);
  for (const [field, resolved] of [...a.fields, ...b.fields]) {
    const other = fields.get(field) ?? resolved;
    if (other.exact !== resolved.exact) unusable.add(field);
    fields.set(field, { ...resolved, hasDocValues: resolved.hasDocValues && other.hasDocValues });
  }
  for (const field of unusable) fields.delete(field);
  for (const field of new Set([...fields.keys(), ...unusable])) {
    const lacking = [
      ...(a.absent.has(field) ? indices : (a.absentIn.get(field) ?? [])),
      ...(b.absent.has(field) ? [index] : []),
    ];
    if (lacking.length > 0) absentIn.set(field, lacking);
  }
  const absent = new Map([...a.absent].filter(([field]) => b.absent.has(field)));
  return { ...a, fields, absent, absentIn, unusable };
}

function isElsewhere(where: string, prefixes: readonly string[], keyPrefix: string): TrailError {
  const [prefix = ''] = prefixes;
  return new TrailError(
    /(^|\.)Records$/.test(prefix)
      ? INDEX_ERRORS.severalRecords(where, prefix)
      : INDEX_ERRORS.otherPrefix(where, prefix, keyPrefix),
  );
}
