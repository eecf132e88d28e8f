import { DAY } from '../time.js';
import type { SessionStart } from '../types.js';
import type { ArrayPool } from './array-pool.js';
import { PooledRows } from './pooled-rows.js';
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
  readonly rows: PooledRows;
  readonly texts: string[];
}

/** Starts of sessions until all records of them have come, 60 bytes each: as objects they take 300, and V8 as much again. */
export class WaitingStarts {
  readonly #days = new Map<number, DayOfStarts>();

  constructor(private readonly pool: ArrayPool) {}

  add({ session, caller, source, role, time, ids, texts }: Started): void {
    const day = Math.floor(time / DAY);
    let its = this.#days.get(day);
    if (its === undefined)
      this.#days.set(day, (its = { rows: new PooledRows(this.pool, WIDTH, CHUNK), texts: [] }));
    const at = its.rows.add();
    const chunk = its.rows.last;
    chunk[at] = session;
    chunk[at + 1] = caller;
    chunk[at + 2] = source;
    chunk[at + 3] = role;
    chunk[at + 4] = time - day * DAY;
    chunk.set(ids, at + IDS);
    moveId(chunk, at + IDS, texts, its.texts);
    moveId(chunk, at + IDS + ID_WIDTH, texts, its.texts);
  }

  /** Hands over those before a time, in seconds since 1970, and forgets them. */
  take(before: number, use: (start: Started) => void): void {
    for (const [day, { rows, texts }] of [...this.#days]) {
      if (day * DAY >= before) continue;
      this.#days.delete(day);
      rows.each((chunk, at) => {
        const start: Started = {
          session: chunk[at] ?? NO_SESSION,
          caller: chunk[at + 1] ?? NO_SESSION,
          source: chunk[at + 2] ?? 0,
          role: chunk[at + 3] ?? 0,
          time: day * DAY + (chunk[at + 4] ?? 0),
          ids: chunk.subarray(at + IDS, at + WIDTH),
          texts,
        };
        if (start.time < before) use(start);
        else this.add(start);
      });
      rows.free();
    }
  }
}

/** With what its numbers stand for. Few need their ids, which are made when somebody asks. */
export class NamedStart implements SessionStart<number> {
  readonly sessionKey: number | null;
  readonly callerKey: number | null;
  readonly time: number;
  readonly #ids: Int32Array;
  readonly #texts: readonly string[];

  constructor(
    { session, caller, time, ids, texts }: Started,
    readonly source: SessionStart['source'],
    readonly roleArn: string,
  ) {
    this.sessionKey = session === NO_SESSION ? null : session;
    this.callerKey = caller === NO_SESSION ? null : caller;
    this.time = time;
    this.#ids = ids.slice();
    this.#texts = texts;
  }

  get eventId(): string {
    return idAt(this.#ids, 0, this.#texts) ?? '';
  }

  get sharedEventId(): string | null {
    return idAt(this.#ids, ID_WIDTH, this.#texts);
  }
}
