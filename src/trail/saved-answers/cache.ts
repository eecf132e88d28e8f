import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS } from '../../base/time.js';
import type { TrailSource } from '../types.js';
import { storeAnswers } from './save.js';
import { holdsAnswers, replayAnswers } from './replay.js';

/** Saved answers per source of logs, for different periods and accounts. The least recently used are removed. */
const MAX_CACHED = 8;
const ANSWERS = /^[0-9a-f]{32}$/;
/** Answers being written. After a day, no run is still writing them. */
const UNFINISHED = /\.[0-9a-f-]{36}\.tmp$/;
const ABANDONED = DAY_MS;

/** A folder with the answers of earlier runs. A read-only cache is usable too. */
export class AnswerCache {
  readonly #folder: string;

  /** @param source describes the logs: answers about the same logs share a folder */
  constructor(
    readonly folder: string,
    source: unknown,
  ) {
    this.#folder = join(folder, sha256(JSON.stringify(source)).slice(0, 16));
  }

  /**
   * @param key what the answers depend on
   * @returns folder for answers under this key
   */
  place(key: string): string {
    return join(this.#folder, sha256(key).slice(0, 32));
  }

  /** @returns undefined if the cache has no complete, undamaged answers */
  async find(key: string): Promise<TrailSource | undefined> {
    const place = this.place(key);
    if (!(await holdsAnswers(place, key))) return undefined;
    // Marks them as recently used, so that other runs do not remove them.
    await utimes(place, new Date(), new Date()).catch(() => undefined);
    return await replayAnswers(place);
  }

  /**
   * Writes all answers or none.
   * @returns the same answers, from the cache; undefined if another attempt may give better answers
   * @throws Error of the trail or the disk
   */
  async add(trail: TrailSource, key: string): Promise<TrailSource | undefined> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const place = this.place(key);
    const temporary = `${place}.${randomUUID()}.tmp`;
    try {
      if (!(await storeAnswers(trail, temporary, key))) return undefined;
      // Another run may have written the same answers, and may be reading them.
      if (!(await holdsAnswers(place, key))) {
        rmSync(place, { recursive: true, force: true });
        renameSync(temporary, place);
      }
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    this.#tidy();
    return await replayAnswers(place);
  }

  #tidy(): void {
    const entries = readdirSync(this.#folder)
      .map((name) => ({ name, path: join(this.#folder, name) }))
      .map((entry) => ({ ...entry, time: statSync(entry.path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
    const old = entries
      .filter(({ name }) => ANSWERS.test(name))
      .sort((a, b) => b.time - a.time)
      .slice(MAX_CACHED);
    const abandoned = entries.filter(
      ({ name, time }) => UNFINISHED.test(name) && Date.now() - time > ABANDONED,
    );
    for (const { path } of [...old, ...abandoned]) rmSync(path, { recursive: true, force: true });
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
