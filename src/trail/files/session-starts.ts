import { iso } from '../time.js';
import type { Actor, SessionStart } from '../types.js';
import { Ints } from './intern.js';

/** Numbers of the actor, the session, the one that it was started from (-1 for none), and the role. */
const WIDTH = 4;

/** Starts of sessions, in numbers until all are there. */
export class SessionStarts {
  readonly #numbers = new Ints();
  readonly #seconds: number[] = [];
  /** Two of each. */
  readonly #ids: (string | null)[] = [];

  /**
   * @param session -1 where the record does not name it
   * @param caller session of the actor, -1 for none
   * @param seconds since 1970
   */
  add(
    start: {
      readonly actor: number;
      readonly session: number;
      readonly caller: number;
      readonly role: number;
    },
    seconds: number,
    eventId: string | null,
    sharedEventId: string | null,
  ): void {
    for (const number of [start.actor, start.session, start.caller, start.role]) this.#numbers.push(number);
    this.#seconds.push(seconds);
    this.#ids.push(eventId, sharedEventId);
  }

  /** @param keys access keys of sessions, by number */
  *all(
    keys: readonly string[],
    actorAt: (actor: number) => Actor | undefined,
    roleAt: (role: number) => string | undefined,
  ): Generator<SessionStart> {
    for (const [start, seconds] of this.#seconds.entries()) {
      const at = WIDTH * start;
      const source = actorAt(this.#numbers.at(at));
      const roleArn = roleAt(this.#numbers.at(at + 3));
      if (source === undefined || roleArn === undefined) continue;
      yield {
        sessionKey: keys[this.#numbers.at(at + 1)] ?? null,
        callerKey: keys[this.#numbers.at(at + 2)] ?? null,
        source,
        roleArn,
        time: iso(seconds),
        sharedEventId: this.#ids[2 * start + 1] ?? null,
        eventId: this.#ids[2 * start] ?? '',
      };
    }
  }
}
