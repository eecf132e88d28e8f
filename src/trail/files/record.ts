import { identify } from '../identity.js';
import { personOf, type Person } from '../people.js';
import type { Actor } from '../types.js';

/** What a record's `userIdentity` says, but for the access key. */
export interface Caller {
  readonly actor: Actor;
  readonly accountId: string | null;
  /** Whether its access keys are those of a role's sessions. */
  readonly inSession: boolean;
  /** Who stands behind a call in a role's session. */
  readonly person: Person | null;
}

type Json = Record<string, unknown>;

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** @param userIdentity as recorded */
export function callerOf(userIdentity: unknown): Caller {
  const identity = object(userIdentity);
  const context = object(identity.sessionContext);
  const issuer = object(context.sessionIssuer);
  const issuerArn = text(issuer.arn);
  const accountId = text(identity.accountId);
  return {
    actor: identify({
      type: text(identity.type),
      // With an issuer these hold the session's name.
      arn: issuerArn === null ? text(identity.arn) : null,
      principalId: issuerArn === null ? text(identity.principalId) : null,
      accountId,
      issuerArn,
      issuerId: text(issuer.principalId),
      invokedBy: issuerArn === null ? text(identity.invokedBy) : null,
    }),
    accountId,
    inSession: issuerArn?.includes(':role/') === true,
    person: personOf({ issuerArn, arn: text(identity.arn), sourceIdentity: text(context.sourceIdentity) }),
  };
}

const INSIGHTS = new Set<unknown>(['Insight', 'AwsCloudTrailInsight']);

/**
 * Insights events are about other events, and name no caller and no call at the top (CloudTrail User Guide: CloudTrail record contents
 * for Insights events for trails).
 */
export const isInsight = (eventCategory: unknown, eventType: unknown): boolean =>
  INSIGHTS.has(text(eventCategory) ?? eventType);

/** Whether a value is a CloudTrail record; nothing else is asked of one. */
export function isRecord(value: unknown): boolean {
  const { eventSource, eventName, eventTime } = object(value);
  return text(eventSource) !== null && text(eventName) !== null && eventTime !== undefined;
}
