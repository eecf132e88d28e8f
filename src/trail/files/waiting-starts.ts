import { DAY } from '../time.js';
import type { SessionStart } from '../types.js';
import type { ArrayPool } from './array-pool.js';
import { ID_WIDTH, idAt, moveId } from './start-ids.js';

/** Instead of the number of a session. */
export const NO_SESSION = -1;

/** A start of a role's session, in the numbers of all readers. */
export interface Started {
  /** NO_SESSION where its key is not known, as the session that it was started from. */
  readonly session: number;
  readonly caller: number;
  readonly source: number;
  readonly role: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** Its eventID and sharedEventID (start-ids.ts), and the texts of those that are no UUIDs. */
  readonly ids: Int32Array;
  readonly texts: readonly string[];
}

/** Numbers of a start: session, caller, source, role, seconds since its day began, and its ids. */
const WIDTH = 5 + 2 * ID_WIDTH;
const IDS = 5;
/** Starts in a chunk. */
const CHUNK = 128;

interface DayOfStarts {
  readonly chunks: Int32Array[];
  count: number;
  readonly texts: string[];
}

/** Starts of sessions until all records of them have come, 60 bytes each: as objects they take 300, and V8 as much again. */
export class WaitingStarts {
  readonly #days = new Map<number, DayOfStarts>();

  constructor(private readonly pool: ArrayPool) {}

  add({ session, caller, source, role, time, ids, texts }: Started): void {
    const day = Math.floor(time / DAY);
    let its = this.#days.get(day);
    if (its === undefined) this.#days.set(day, (its = { chunks: [], count: 0, texts: [] }));
    if (its.count === its.chunks.length * CHUNK) its.chunks.push(this.pool.take(WIDTH * CHUNK));
    const chunk = its.chunks.at(-1);
    const at = WIDTH * (its.count % CHUNK);
    its.count += 1;
    if (chunk === undefined) return;
    chunk.set([session, caller, source, role, time - day * DAY], at);
    chunk.set(ids, at + IDS);
    for (const id of [at + IDS, at + IDS + ID_WIDTH]) moveId(chunk, id, texts, its.texts);
  }

  /** Hands over those before a time, in seconds since 1970, and forgets them. */
  take(before: number, use: (start: Started) => void): void {
    for (const [day, { chunks, count, texts }] of [...this.#days]) {
      if (day * DAY >= before) continue;
      this.#days.delete(day);
      for (let each = 0; each < count; each += 1) {
        const at = WIDTH * (each % CHUNK);
        const numbers = chunks[Math.floor(each / CHUNK)]?.subarray(at, at + WIDTH) ?? NOTHING;
        const [session = 0, caller = 0, source = 0, role = 0, seconds = 0] = numbers;
        const time = day * DAY + seconds;
        const start = { session, caller, source, role, time, ids: numbers.subarray(IDS), texts };
        if (time < before) use(start);
        else this.add(start);
      }
      for (const chunk of chunks) this.pool.give(chunk);
    }
  }
}

const NOTHING = new Int32Array(WIDTH);

/** With what its numbers stand for. */
export const startOf = (
  { session, caller, time, ids, texts }: Started,
  source: SessionStart['source'],
  roleArn: string,
): SessionStart<number> => ({
  sessionKey: session === NO_SESSION ? null : session,
  callerKey: caller === NO_SESSION ? null : caller,
  source,
  roleArn,
  time,
  sharedEventId: idAt(ids, ID_WIDTH, texts),
  eventId: idAt(ids, 0, texts) ?? '',
});
