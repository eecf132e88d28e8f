import type { JsonObject } from './elasticsearch/index-records.js';

/** The five fields that most tests need. */
export interface Call {
  /** ISO 8601 UTC */
  readonly time: string;
  /** ARN of an IAM user, a role or `…:root`; or a service, such as `ec2.amazonaws.com`. */
  readonly caller: string;
  /** Such as `s3.amazonaws.com`. */
  readonly source: string;
  /** Such as `ListBuckets`. */
  readonly name: string;
  /** Such as `AccessDenied`; absent if the call succeeded. */
  readonly error?: string | undefined;
}

let serial = 0;

/**
 * A complete record of an API call (CloudTrail User Guide: CloudTrail record contents) with its own eventID.
 * @param over other fields of the record, such as requestParameters
 */
export function recordOf({ time, caller, source, name, error }: Call, over: JsonObject = {}): JsonObject {
  serial += 1;
  const userIdentity = identityOf(caller);
  return {
    eventVersion: '1.11',
    userIdentity,
    eventTime: time,
    eventSource: source,
    eventName: name,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31.0',
    ...(error === undefined ? {} : { errorCode: error, errorMessage: `${error} in a test` }),
    requestParameters: null,
    responseElements: null,
    requestID: `a0000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    eventID: `e0000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    readOnly: /^(Get|List|Describe|Head)/.test(name),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: userIdentity['accountId'] ?? '111122223333',
    eventCategory: 'Management',
    ...over,
  };
}

/**
 * An Insights event, which has neither caller nor call at the top level (CloudTrail User Guide: CloudTrail record
 * contents for Insights events for trails).
 * @param over other fields of the record
 */
export function insightRecord(accountId: string, time: string, over: JsonObject = {}): JsonObject {
  serial += 1;
  return {
    eventVersion: '1.08',
    eventTime: time,
    awsRegion: 'eu-central-1',
    eventID: `e0000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: accountId,
    sharedEventID: `b0000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    insightDetails: {
      state: 'Start',
      eventSource: 'autoscaling.amazonaws.com',
      eventName: 'CompleteLifecycleAction',
      insightType: 'ApiCallRateInsight',
      insightContext: {
        statistics: { baseline: { average: 0.0017 }, insight: { average: 3 } },
        attributions: [],
      },
    },
    eventCategory: 'Insight',
    ...over,
  };
}

/** A CloudTrail log file before compression. */
export const logFile = (...records: readonly unknown[]): string => JSON.stringify({ Records: records });

/** Unique ID of users and roles in tests: `AIDA`, or `AROA` for a role, and the name without `-`. */
export const idOf = (type: 'user' | 'role', name: string): string =>
  `${type === 'user' ? 'AIDA' : 'AROA'}${name.replaceAll(/[^a-z0-9]/gi, '').toUpperCase()}`;

/**
 * `userIdentity` of a caller (CloudTrail User Guide: CloudTrail userIdentity element); a role is in a session named
 * `session`.
 * @param caller as in Call
 */
function identityOf(caller: string): JsonObject {
  const [, partition = '', accountId = '', type = '', path = ''] =
    /^arn:([^:]+):iam::(\d+):([a-z]+)\/?(.*)$/.exec(caller) ?? [];
  const name = path.split('/').at(-1) ?? '';
  if (type === 'user') {
    const principalId = idOf('user', name);
    return {
      type: 'IAMUser',
      principalId,
      arn: caller,
      accountId,
      accessKeyId: `AKIA${name.toUpperCase()}`,
      userName: name,
    };
  }
  if (type === 'role') {
    const principalId = idOf('role', name);
    return {
      type: 'AssumedRole',
      principalId: `${principalId}:session`,
      arn: `arn:${partition}:sts::${accountId}:assumed-role/${name}/session`,
      accountId,
      accessKeyId: `ASIA${name.toUpperCase()}`,
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId, arn: caller, accountId, userName: name },
      },
    };
  }
  if (type === 'root')
    return { type: 'Root', principalId: accountId, arn: caller, accountId, accessKeyId: '' };
  return { type: 'AWSService', invokedBy: caller };
}
