import { identify } from '../../identity.js';
import { personOf, type Person } from '../../people.js';
import type { Actor } from '../../types.js';

/** The `userIdentity` of a record, without the access key. */
export interface Caller {
  readonly actor: Actor;
  readonly accountId: string | null;
  /** Whether its access keys are those of role sessions. */
  readonly inSession: boolean;
  /** The person behind a call in a role session. */
  readonly person: Person | null;
}

type Json = Record<string, unknown>;

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** @param userIdentity as recorded */
export function parseCaller(userIdentity: unknown): Caller {
  const identity = object(userIdentity);
  const context = object(identity.sessionContext);
  const issuer = object(context.sessionIssuer);
  const issuerArn = text(issuer.arn);
  const accountId = text(identity.accountId);
  return {
    actor: identify({
      type: text(identity.type),
      // With an issuer, these fields hold the session's name.
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

/** Whether a value is a CloudTrail record. */
export function isRecord(value: unknown): boolean {
  const { eventSource, eventName, eventTime } = object(value);
  return text(eventSource) !== null && text(eventName) !== null && eventTime !== undefined;
}
