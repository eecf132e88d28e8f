import { compareText } from '../base/compare.js';
import type { SessionStart } from './types.js';

/** What stands for a session's access key: itself, or a number. */
export type SessionKey = string | number;

/**
 * Sessions by their starts, each once: both accounts' trails may tell of one. What joins their records is the session's key,
 * and where one has it redacted, the id of the event that they share.
 */
export class DistinctStarts<Key extends SessionKey = string> {
  readonly #sessions = new Map<Key | string, SessionStart<Key>>();
  /** Of shared events; only since there was a start without a key, which is rare. */
  #keyOfEvent: Map<string, Key> | undefined;

  add(start: SessionStart<Key>): void {
    const { sessionKey } = start;
    if (sessionKey !== null) {
      this.#merge(sessionKey, start);
      // Its id is asked for only where it matters: it may have to be made.
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

  /** Joins the start to one without the key that came before. */
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

  /** Hands over the sessions that began before a time, in seconds since 1970, and forgets them. */
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

/** Either account's copy may have its keys redacted: what one lacks, the other supplies. */
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

/** A role's ARN without its path, which records that are redacted lack: names are unique in an account (IAM User Guide: IAM identifiers). */
export const withoutPath = (roleArn: string): string => roleArn.replace(/:role\/.*\//s, ':role/');

/** Of two ARNs of one role: the one with the path. */
const withPath = (roleArn: string, other: string): string =>
  roleArn !== other && roleArn === withoutPath(other) ? other : roleArn;

/** The caller's own copy names the caller; the other account's copy has only an account and an id. */
function isBetter<Key extends SessionKey>(a: SessionStart<Key>, b: SessionStart<Key>): boolean {
  const rank = ({ source }: SessionStart<Key>): number => (source.kind === 'external' ? 1 : 0);
  return (rank(a) - rank(b) || a.time - b.time || compareText(a.eventId, b.eventId)) < 0;
}
