import { assumedRole } from '../../../src/trail/identity.js';
import type { RawPerson } from '../../../src/trail/people.js';
import type { RawActor } from '../../../src/trail/types.js';

/** The fields of a CloudTrail record that a review needs (CloudTrail User Guide: CloudTrail record contents). */
export interface LogRecord {
  readonly actor: RawActor;
  readonly person: RawPerson;
  readonly eventId: string | null;
  /** As recorded. */
  readonly eventTime: unknown;
  readonly eventSource: string;
  readonly eventName: string;
  readonly errorCode: string | null;
  readonly recipientAccountId: string | null;
  readonly apiCall: boolean;
  readonly dataEvent: boolean;
  readonly category: string | null;
  readonly accessKeyId: string | null;
  /** Of AssumeRole* records. */
  readonly session: {
    readonly roleArn: string | null;
    readonly sessionKey: string | null;
  };
  readonly sharedEventId: string | null;
  /** `resources[].ARN` */
  readonly listedArns: readonly string[];
  readonly requestParameters: Readonly<Record<string, unknown>>;
}

type Json = Record<string, unknown>;

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function arnsOf(resources: unknown): string[] {
  if (!Array.isArray(resources)) return [];
  return resources.map((resource) => object(resource).ARN).filter((arn) => typeof arn === 'string');
}

/** Reads what is needed and validates nothing else. @returns null when it is no CloudTrail record */
export function readRecord(value: unknown): LogRecord | null {
  const record = object(value);
  const eventSource = text(record.eventSource);
  const eventName = text(record.eventName);
  if (eventSource === null || eventName === null || record.eventTime === undefined) return null;
  const identity = object(record.userIdentity);
  const context = object(identity.sessionContext);
  const issuer = object(context.sessionIssuer);
  const issuerArn = text(issuer.arn);
  const eventType = text(record.eventType);
  const request = object(record.requestParameters);
  const response = object(record.responseElements);
  return {
    actor: {
      type: text(identity.type),
      // With an issuer these hold the session's name: grouping by them would make a group of every session.
      arn: issuerArn === null ? text(identity.arn) : null,
      principalId: issuerArn === null ? text(identity.principalId) : null,
      accountId: text(identity.accountId),
      issuerArn,
      issuerId: text(issuer.principalId),
      invokedBy: issuerArn === null ? text(identity.invokedBy) : null,
    },
    person: { issuerArn, arn: text(identity.arn), sourceIdentity: text(context.sourceIdentity) },
    eventId: text(record.eventID),
    eventTime: record.eventTime,
    eventSource,
    eventName,
    errorCode: text(record.errorCode),
    recipientAccountId: text(record.recipientAccountId) ?? text(identity.accountId),
    apiCall: eventType !== 'AwsServiceEvent' && eventType !== 'AwsConsoleSignIn',
    dataEvent: record.eventCategory === 'Data' || record.managementEvent === false,
    category: text(record.eventCategory) ?? eventType,
    accessKeyId: text(identity.accessKeyId),
    session: {
      roleArn: assumedRole(text(request.roleArn), text(object(response.assumedRoleUser).arn)),
      sessionKey: text(object(response.credentials).accessKeyId),
    },
    sharedEventId: text(record.sharedEventID),
    listedArns: arnsOf(record.resources),
    requestParameters: request,
  };
}
