import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { describeError } from '../base/describe-error.js';
import { toolVersion } from '../base/tool-version.js';
import { isDiskError, toOutputError } from '../report/staging/errors.js';
import { removeAnswers } from '../report/staging/work-folder.js';
import type { Staging } from '../report/output.js';
import { sha256Of } from '../report/staging/sums.js';
import type { LogSource } from '../trail/source.js';
import { AnswerCache } from '../trail/saved-answers/cache.js';
import { sealFile } from '../trail/saved-answers/format.js';
import { holdsAnswers, replayAnswers } from '../trail/saved-answers/replay.js';
import { storeAnswers } from '../trail/saved-answers/save.js';
import type { TrailRequest, TrailSource } from '../trail/types.js';
import { OUTPUT_ERRORS } from '../wording/commands.js';
import { PROGRESS } from '../wording/progress.js';

export interface OpenedAnswers {
  readonly trail: TrailSource;
  /** The answers come from an earlier run. */
  readonly resumed: boolean;
}

export interface SavedAnswersOptions {
  /** Cache folder, for engines whose logs rarely change. */
  readonly cache: string | undefined;
  /** Answers are saved beside the report until it is complete, unless they are in the cache. */
  readonly staging?: Staging;
  /** false: all logs are read, and nothing is saved; true if absent. */
  readonly resume?: boolean;
}

/**
 * Reading the logs takes most of the time. So answers are saved once, in the cache or beside the report, for a
 * later run over the same logs, or after a killed or failed run. They depend on the tool version, the period, the
 * accounts and the state of the logs; other answers are not used.
 */
export class SavedAnswers {
  /** Where this run finds or saves answers. */
  #place: string | undefined;

  constructor(
    private readonly source: LogSource,
    private readonly request: TrailRequest,
    private readonly options: SavedAnswersOptions,
  ) {}

  /** A later run for the same period can use the answers. */
  get exist(): boolean {
    return this.#place !== undefined && existsSync(sealFile(this.#place));
  }

  /** Answers of an earlier run, otherwise of the logs. @throws TrailError, OutputError */
  async open(): Promise<OpenedAnswers> {
    const { source, options } = this;
    const description = [source.kind, source.describe((path) => path)];
    const cache =
      options.cache !== undefined && source.isCacheable
        ? new AnswerCache(options.cache, description)
        : undefined;
    const canSave = options.resume !== false && (cache ?? options.staging) !== undefined;
    if (!canSave) {
      if (options.staging !== undefined) await claimAnswers(options.staging, null);
      return { trail: await source.open(this.request), resumed: false };
    }
    const state = await source.fingerprint((message) => this.request.onProgress?.(message));
    const { period, accountIds, requests } = this.request;
    const asked = [toolVersion(), period, accountIds, [...(requests?.services ?? [])]];
    const key = state === null ? null : sha256Of(JSON.stringify([asked, description, state]));
    const earlier = await this.#findBesideReport(key);
    if (earlier !== undefined) return { trail: earlier, resumed: true };
    // Without a known state of the logs, saved answers cannot be trusted.
    if (key === null) return { trail: await source.open(this.request), resumed: false };
    const cached = await this.#find(cache, key);
    if (cached !== undefined) return { trail: cached, resumed: true };
    const trail = await source.open(this.request);
    const saved = (await this.#addTo(cache, trail, key)) ?? (await this.#saveBesideReport(trail, key));
    return { trail: saved ?? trail, resumed: false };
  }

  async #findBesideReport(key: string | null): Promise<TrailSource | undefined> {
    const { staging } = this.options;
    if (staging === undefined) return undefined;
    const { found, dropped } = await claimAnswers(staging, key);
    if (dropped > 0) this.request.onProgress?.(PROGRESS.discarding);
    if (!found) return undefined;
    this.request.onProgress?.(PROGRESS.resuming);
    staging.work.retainAnswers();
    this.#place = staging.work.answers;
    return replayAnswers(this.#place);
  }

  async #find(cache: AnswerCache | undefined, key: string): Promise<TrailSource | undefined> {
    const trail = await cache?.find(key);
    if (cache === undefined || trail === undefined) return undefined;
    this.request.onProgress?.(PROGRESS.cached);
    this.#place = cache.place(key);
    return trail;
  }

  async #addTo(
    cache: AnswerCache | undefined,
    trail: TrailSource,
    key: string,
  ): Promise<TrailSource | undefined> {
    if (cache === undefined) return undefined;
    this.#place = cache.place(key);
    try {
      const saved = await cache.add(trail, key);
      if (saved !== undefined) await trail.close();
      return saved;
    } catch (error) {
      const reason = describeError(error);
      this.request.onProgress?.(PROGRESS.cacheFailed(cache.folder, reason));
      return undefined;
    }
  }

  async #saveBesideReport(trail: TrailSource, key: string): Promise<TrailSource | undefined> {
    const { staging } = this.options;
    if (staging === undefined) return undefined;
    const { work } = staging;
    this.#place = work.answers;
    try {
      if (await storeAnswers(trail, work.answers, key)) work.retainAnswers();
      return await replayAnswers(work.answers);
    } catch (error) {
      throw isDiskError(error) ? toOutputError(OUTPUT_ERRORS.cannotWrite(work.path), error) : error;
    } finally {
      await trail.close();
    }
  }
}

/**
 * Moves the saved answers of an ended run into the work folder, and removes all others.
 * @param key null for none
 */
async function claimAnswers(
  { work, earlierAnswers }: Staging,
  key: string | null,
): Promise<{ readonly found: boolean; readonly dropped: number }> {
  let found = false;
  let dropped = 0;
  for (const answers of earlierAnswers) {
    if (!found && key !== null && (await holdsAnswers(answers, key))) {
      await rename(answers, work.answers);
      found = true;
    } else dropped += 1;
    await removeAnswers(answers);
  }
  return { found, dropped };
}
