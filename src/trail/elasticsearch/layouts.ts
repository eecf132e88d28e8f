import type { estypes } from '@elastic/elasticsearch';
import { RESOURCE_PARAMETERS } from '../resources/table.js';
import { SIGN_IN } from '../rules.js';

/** Fields that the questions need, by CloudTrail's names (CloudTrail User Guide: Record contents). */
const CORE_FIELDS = [
  'eventSource',
  'eventName',
  'eventID',
  'errorCode',
  'eventType',
  'eventCategory',
  'awsRegion',
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
  'userIdentity.sessionContext.sourceIdentity',
  'resources.ARN',
  'responseElements.credentials.accessKeyId',
  'responseElements.assumedRoleUser.arn',
  'sharedEventID',
  'addendum.originalEventID',
  // What `ingest` adds: see StoredRequest.
  'cloudtracker.plan',
  'cloudtracker.request',
  'cloudtracker.roles',
  // The whole record as JSON, which some shippers keep.
  'original',
] as const;
type CoreField = (typeof CORE_FIELDS)[number];
/** A top-level parameter of the request. */
export type ParameterField = `requestParameters.${string}`;
type SignInField = `responseElements.${(typeof SIGN_IN.answers)[number]}`;
export type FieldName = CoreField | ParameterField | SignInField;

/** Results of sign-ins. */
export const SIGN_IN_FIELDS: readonly SignInField[] = SIGN_IN.answers.map(
  (name) => `responseElements.${name}` as const,
);
const isSignIn = (field: FieldName): field is SignInField =>
  (SIGN_IN_FIELDS as readonly FieldName[]).includes(field);

export const parameterField = (name: string): ParameterField => `requestParameters.${name}`;

const isParameter = (field: FieldName): field is ParameterField => field.startsWith('requestParameters.');

/** Fields that name the resources of a call. */
export const RESOURCE_FIELDS: ReadonlySet<FieldName> = new Set<FieldName>([
  'resources.ARN',
  ...Object.values(RESOURCE_PARAMETERS).flatMap((rules) => rules.map(({ name }) => parameterField(name))),
]);

/** Without these, answers are incomplete but not wrong. */
export const OPTIONAL_FIELDS: ReadonlySet<FieldName> = new Set<FieldName>([
  ...[...RESOURCE_FIELDS].filter((field) => field !== 'requestParameters.roleArn'),
  'requestParameters.roleSessionName',
  'responseElements.assumedRoleUser.arn',
  'sharedEventID',
  'userIdentity.sessionContext.sourceIdentity',
  'addendum.originalEventID',
  'awsRegion',
  'cloudtracker.plan',
  'cloudtracker.request',
  'cloudtracker.roles',
  'original',
  ...SIGN_IN_FIELDS,
]);

/** All fields. */
export const FIELDS: readonly FieldName[] = [
  ...new Set<FieldName>([
    ...CORE_FIELDS,
    'requestParameters.roleArn',
    'requestParameters.roleSessionName',
    ...RESOURCE_FIELDS,
    ...SIGN_IN_FIELDS,
  ]),
];

/** Values of one record or bucket; null or missing: the record has no such field. */
export type Values = Partial<Readonly<Record<FieldName, string | null>>>;

/** The same while building. */
export type GrowingValues = { -readonly [Field in keyof Values]: Values[Field] };

/** A value as text; null for none. Booleans (managementEvent) are text in other indices: one spelling for both. */
export function textOf(value: string | number | boolean | null | undefined): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}

export type LayoutName = 'raw' | 'ecs';

interface Layout {
  /** Where requests are as objects. */
  readonly parameters: string;
  /** Null: documents of this layout do not have the field. */
  readonly nameOf: (field: FieldName) => string | null;
  /** Matches the CloudTrail records of the index. */
  readonly filter: readonly estypes.QueryDslQueryContainer[];
}

const RAW: Layout = {
  parameters: 'requestParameters',
  nameOf: (field) => (field === 'original' ? null : field),
  filter: [],
};

/** Fields of Elastic's own shippers: the aws package of Elastic Agent and the aws module of Filebeat. */
const ECS_NAMES: Readonly<Record<CoreField, string | null>> = {
  eventSource: 'event.provider',
  eventName: 'event.action',
  eventID: 'event.id',
  errorCode: 'aws.cloudtrail.error_code',
  eventType: 'aws.cloudtrail.event_type',
  eventCategory: 'aws.cloudtrail.event_category',
  awsRegion: 'cloud.region',
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
  'responseElements.credentials.accessKeyId':
    'aws.cloudtrail.flattened.response_elements.credentials.accessKeyId',
  sharedEventID: 'aws.cloudtrail.shared_event_id',
  'addendum.originalEventID': null,
  'cloudtracker.plan': null,
  'cloudtracker.request': null,
  'cloudtracker.roles': null,
  original: 'event.original',
  'userIdentity.sessionContext.sourceIdentity': null,
  'resources.ARN': 'aws.cloudtrail.resources.arn',
  'responseElements.assumedRoleUser.arn': 'aws.cloudtrail.flattened.response_elements.assumedRoleUser.arn',
};

const ECS: Layout = {
  parameters: 'aws.cloudtrail.flattened.request_parameters',
  nameOf: (field) => {
    if (isParameter(field)) return `${ECS.parameters}.${field.slice('requestParameters.'.length)}`;
    // Elastic's shippers set it from the result of a sign-in, and for other events from the error.
    if (isSignIn(field)) return field === 'responseElements.ConsoleLogin' ? 'event.outcome' : null;
    return ECS_NAMES[field];
  },
  filter: [{ term: { 'event.dataset': 'aws.cloudtrail' } }],
};

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = { raw: RAW, ecs: ECS };
