import { isObject } from '../../../base/is-object.js';
import type { Person } from '../../people.js';
import type { Actor } from '../../types.js';

/** `userIdentity` of a record, without access key. */
export interface Caller {
  readonly actor: Actor;
  readonly accountId: string | null;
  /** Its access keys belong to role sessions. */
  readonly inSession: boolean;
  /** The person behind a call in a role session. */
  readonly person: Person | null;
}

type Json = Record<string, unknown>;

export const object = (value: unknown): Json => (isObject(value) ? value : {});
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Whether a value is a CloudTrail record. */
export function isRecord(value: unknown): boolean {
  const { eventSource, eventName, eventTime } = object(value);
  return text(eventSource) !== null && text(eventName) !== null && eventTime !== undefined;
}
