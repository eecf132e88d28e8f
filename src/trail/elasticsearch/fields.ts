import { compareText } from '../aggregate.js';
import { TrailError } from '../errors.js';
import { FIELDS, LAYOUTS, OPTIONAL_FIELDS, type FieldName, type LayoutName } from './layouts.js';

export interface ResolvedField {
  /** Exact values, for filters and aggregations. */
  readonly exact: string;
  /** Where a hit holds the whole value, however long. */
  readonly whole: string;
}

export interface FieldTable {
  readonly layout: LayoutName;
  readonly timestamp: string;
  /** Fields that no document of the index has are missing here. */
  readonly fields: ReadonlyMap<FieldName, ResolvedField>;
  /** Names in the index of the fields that it does not map, to look for in the documents themselves. */
  readonly absent: ReadonlyMap<FieldName, string>;
  /** Fields that documents may have, but which cannot be grouped by. */
  readonly unusable: ReadonlySet<FieldName>;
}

/** `_field_caps`: per field name, the types it has in the indices. */
export type Capabilities = ReadonlyMap<string, readonly string[]>;

const EXACT_TYPES = new Set(['keyword', 'constant_keyword', 'wildcard', 'boolean', 'flattened']);
const DATE_TYPES = new Set(['date', 'date_nanos']);

/** The names to ask `_field_caps` for. */
export function candidateNames(keyPrefix: string, timestampField: string): string[] {
  const names = new Set([timestampField, 'eventName', 'resource.attributes.cloud.account.id']);
  for (const layout of Object.values(LAYOUTS)) {
    for (const field of FIELDS) {
      const base = layout.nameOf(field);
      if (base === null) continue;
      const name = withPrefix(keyPrefix, base);
      for (const candidate of [name, `${name}.keyword`, `${name}.raw`, ...ancestors(name)])
        names.add(candidate);
    }
  }
  return [...names].sort(compareText);
}

/**
 * Where each field is in the index.
 * @throws TrailError when a field cannot be grouped by, or the index holds no CloudTrail records as far as its fields tell.
 */
export function resolveFields(
  capabilities: Capabilities,
  where: string,
  options: { keyPrefix: string; timestampField: string; mapping: 'auto' | LayoutName },
): FieldTable {
  const { keyPrefix, timestampField, mapping } = options;
  const layout = mapping === 'auto' ? guessLayout(capabilities, keyPrefix) : mapping;
  const prefix = layout === 'raw' ? keyPrefix : '';
  const fields = new Map<FieldName, ResolvedField>();
  const absent = new Map<FieldName, string>();
  const unusable = new Set<FieldName>();
  const nameOf = (field: FieldName): string | null => {
    const base = LAYOUTS[layout].nameOf(field);
    return base === null ? null : withPrefix(prefix, base);
  };
  for (const field of FIELDS) {
    const name = nameOf(field);
    if (name === null) continue;
    const resolved = resolveField(capabilities, name);
    if (resolved === null) absent.set(field, name);
    else if (resolved !== 'unusable') fields.set(field, resolved);
    else if (OPTIONAL_FIELDS.has(field)) unusable.add(field);
    else throw notUsable(name, where, capabilities.get(name) ?? []);
  }
  // Its values are matched by regular expressions, which the keys of flattened fields do not take.
  if (fields.has('resources.ARN') && !capabilities.has(nameOf('resources.ARN') ?? '')) {
    fields.delete('resources.ARN');
    unusable.add('resources.ARN');
  }
  for (const needed of ['eventSource', 'eventName'] as const) {
    const name = absent.get(needed);
    if (name === undefined) continue;
    throw new TrailError(
      `${where} has no field ${name}, so its documents are not CloudTrail records as CloudTracker reads them. ` +
        'Set key_prefix in the elasticsearch section if the records are nested under another field.',
    );
  }
  const types = capabilities.get(timestampField) ?? [];
  if (types.length === 0) {
    throw new TrailError(
      `${where} has no field ${timestampField}: set timestamp_field to the field with the event's time.`,
    );
  }
  const wrong = types.find((type) => !DATE_TYPES.has(type));
  if (wrong !== undefined) {
    throw new TrailError(
      `${timestampField} in ${where} is of type ${wrong}, not a date: set timestamp_field to a date field, or map it as date and reindex.`,
    );
  }
  return { layout, timestamp: timestampField, fields, absent, unusable };
}

function guessLayout(capabilities: Capabilities, keyPrefix: string): LayoutName {
  if (capabilities.has(withPrefix(keyPrefix, 'eventName'))) return 'raw';
  const isEcs = (['eventName', 'userIdentity.type'] as const).every((field) =>
    capabilities.has(LAYOUTS.ecs.nameOf(field) ?? ''),
  );
  return isEcs ? 'ecs' : 'raw';
}

/** @returns null where no index maps it */
function resolveField(capabilities: Capabilities, name: string): ResolvedField | 'unusable' | null {
  const types = capabilities.get(name);
  const inside = ancestors(name).flatMap((ancestor) => capabilities.get(ancestor) ?? []);
  // Nested objects are documents of their own, which the queries do not see.
  if (inside.includes('nested')) return 'unusable';
  if (types === undefined) {
    // The keys of a flattened field can be used like keywords, but are not listed.
    return inside.includes('flattened') ? { exact: name, whole: name } : null;
  }
  for (const exact of [name, `${name}.keyword`, `${name}.raw`]) {
    const found = capabilities.get(exact);
    if (found !== undefined && found.every((type) => EXACT_TYPES.has(type))) {
      // With text in one index and a keyword in another, neither name covers both.
      if (exact !== name && types.some((type) => EXACT_TYPES.has(type))) continue;
      return { exact, whole: name };
    }
  }
  return types.every((type) => type === 'object') ? null : 'unusable';
}

function notUsable(name: string, where: string, types: readonly string[]): TrailError {
  return new TrailError(
    `${name} in ${where} is of type ${[...types].sort(compareText).join(' and ')}, which cannot be grouped by. ` +
      `Map it as keyword (or add a keyword multi-field ${name}.keyword) in every index and reindex.`,
  );
}

function ancestors(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

const withPrefix = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);
