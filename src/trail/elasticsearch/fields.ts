import type { estypes } from '@elastic/elasticsearch';
import { compareText } from '../aggregate.js';
import { TrailError } from '../errors.js';

/** What the questions need of a record, by CloudTrail's names (CloudTrail User Guide: Record contents). */
export const FIELDS = [
  'eventSource',
  'eventName',
  'eventID',
  'errorCode',
  'eventType',
  'eventCategory',
  'managementEvent',
  'recipientAccountId',
  'userIdentity.type',
  'userIdentity.arn',
  'userIdentity.principalId',
  'userIdentity.accountId',
  'userIdentity.accessKeyId',
  'userIdentity.invokedBy',
  'userIdentity.sessionContext.sessionIssuer.arn',
  'userIdentity.sessionContext.sessionIssuer.principalId',
  'requestParameters.roleArn',
  'requestParameters.roleSessionName',
  'responseElements.credentials.accessKeyId',
  'sharedEventID',
] as const;
export type FieldName = (typeof FIELDS)[number];

/** The values of one record or bucket; null or missing: the record has no such field. */
export type Values = Partial<Readonly<Record<FieldName, string | null>>>;

/** A value as text; null for none. Booleans (managementEvent) are words in other indices: one spelling for both. */
export function textOf(value: string | number | boolean | null | undefined): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}

export type LayoutName = 'raw' | 'ecs';

interface Layout {
  readonly names: Readonly<Record<FieldName, string>>;
  /** Documents of the index that are CloudTrail records. */
  readonly filter: readonly estypes.QueryDslQueryContainer[];
}

const RAW: Layout = {
  names: Object.fromEntries(FIELDS.map((name) => [name, name])) as Record<FieldName, string>,
  filter: [],
};

/** The fields of Elastic's own shippers: Elastic Agent's aws package and Filebeat's aws module. */
const ECS: Layout = {
  names: {
    eventSource: 'event.provider',
    eventName: 'event.action',
    eventID: 'event.id',
    errorCode: 'aws.cloudtrail.error_code',
    eventType: 'aws.cloudtrail.event_type',
    eventCategory: 'aws.cloudtrail.event_category',
    managementEvent: 'aws.cloudtrail.management_event',
    recipientAccountId: 'aws.cloudtrail.recipient_account_id',
    'userIdentity.type': 'aws.cloudtrail.user_identity.type',
    'userIdentity.arn': 'aws.cloudtrail.user_identity.arn',
    'userIdentity.principalId': 'user.id',
    'userIdentity.accountId': 'cloud.account.id',
    'userIdentity.accessKeyId': 'aws.cloudtrail.user_identity.access_key_id',
    'userIdentity.invokedBy': 'aws.cloudtrail.user_identity.invoked_by',
    'userIdentity.sessionContext.sessionIssuer.arn':
      'aws.cloudtrail.user_identity.session_context.session_issuer.arn',
    'userIdentity.sessionContext.sessionIssuer.principalId':
      'aws.cloudtrail.user_identity.session_context.session_issuer.principal_id',
    'requestParameters.roleArn': 'aws.cloudtrail.flattened.request_parameters.roleArn',
    'requestParameters.roleSessionName': 'aws.cloudtrail.flattened.request_parameters.roleSessionName',
    'responseElements.credentials.accessKeyId':
      'aws.cloudtrail.flattened.response_elements.credentials.accessKeyId',
    sharedEventID: 'aws.cloudtrail.shared_event_id',
  },
  filter: [{ term: { 'event.dataset': 'aws.cloudtrail' } }],
};

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = { raw: RAW, ecs: ECS };

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
}

/** `_field_caps`: per field name, the types it has in the indices. */
export type Capabilities = ReadonlyMap<string, readonly string[]>;

const EXACT_TYPES = new Set(['keyword', 'constant_keyword', 'wildcard', 'boolean', 'flattened']);
const DATE_TYPES = new Set(['date', 'date_nanos']);

/** The names to ask `_field_caps` for. */
export function candidateNames(keyPrefix: string, timestampField: string): string[] {
  const names = new Set([timestampField, 'eventName', 'resource.attributes.cloud.account.id']);
  for (const layout of Object.values(LAYOUTS)) {
    for (const base of Object.values(layout.names)) {
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
  for (const field of FIELDS) {
    const name = withPrefix(prefix, LAYOUTS[layout].names[field]);
    const resolved = resolveField(capabilities, name, where);
    if (resolved === null) absent.set(field, name);
    else fields.set(field, resolved);
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
  return { layout, timestamp: timestampField, fields, absent };
}

function guessLayout(capabilities: Capabilities, keyPrefix: string): LayoutName {
  if (capabilities.has(withPrefix(keyPrefix, 'eventName'))) return 'raw';
  return capabilities.has(ECS.names.eventName) && capabilities.has(ECS.names['userIdentity.type'])
    ? 'ecs'
    : 'raw';
}

function resolveField(capabilities: Capabilities, name: string, where: string): ResolvedField | null {
  const types = capabilities.get(name);
  if (types === undefined) {
    // The keys of a flattened field can be used like keywords, but are not listed.
    const flattened = ancestors(name).some(
      (ancestor) => capabilities.get(ancestor)?.includes('flattened') === true,
    );
    if (flattened) return { exact: name, whole: name };
    return null;
  }
  for (const exact of [name, `${name}.keyword`, `${name}.raw`]) {
    const found = capabilities.get(exact);
    if (found !== undefined && found.every((type) => EXACT_TYPES.has(type))) {
      // With text in one index and a keyword in another, neither name covers both.
      if (exact !== name && types.some((type) => EXACT_TYPES.has(type))) continue;
      return { exact, whole: name };
    }
  }
  if (types.every((type) => type === 'object')) return null;
  throw new TrailError(
    `${name} in ${where} is of type ${[...types].sort(compareText).join(' and ')}, which cannot be grouped by. ` +
      `Map it as keyword (or add a keyword multi-field ${name}.keyword) in every index and reindex.`,
  );
}

function ancestors(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

const withPrefix = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);
