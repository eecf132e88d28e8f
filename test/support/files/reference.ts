/**
 * Reference implementation of what the files engine reads from a record, from the CloudTrail User Guide (CloudTrail
 * record contents; CloudTrail record contents for Insights events for trails), without code of src/.
 */
import { actorOf, object, personOf, roleOfSession, text } from './identity-reference.js';

/** Relevant facts of one event. */
export interface PlainEvent {
  readonly [part: string]: unknown;
}

/** How request parameters name resources, by event source: mirrors `ResourceParameter` in src/trail/resources. */
export type ResourceTable = Readonly<
  Record<
    string,
    readonly {
      readonly name: string;
      readonly arn: string | null;
      readonly events?: RegExp;
      readonly partial?: RegExp;
      readonly value?: RegExp;
      readonly named?: (arn: string) => string;
    }[]
  >
>;

const INSIGHTS = ['Insight', 'AwsCloudTrailInsight'];
const NETWORK_TYPES = ['AwsVpceEvent', 'AwsVpceEvents'];
const SIGN_INS = ['ConsoleLogin', 'CheckMfa', 'SwitchRole', 'ExitRole', 'RenewRole', 'PasswordUpdated'];
const STARTS = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];
const DENIED = [
  'AccessDenied',
  'Unauthorized',
  'UnauthorizedOperation',
  'NotAuthorized',
  'VpceAccessDenied',
  'AuthorizationError',
];
const MOST_RESOURCES = 20;

/**
 * @returns null if it is not a record, 'insight' for an event about other events, 'aggregated' for a summary of
 * events
 */
export function plainEvent(
  value: unknown,
  table: ResourceTable,
): PlainEvent | 'insight' | 'aggregated' | null {
  const record = object(value);
  const field = (name: string): string | null => text(record[name]);
  const time = isoSeconds(record['eventTime']);
  const notAnEvent = record['eventCategory'] === 'Aggregated' ? 'aggregated' : null;
  if (time === null) return notAnEvent;
  if (INSIGHTS.includes(field('eventCategory') ?? field('eventType') ?? '')) return 'insight';
  const [eventSource, eventName, errorCode] = [field('eventSource'), field('eventName'), field('errorCode')];
  if (eventSource === null || eventName === null) return notAnEvent;
  const identity = object(record['userIdentity']);
  const actor = actorOf(identity);
  const accessKeyId = text(identity['accessKeyId']);
  const inRole = text(object(object(identity['sessionContext'])['sessionIssuer'])['arn'])?.includes(':role/');
  const recipient = field('recipientAccountId') ?? text(identity['accountId']);
  const outcome =
    errorCode !== null
      ? isDenial(errorCode)
        ? 'denied'
        : 'failed'
      : isFailedSignIn(record)
        ? 'failed'
        : 'succeeded';
  const apiCall = !['AwsServiceEvent', 'AwsConsoleSignIn'].includes(field('eventType') ?? '');
  const networkActivity = NETWORK_TYPES.includes(field('eventType') ?? '');
  // Only the network activity event records a denial by an endpoint policy.
  const isNetworkCopy = networkActivity && errorCode !== 'VpceAccessDenied';
  const dataEvent =
    field('eventCategory') === 'Data' ||
    (field('eventCategory') === null && String(record['managementEvent']) === 'false' && !networkActivity);
  // A correction has the identity of the event that it corrects.
  const id = text(object(record['addendum'])['originalEventID']) ?? field('eventID');
  const identityParts = [id, time, eventSource, eventName, recipient ?? ''];
  const call = {
    eventSource,
    eventName,
    account: recipient ?? actor.accountId ?? 'unknown',
    actor: actor.arn,
  };
  return {
    time,
    actor,
    accessKeyId,
    sessionKey: inRole === true ? accessKeyId : null,
    person: personOf(identity),
    call: {
      recipient,
      eventSource,
      eventName,
      apiCall,
      networkActivity,
      isNetworkCopy,
      outcome,
      errorCode,
      dataEvent,
      region: field('awsRegion'),
      hasPlan: false,
    },
    resources: outcome === 'succeeded' && apiCall && !isNetworkCopy ? resourcesOf(record, call, table) : null,
    start: isNetworkCopy ? null : startOf(record),
    identity: id === null ? null : JSON.stringify(identityParts),
  };
}

/** AWS services write variants of these, such as `Client.UnauthorizedOperation` and `AccessDeniedException`. */
const isDenial = (errorCode: string): boolean =>
  errorCode.split('.').some((part) => DENIED.some((denied) => part.startsWith(denied)));

/** CloudTrail User Guide: AWS Management Console sign-in events. */
function isFailedSignIn(record: Readonly<Record<string, unknown>>): boolean {
  const response = object(record['responseElements']);
  return (
    record['eventSource'] === 'signin.amazonaws.com' && SIGN_INS.some((name) => response[name] === 'Failure')
  );
}

/** The session that a record started (CloudTrail User Guide: CloudTrail userIdentity element, AWS STS). */
function startOf(record: Readonly<Record<string, unknown>>): unknown {
  const isStart =
    record['eventSource'] === 'sts.amazonaws.com' && STARTS.includes(String(record['eventName']));
  if (!isStart || text(record['errorCode']) !== null) return null;
  const response = object(record['responseElements']);
  const requested = text(object(record['requestParameters'])['roleArn']);
  const assumed = roleOfSession(text(object(response['assumedRoleUser'])['arn']));
  // Only the request has the path of the role.
  const roleArn = requested?.startsWith('arn:') === true ? requested : (assumed ?? requested);
  if (roleArn === null) return null;
  return {
    roleArn,
    sessionKey: text(object(response['credentials'])['accessKeyId']),
    eventId: text(record['eventID']) ?? '',
    sharedEventId: text(record['sharedEventID']),
  };
}

interface Call {
  readonly eventSource: string;
  readonly eventName: string;
  readonly account: string;
  /** ARN */
  readonly actor: string;
}

/** @returns null if resources are unknown, incomplete, or too many */
function resourcesOf(
  record: Readonly<Record<string, unknown>>,
  call: Call,
  table: ResourceTable,
): readonly string[] | null {
  const listed = (Array.isArray(record['resources']) ? record['resources'] : [])
    .map((resource) => object(resource)['ARN'])
    .filter((arn): arn is string => typeof arn === 'string' && arn.startsWith('arn:'))
    // Object ARNs are too many; the record also has the bucket.
    .filter((arn) => !/^arn:[^:]*:s3:::[^/]*\//.test(arn));
  if (listed.length > 0) return sorted(listed);
  const request = object(record['requestParameters']);
  const rules = table[call.eventSource] ?? [];
  const named = [...new Set(rules.map(({ name }) => name))].filter(
    (name) => typeof request[name] === 'string',
  );
  const arns = named.map((name) =>
    namedBy(
      String(request[name]),
      call,
      rules.filter((rule) => rule.name === name),
    ),
  );
  return named.length === 0 || arns.includes(null) ? null : sorted(arns.filter((arn) => arn !== null));
}

const sorted = (arns: readonly string[]): readonly string[] | null => {
  const all = [...new Set(arns)].sort();
  return all.length > MOST_RESOURCES ? null : all;
};

/** The first matching rule says what a value names; null for nothing, or if the call uses other resources too. */
function namedBy(value: string, call: Call, rules: ResourceTable[string]): string | null {
  if (value.startsWith('HIDDEN_DUE_TO') || !/^[^\s*?{}"\\<>\p{Cc}]{1,2048}$/u.test(value)) return null;
  for (const rule of rules.filter(({ events }) => events?.test(call.eventName) !== false)) {
    const name = rule.value === undefined ? value : rule.value.exec(value)?.slice(1).join(':');
    const [prefix, partition = '', ...others] = call.actor.split(':');
    const arn = value.startsWith('arn:')
      ? (rule.named?.(value) ?? value)
      : name === undefined
        ? undefined
        : rule.arn
            ?.replaceAll('{p}', () =>
              prefix === 'arn' && partition !== '' && others.length > 0 ? partition : 'aws',
            )
            .replaceAll('{a}', () => call.account)
            .replaceAll('{v}', () => name);
    if (arn !== undefined) return rule.partial?.test(call.eventName) === true ? null : arn;
  }
  return null;
}

/**
 * ISO 8601 with or without offset (then UTC), years of four digits; or seconds or milliseconds since 1970, from
 * 2001 to 2286.
 */
function isoSeconds(value: unknown): string | null {
  const [, day, clock, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?$/.exec(
      typeof value === 'string' ? value : '',
    ) ?? [];
  const time =
    typeof value === 'number'
      ? sinceEpoch(value)
      : typeof value === 'string'
        ? Date.parse(`${day ?? ''}T${clock ?? ''}${zone}`)
        : NaN;
  if (Number.isNaN(new Date(time).getTime())) return null;
  const written = new Date(time).toISOString();
  return written.length === 24 ? `${written.slice(0, 19)}Z` : null;
}

function sinceEpoch(value: number): number {
  if (value >= 1e12 && value < 1e13) return value;
  return value >= 1e9 && value < 1e10 ? 1000 * value : NaN;
}
