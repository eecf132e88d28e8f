/** Layout of test records in an index. */
export type IndexLayout =
  | 'keyword'
  /** Like keyword, with a normalizer that makes every value lower case. */
  | 'lower-case'
  | 'dynamic'
  | 'prefixed'
  | 'explicit'
  | 'flattened'
  | 'text'
  | 'ecs'
  /** Like older modules: parameters as text only, no resources, and the original record. */
  | 'ecs-text';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Settings that read the layout: what a user would write in config.yaml. */
export const LAYOUT_SETTINGS: Readonly<
  Record<IndexLayout, { readonly keyPrefix: string; readonly timestampField: string }>
> = {
  keyword: { keyPrefix: '', timestampField: 'eventTime' },
  'lower-case': { keyPrefix: '', timestampField: 'eventTime' },
  dynamic: { keyPrefix: '', timestampField: 'eventTime' },
  prefixed: { keyPrefix: 'json', timestampField: '@timestamp' },
  explicit: { keyPrefix: '', timestampField: 'eventTime' },
  flattened: { keyPrefix: '', timestampField: 'eventTime' },
  text: { keyPrefix: '', timestampField: 'eventTime' },
  // Detected automatically.
  ecs: { keyPrefix: '', timestampField: 'eventTime' },
  'ecs-text': { keyPrefix: '', timestampField: 'eventTime' },
};

const BATCH = 1_000;

/** Creates the index and fills it, ready to search. @throws if the server rejects a record */
export async function indexRecords(
  url: string,
  index: string,
  records: readonly JsonObject[],
  layout: IndexLayout,
  shards = 1,
): Promise<void> {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  await send(`${url}/${index}`, 'PUT', JSON.stringify(layoutBody(layout, shards)), 'application/json');
  await addRecords(url, index, records, layout);
}

/** Adds records to an existing index or data stream. @throws if the server rejects a record */
export async function addRecords(
  url: string,
  index: string,
  records: readonly JsonObject[],
  layout: IndexLayout,
): Promise<void> {
  for (let at = 0; at < records.length; at += BATCH) {
    const lines = records
      .slice(at, at + BATCH)
      .flatMap((record) => [{ create: {} }, documentOf(record, layout)].map((line) => JSON.stringify(line)));
    const answer = await send(
      `${url}/${index}/_bulk`,
      'POST',
      `${lines.join('\n')}\n`,
      'application/x-ndjson',
    );
    if (/"errors":true/.test(answer))
      throw new Error(`Not all records were indexed: ${answer.slice(0, 1_500)}`);
  }
  await send(`${url}/${index}/_refresh`, 'POST', '', 'application/json');
}

export async function send(url: string, method: string, body: string, type: string): Promise<string> {
  const init = body === '' ? { method } : { method, body, headers: { 'content-type': type } };
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${method} ${url}: status ${String(response.status)} ${text.slice(0, 1_500)}`);
  return text;
}

const keyword = { type: 'keyword' };
const date = { type: 'date' };

/** Settings and mappings. */
export function layoutBody(layout: IndexLayout, shards = 1): JsonObject {
  const settings = {
    number_of_shards: shards,
    number_of_replicas: 0,
    'index.mapping.total_fields.limit': 20_000,
  };
  const strings = (mapping: JsonObject): JsonObject => ({
    date_detection: false,
    dynamic_templates: [{ strings: { match_mapping_type: 'string', mapping } }],
    properties: { eventTime: date },
  });
  switch (layout) {
    case 'keyword':
      return { settings, mappings: strings(keyword) };
    case 'lower-case': {
      const analysis = { normalizer: { lower: { type: 'custom', filter: ['lowercase'] } } };
      return { settings: { ...settings, analysis }, mappings: strings({ ...keyword, normalizer: 'lower' }) };
    }
    case 'dynamic':
      return { settings };
    case 'prefixed':
      return { settings, mappings: { date_detection: false, properties: { '@timestamp': date } } };
    case 'text':
      return { settings, mappings: { properties: { eventTime: date, eventName: { type: 'text' } } } };
    case 'explicit':
      return { settings, mappings: { dynamic: false, properties: EXPLICIT } };
    case 'flattened':
      return { settings, mappings: { dynamic: false, properties: { ...EXPLICIT, ...FLATTENED } } };
    case 'ecs':
      return { settings, mappings: { dynamic: false, properties: ECS } };
    case 'ecs-text':
      return { settings, mappings: { dynamic: false, properties: ECS_TEXT } };
  }
}

const fields = (...names: string[]): JsonObject => Object.fromEntries(names.map((name) => [name, keyword]));
const nested = (properties: JsonObject): JsonObject => ({ properties });

const EXPLICIT: JsonObject = {
  eventTime: date,
  ...fields(
    'eventSource',
    'eventName',
    'eventID',
    'errorCode',
    'eventType',
    'eventCategory',
    'awsRegion',
    'recipientAccountId',
  ),
  ...fields('sharedEventID'),
  managementEvent: { type: 'boolean' },
  userIdentity: nested({
    ...fields('type', 'arn', 'principalId', 'accountId', 'accessKeyId', 'invokedBy'),
    sessionContext: nested({
      ...fields('sourceIdentity'),
      sessionIssuer: nested(fields('arn', 'principalId')),
    }),
  }),
  requestParameters: nested(fields('roleArn', 'roleSessionName')),
  responseElements: nested({
    credentials: nested(fields('accessKeyId')),
    assumedRoleUser: nested(fields('arn')),
    ...fields('ConsoleLogin', 'CheckMfa'),
  }),
  addendum: nested(fields('originalEventID')),
};

const flattened = { type: 'flattened', ignore_above: 8_191 };
const FLATTENED: JsonObject = {
  requestParameters: flattened,
  responseElements: flattened,
  resources: nested(fields('ARN')),
};

const ECS: JsonObject = {
  '@timestamp': date,
  event: nested(fields('dataset', 'provider', 'action', 'id', 'outcome')),
  user: nested(fields('id', 'name')),
  cloud: nested({ account: nested(fields('id')), ...fields('region') }),
  aws: nested({
    cloudtrail: nested({
      ...fields('error_code', 'event_type', 'event_category', 'management_event', 'recipient_account_id'),
      ...fields('shared_event_id'),
      resources: nested(fields('arn')),
      user_identity: nested({
        ...fields('type', 'arn', 'access_key_id', 'invoked_by'),
        session_context: nested({ session_issuer: nested(fields('arn', 'principal_id')) }),
      }),
      flattened: nested({
        request_parameters: { type: 'flattened' },
        response_elements: { type: 'flattened' },
      }),
    }),
  }),
};

const { cloudtrail } = (ECS['aws'] as { properties: { cloudtrail: { properties: JsonObject } } }).properties;
/** Fields that older modules do not write. */
const OLDER = { flattened: undefined, resources: undefined };
const ECS_TEXT: JsonObject = {
  ...ECS,
  event: nested({
    ...fields('dataset', 'provider', 'action', 'id', 'outcome'),
    original: { type: 'keyword', index: false, doc_values: false },
  }),
  aws: nested({
    cloudtrail: nested({
      ...cloudtrail.properties,
      ...OLDER,
      request_parameters: keyword,
      response_elements: keyword,
    }),
  }),
};

function documentOf(record: JsonObject, layout: IndexLayout): JsonObject {
  if (layout === 'prefixed') return { '@timestamp': record['eventTime'], json: record };
  if (layout === 'ecs') return ecsDocument(record);
  return layout === 'ecs-text' ? olderEcsDocument(record) : record;
}

/** A record as Elastic's own shippers write it. */
function ecsDocument(record: JsonObject): JsonObject {
  const identity = object(record['userIdentity']);
  const issuer = object(object(identity['sessionContext'])['sessionIssuer']);
  return {
    '@timestamp': record['eventTime'],
    event: {
      dataset: 'aws.cloudtrail',
      provider: record['eventSource'],
      action: record['eventName'],
      id: record['eventID'],
      outcome: ecsOutcome(record),
    },
    user: { id: identity['principalId'], name: identity['userName'] },
    cloud: { account: { id: identity['accountId'] }, region: record['awsRegion'] },
    aws: {
      cloudtrail: {
        error_code: record['errorCode'],
        event_type: record['eventType'],
        event_category: record['eventCategory'],
        management_event:
          typeof record['managementEvent'] === 'boolean' ? String(record['managementEvent']) : undefined,
        recipient_account_id: record['recipientAccountId'],
        shared_event_id: record['sharedEventID'],
        user_identity: {
          type: identity['type'],
          arn: identity['arn'],
          access_key_id: identity['accessKeyId'],
          invoked_by: identity['invokedBy'],
          session_context: { session_issuer: { arn: issuer['arn'], principal_id: issuer['principalId'] } },
        },
        resources: list(record['resources']).map((resource) => ({ arn: resource['ARN'] })),
        flattened: {
          request_parameters: record['requestParameters'] ?? undefined,
          response_elements: record['responseElements'] ?? undefined,
        },
      },
    },
  };
}

function ecsOutcome(record: JsonObject): string {
  const signIn = object(record['responseElements'])[String(record['eventName'])];
  const isFailed = Boolean(record['errorCode']) || Boolean(record['errorMessage']) || signIn === 'Failure';
  return isFailed ? 'failure' : 'success';
}

function olderEcsDocument(record: JsonObject): JsonObject {
  const document = ecsDocument(record);
  return {
    ...document,
    event: { ...object(document['event']), original: JSON.stringify(record) },
    aws: {
      cloudtrail: {
        ...object(object(document['aws'])['cloudtrail']),
        ...OLDER,
        request_parameters: javaText(record['requestParameters']),
        response_elements: javaText(record['responseElements']),
      },
    },
  };
}

/** `{roleArn=arn:…, roleSessionName=…}`, like a printed Java map. */
function javaText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return JSON.stringify(value).replace(/^"|"$/g, '');
  const pairs = Object.entries(value).map(([key, inner]) => `${key}=${javaText(inner) ?? 'null'}`);
  return `{${pairs.join(', ')}}`;
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map(object) : [];
}
