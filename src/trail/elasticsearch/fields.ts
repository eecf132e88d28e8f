import { compareText } from '../../base/compare.js';
import { TrailError } from '../errors.js';
import type { Capabilities, Capability } from './capabilities.js';
import { FIELDS, LAYOUTS, OPTIONAL_FIELDS, type FieldName, type LayoutName } from './layouts.js';
import { CONTENT_FIELDS } from './index-content.js';
import { INDEX_ERRORS } from '../../wording/elasticsearch-index.js';

export interface ResolvedField {
  /** For filters and aggregations. */
  readonly exact: string;
  /** Where a hit has the full value, however long. */
  readonly whole: string;
  /** From the mapping. */
  readonly type: string;
  /** Every value that is not too long can be read without the document. */
  readonly hasDocValues: boolean;
}

export interface FieldTable {
  readonly layout: LayoutName;
  /** Parent field of the records; '' for none. */
  readonly prefix: string;
  readonly timestamp: string;
  /** Fields that no document of the index has are missing here. */
  readonly fields: ReadonlyMap<FieldName, ResolvedField>;
  /** Names of unmapped fields, to look for in documents. */
  readonly absent: ReadonlyMap<FieldName, string>;
  /** Fields that some indices map and others do not, with those others. */
  readonly absentIn: ReadonlyMap<FieldName, readonly string[]>;
  /** Fields that documents may have, but that cannot be grouped. */
  readonly unusable: ReadonlySet<FieldName>;
}

const EXACT_TYPES = new Set(['keyword', 'constant_keyword', 'wildcard', 'boolean', 'flattened']);
/** Types that keep every value unchanged. */
const PLAIN_TYPES = new Set(['keyword', 'flattened']);
/** Field for eventTime of Elastic's own shippers, whatever `timestamp_field` is for other indices. */
const ECS_TIMESTAMP = '@timestamp';
const DATE_TYPES = new Set(['date', 'date_nanos']);

/** Names to request from `_field_caps`. */
export function candidateNames(keyPrefix: string, timestampField: string): string[] {
  const names = new Set([timestampField, ECS_TIMESTAMP, ...CONTENT_FIELDS]);
  for (const [layout, { nameOf }] of Object.entries(LAYOUTS)) {
    for (const field of FIELDS) {
      const base = nameOf(field);
      if (base === null) continue;
      const name = withPrefix(layout === 'raw' ? keyPrefix : '', base);
      for (const candidate of [name, `${name}.keyword`, `${name}.raw`, ...ancestors(name)])
        names.add(candidate);
    }
  }
  return [...names].sort(compareText);
}

/**
 * Finds each field in one index of a known layout.
 * @throws TrailError if a field cannot be grouped, or if the index has no CloudTrail fields
 */
export function resolveFields(
  capabilities: Capabilities,
  where: string,
  layout: LayoutName,
  options: { keyPrefix: string; timestampField: string },
): FieldTable {
  const { keyPrefix } = options;
  const prefix = layout === 'raw' ? keyPrefix : '';
  const isElsewhere = layout === 'ecs' && !capabilities.has(options.timestampField);
  const timestampField = isElsewhere ? ECS_TIMESTAMP : options.timestampField;
  const fields = new Map<FieldName, ResolvedField>();
  const absent = new Map<FieldName, string>();
  const unusable = new Set<FieldName>();
  const nameOf = (field: FieldName): string | null => nameIn(layout, prefix, field);
  for (const field of FIELDS) {
    const name = nameOf(field);
    if (name === null) continue;
    const resolved = resolveField(capabilities, name);
    if (resolved === null) absent.set(field, name);
    else if (resolved !== 'unusable') fields.set(field, resolved);
    else if (OPTIONAL_FIELDS.has(field)) unusable.add(field);
    else throw notUsable(name, where, prefix, capabilities);
  }
  // Its values are matched by regular expressions, which keys of flattened fields do not support.
  const listed = nameOf('resources.ARN');
  if (fields.has('resources.ARN') && listed !== null && !capabilities.has(listed)) {
    fields.delete('resources.ARN');
    unusable.add('resources.ARN');
  }
  for (const needed of ['eventSource', 'eventName'] as const) {
    const name = absent.get(needed);
    if (name === undefined) continue;
    throw new TrailError(INDEX_ERRORS.noField(where, name));
  }
  const type = capabilities.get(timestampField)?.type;
  if (type === undefined) throw new TrailError(INDEX_ERRORS.noTimestamp(where, timestampField));
  if (!DATE_TYPES.has(type)) throw new TrailError(INDEX_ERRORS.notDate(where, timestampField, type));
  return { layout, prefix, timestamp: timestampField, fields, absent, absentIn: new Map(), unusable };
}

/** @returns null if the index does not map it */
function resolveField(capabilities: Capabilities, name: string): ResolvedField | 'unusable' | null {
  const mapped = capabilities.get(name);
  const inside = ancestors(name).flatMap((ancestor) => capabilities.get(ancestor) ?? []);
  // Nested objects are separate documents, which the queries do not see.
  if (inside.some(({ type }) => type === 'nested')) return 'unusable';
  if (mapped === undefined) {
    // Keys of a flattened field work like keywords, but are not listed.
    const flattened = inside.find(({ type }) => type === 'flattened');
    return flattened === undefined ? null : resolvedAs(name, name, flattened);
  }
  for (const exact of [name, `${name}.keyword`, `${name}.raw`]) {
    const found = capabilities.get(exact);
    if (found !== undefined && EXACT_TYPES.has(found.type)) return resolvedAs(exact, name, found);
  }
  return mapped.type === 'object' ? null : 'unusable';
}

const resolvedAs = (exact: string, whole: string, { type, isAggregatable }: Capability): ResolvedField => ({
  exact,
  whole,
  type,
  hasDocValues: isAggregatable && PLAIN_TYPES.has(type),
});

/** @returns null: documents of this layout do not have the field */
export function nameIn(layout: LayoutName, prefix: string, field: FieldName): string | null {
  const base = LAYOUTS[layout].nameOf(field);
  return base === null ? null : withPrefix(prefix, base);
}

function notUsable(name: string, where: string, prefix: string, capabilities: Capabilities): TrailError {
  const list = [prefix, ...ancestors(prefix)].find((above) => capabilities.get(above)?.type === 'nested');
  if (list !== undefined) return new TrailError(INDEX_ERRORS.severalRecords(where, list));
  const type = capabilities.get(name)?.type ?? 'object';
  return new TrailError(INDEX_ERRORS.notGroupable(where, name, type));
}

function ancestors(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

export const withPrefix = (prefix: string, name: string): string =>
  prefix === '' ? name : `${prefix}.${name}`;
