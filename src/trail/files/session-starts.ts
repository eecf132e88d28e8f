import type { Actor, SessionStart } from '../types.js';
import { Ints, type Renumbering } from './intern.js';

/** Numbers of the actor, the session, the one that it was started from (-1 for none), and the role. */
const WIDTH = 4;

/** What `merge` takes. */
export interface StartsPart {
  readonly numbers: Int32Array<ArrayBuffer>;
  readonly seconds: readonly number[];
  readonly ids: readonly (string | null)[];
}

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
    this.#numbers.push(start.actor);
    this.#numbers.push(start.session);
    this.#numbers.push(start.caller);
    this.#numbers.push(start.role);
    this.#seconds.push(seconds);
    this.#ids.push(eventId, sharedEventId);
  }

  part(): StartsPart {
    return { numbers: this.#numbers.from(0), seconds: this.#seconds, ids: this.#ids };
  }

  merge(
    { numbers, seconds, ids }: StartsPart,
    actors: Renumbering,
    sessions: Renumbering,
    roles: Renumbering,
  ): void {
    for (const [start, time] of seconds.entries()) {
      const at = WIDTH * start;
      this.add(
        {
          actor: actors(numbers[at] ?? -1),
          session: sessions(numbers[at + 1] ?? -1),
          caller: sessions(numbers[at + 2] ?? -1),
          role: roles(numbers[at + 3] ?? -1),
        },
        time,
        ids[2 * start] ?? null,
        ids[2 * start + 1] ?? null,
      );
    }
  }

  /**
   * Sessions are known by their numbers.
   * @param sessions the same number for those that have the same key
   */
  *all(
    sessions: Int32Array,
    actorAt: (actor: number) => Actor | undefined,
    roleAt: (role: number) => string | undefined,
  ): Generator<SessionStart<number>> {
    for (const [start, seconds] of this.#seconds.entries()) {
      const at = WIDTH * start;
      const source = actorAt(this.#numbers.at(at));
      const roleArn = roleAt(this.#numbers.at(at + 3));
      if (source === undefined || roleArn === undefined) continue;
      yield {
        sessionKey: sessions[this.#numbers.at(at + 1)] ?? null,
        callerKey: sessions[this.#numbers.at(at + 2)] ?? null,
        source,
        roleArn,
        time: seconds,
        sharedEventId: this.#ids[2 * start + 1] ?? null,
        eventId: this.#ids[2 * start] ?? '',
      };
    }
  }
}
