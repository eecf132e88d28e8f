import { compareText } from '../base/compare.js';
import type { SessionStart } from './types.js';

/** The access key of a session, or a number for it. */
export type SessionKey = string | number;

/**
 * Session starts without duplicates: the trails of both accounts can have a record. Records are joined by the
 * access key of the session, or, if one has it redacted, by the ID of the shared event.
 */
export class DistinctStarts<Key extends SessionKey = string> {
  readonly #sessions = new Map<Key | string, SessionStart<Key>>();
  /** By shared event ID; only used after a start without a key, which is rare. */
  #keyOfEvent: Map<string, Key> | undefined;

  add(start: SessionStart<Key>): void {
    const { sessionKey } = start;
    if (sessionKey !== null) {
      this.#merge(sessionKey, start);
      // The ID is read only if needed: it may have to be created.
      if (this.#keyOfEvent !== undefined && start.sharedEventId !== null)
        this.#named(start.sharedEventId, sessionKey, this.#keyOfEvent);
      return;
    }
    const { sharedEventId } = start;
    if (sharedEventId === null) {
      this.#merge(`${start.eventId} ${start.time} ${start.roleArn}`, start);
    } else {
      this.#keyOfEvent ??= this.#keys();
      this.#merge(this.#keyOfEvent.get(sharedEventId) ?? sharedEventId, start);
    }
  }

  #merge(name: Key | string, start: SessionStart<Key>): void {
    const before = this.#sessions.get(name);
    this.#sessions.set(name, before === undefined ? start : mergeCopies(before, start));
  }

  /** Joins the start to an earlier one without key. */
  #named(sharedEventId: string, key: Key, keyOfEvent: Map<string, Key>): void {
    keyOfEvent.set(sharedEventId, key);
    const keyless = this.#sessions.get(sharedEventId);
    if (keyless === undefined) return;
    this.#sessions.delete(sharedEventId);
    this.#merge(key, keyless);
  }

  #keys(): Map<string, Key> {
    const keys = new Map<string, Key>();
    for (const { sessionKey, sharedEventId } of this.#sessions.values())
      if (sessionKey !== null && sharedEventId !== null) keys.set(sharedEventId, sessionKey);
    return keys;
  }

  /** Removes and returns the sessions that started before a time, in seconds since 1970. */
  take(before = Infinity): SessionStart<Key>[] {
    const taken: SessionStart<Key>[] = [];
    for (const [name, start] of this.#sessions) {
      if (start.time >= before) continue;
      taken.push(start);
      this.#sessions.delete(name);
      if (this.#keyOfEvent !== undefined && start.sharedEventId !== null)
        this.#keyOfEvent.delete(start.sharedEventId);
    }
    return taken;
  }
}

/** The copy of either account can have redacted keys: each fills the gaps of the other. */
function mergeCopies<Key extends SessionKey>(a: SessionStart<Key>, b: SessionStart<Key>): SessionStart<Key> {
  const [better, other] = isBetter(b, a) ? [b, a] : [a, b];
  const sessionKey = better.sessionKey ?? other.sessionKey;
  const callerKey = better.callerKey ?? other.callerKey;
  const sharedEventId = better.sharedEventId ?? other.sharedEventId;
  const roleArn = withPath(better.roleArn, other.roleArn);
  const isWhole =
    sessionKey === better.sessionKey &&
    callerKey === better.callerKey &&
    sharedEventId === better.sharedEventId &&
    roleArn === better.roleArn;
  if (isWhole) return better;
  const { source, time, eventId } = better;
  return { sessionKey, callerKey, source, roleArn, time, sharedEventId, eventId };
}

/**
 * ARN of a role without path, which redacted records lack: role names are unique in an account (IAM User Guide: IAM
 * identifiers).
 */
export const withoutPath = (roleArn: string): string => roleArn.replace(/:role\/.*\//s, ':role/');

/** Of two ARNs of one role, the one with the path. */
const withPath = (roleArn: string, other: string): string =>
  roleArn !== other && roleArn === withoutPath(other) ? other : roleArn;

/** Only the copy in the caller's account names the caller; the other copy has only account and ID. */
function isBetter<Key extends SessionKey>(a: SessionStart<Key>, b: SessionStart<Key>): boolean {
  const rank = ({ source }: SessionStart<Key>): number => (source.kind === 'external' ? 1 : 0);
  return (rank(a) - rank(b) || a.time - b.time || compareText(a.eventId, b.eventId)) < 0;
}
