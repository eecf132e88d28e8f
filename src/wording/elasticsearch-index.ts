import { plural } from '../base/plural.js';
import type { FieldName, LayoutName } from '../trail/elasticsearch/layouts.js';
import { capitalized, listed, someOf } from './lists.js';

/** Indices and their fields: errors, warnings, and what `check` shows. */

const LISTED_INDICES = 3;
const CHECK_INDICES = 5;

export const someIndices = (names: readonly string[]): string => someOf(names, LISTED_INDICES);

/** Names an index in messages; `where` in this file. */
export const indexAt = (name: string, host: string): string => `index ${name} at ${host}`;

/** What a report lacks without a field. A phrase, after the name of the field. */
const MISSING_FIELDS = {
  eventSource: 'events cannot be read',
  eventName: 'events cannot be read',
  eventID: 'an event that several trails recorded counts several times',
  errorCode: 'denied and failed calls, if any, count as used',
  eventType: 'sign-ins and AWS service events count as API calls',
  eventCategory: 'only managementEvent marks data events, and only eventType marks Insights events',
  awsRegion: 'the Regions that the trail records are unknown',
  managementEvent: 'only eventCategory marks data events',
  recipientAccountId: 'events count for the account of the caller; a failed query affects all accounts',
  'userIdentity.type': 'root and AWS services are not distinguished from other callers',
  'userIdentity.arn': 'users are identified by unique ID only',
  'userIdentity.principalId': 'a re-created user is not distinguished from its predecessor',
  'userIdentity.accountId': 'callers without an ARN have no account',
  'userIdentity.accessKeyId': 'calls in role sessions have no source',
  'userIdentity.invokedBy': 'calling AWS services have no name',
  'userIdentity.sessionContext.sessionIssuer.arn': 'roles with a path are identified by unique ID only',
  'userIdentity.sessionContext.sessionIssuer.principalId':
    'a re-created role is not distinguished from its predecessor',
  'userIdentity.sessionContext.sourceIdentity': 'people are identified by session name only',
  sharedEventID: 'a session can count twice if a trail redacts its key',
  'requestParameters.roleArn': 'sessions of roles with a path count for a role without a path',
  'requestParameters.roleSessionName': 'no effect on the report',
  'responseElements.credentials.accessKeyId': 'calls in role sessions have no source',
  'responseElements.ConsoleLogin': 'failed sign-ins, if any, count as activity',
  'addendum.originalEventID': 'a record that corrects an event counts as another event',
  'responseElements.assumedRoleUser.arn': 'role assumptions with redacted requests are not counted',
  'resources.ARN': 'resources are known from request parameters only',
} as const satisfies Partial<Record<FieldName, string>>;

export type ExplainedField = keyof typeof MISSING_FIELDS;

export const INDEX_ERRORS = {
  unreadable: (where: string, reason: string): string => `${capitalized(where)} cannot be read: ${reason}.`,
  empty: (where: string): string =>
    `${capitalized(where)} has no documents. Check elasticsearch.index, or load logs with cloudtracker ingest.`,
  noField: (where: string, field: string): string =>
    `${capitalized(where)} has no field ${field}, so its documents are not CloudTrail records. ` +
    'If the records are below another field, set key_prefix in the elasticsearch section.',
  noTimestamp: (where: string, field: string): string =>
    `${capitalized(where)} has no field ${field}. Set timestamp_field to the field with the event time.`,
  notDate: (where: string, field: string, type: string): string =>
    `Field ${field} of ${where} has the type ${type}, not date. Set timestamp_field to a date field, or map the field as date and reindex.`,
  notGroupable: (where: string, field: string, type: string): string =>
    `Field ${field} of ${where} has the type ${type}, which Elasticsearch cannot group by. ` +
    `Map it as keyword, or add the multi-field ${field}.keyword, in every index. Then reindex.`,
  openTelemetry: (where: string): string =>
    `${capitalized(where)} has CloudTrail logs with OpenTelemetry field names, which CloudTracker does not read. ` +
    'Exclude the index, for example with index: logs-*,-logs-aws.cloudtrail.otel-*. Read the same logs with files, or load them with cloudtracker ingest.',
  otherPrefix: (where: string, found: string, configured: string): string =>
    `${capitalized(where)} has the CloudTrail fields ${atPrefix(found)}, not ${atPrefix(configured)}. ` +
    `${found === '' ? 'Remove key_prefix from' : `Set key_prefix: ${found} in`} the elasticsearch section, or exclude the index in elasticsearch.index.`,
  severalRecords: (where: string, list: string): string =>
    `A document of ${where} contains several records, in the list ${list}, which Elasticsearch does not tell apart. Index each record as a document. ` +
    'To do so, use expand_event_list_from_field: Records (aws-s3 input of Filebeat, Elastic Serverless Forwarder), the split filter of Logstash, or cloudtracker ingest.',
  changedValues: (where: string, field: string, written: string, indexed: string): string =>
    `${capitalized(where)} changes values: ${field} is ${JSON.stringify(written)} in a document, but ${JSON.stringify(indexed)} in the index. ` +
    'Map the field as keyword without a normalizer, then reindex.',
  unindexed: (where: string, fields: readonly string[], indices: readonly string[]): string =>
    `${capitalized(where)} does not index ${listed(fields)}, although documents of ${someIndices(indices)} have ${fields.length === 1 ? 'this field' : 'these fields'}. ` +
    `Map ${fields.length === 1 ? 'it' : 'them'} as keyword, then reindex. A field limit, dynamic: false or enabled: false can be the cause.`,
} as const;

const atPrefix = (prefix: string): string => (prefix === '' ? 'at the top level' : `below ${prefix}`);

export const INDEX_WARNINGS = {
  missingField: (where: string, name: string, field: ExplainedField): string =>
    `${capitalized(where)} has no field ${name}: ${MISSING_FIELDS[field]}.`,
  unusedFields: (where: string, fields: readonly string[]): string =>
    `${capitalized(where)} does not index ${listed(fields)} as keyword, so the report does not use ${fields.length === 1 ? 'it' : 'them'}.`,
  lowerCase: (where: string): string =>
    `${capitalized(where)} has identifiers in lower case. They are compared without case, and suggestions retain the current resources. ` +
    'To have suggestions with the resources used, map identifiers as keyword without a normalizer.',
  noCloudTrail: (where: string, indices: readonly string[], documents: number): string =>
    `Of ${where}, ${someIndices(indices)} ${indices.length === 1 ? 'was' : 'were'} not read: no CloudTrail fields (${plural(documents, 'document')}).`,
} as const;

const LAYOUTS: Readonly<Record<LayoutName, string>> = {
  raw: 'raw: CloudTrail field names',
  ecs: 'ecs: Elastic Common Schema (Elastic Agent, Filebeat)',
};

/** `check`. */
export const INDEX_FINDINGS = {
  server: (version: string | null, where: string): string =>
    `Elasticsearch ${version ?? '(unknown version)'}, ${where}`,
  indices: (names: readonly string[], documents: number): string =>
    `${someOf(names, CHECK_INDICES)} (${plural(documents, 'document')})`,
  layout: (layout: LayoutName): string => LAYOUTS[layout],
  labels: { indices: 'indices', layout: 'layout' },
  columns: ['CloudTrail', 'in the index', 'type', ''],
  missing: (field: ExplainedField): string => `missing: ${MISSING_FIELDS[field]}`,
  notGroupable: (name: string, field: ExplainedField): string =>
    `${name} cannot be grouped by: ${MISSING_FIELDS[field]}`,
  missingIn: (indices: number, field: ExplainedField): string =>
    `missing in ${plural(indices, 'index', 'indices')}: ${MISSING_FIELDS[field]}`,
  parameters: 'requestParameters (resources)',
  indexedParameters: (found: number, all: number): string =>
    `${found} of ${plural(all, 'parameter')} that can name resources ${found === 1 ? 'is' : 'are'} indexed` +
    (found === 0 ? ': suggestions retain the current resources' : ''),
} as const;
