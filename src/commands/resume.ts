import { rename } from 'node:fs/promises';
import { describeConfig } from '../config/describe.js';
import type { Config } from '../config/types.js';
import { isDiskError, toOutputError } from '../report/staging/errors.js';
import { removeAnswers } from '../report/staging/work-folder.js';
import type { Staging } from '../report/output.js';
import { sha256Of } from '../report/staging/sums.js';
import type { LogSource } from '../trail/source.js';
import { holdsAnswers, replayAnswers } from '../trail/resume-store/replay.js';
import { storeAnswers } from '../trail/resume-store/record.js';
import type { TrailRequest, TrailSource } from '../trail/types.js';

export interface ResumableTrail {
  readonly trail: TrailSource;
  /** The answers are those that a run before had kept. */
  readonly resumed: boolean;
}

export interface ResumeOptions {
  /** Of the report: answers are kept in its work folder. */
  readonly staging: Staging;
  readonly toolVersion: string;
  /** Of the files engine; the answers are the same with and without. */
  readonly cache: string | undefined;
  readonly onProgress: (message: string) => void;
}

/**
 * Reading the trail is what takes long. So its answers are kept beside the report until that is there: a run that was
 * killed or failed later goes on from them. They depend on the tool's version, the period, the accounts and the state of
 * the logs; answers to anything else are removed.
 */
export async function openResumable(
  config: Config<LogSource>,
  request: TrailRequest,
  { staging, toolVersion, cache, onProgress }: ResumeOptions,
): Promise<ResumableTrail> {
  const { source } = config;
  const state = await source.fingerprint(onProgress);
  const key = sha256Of(
    JSON.stringify([
      toolVersion,
      request.period,
      request.accountIds,
      describeConfig(config)['source'],
      state,
    ]),
  );
  const { work } = staging;
  // Where the state of the logs is not known, nothing that was kept can be trusted.
  const { found, dropped } = await claimAnswers(staging, state === null ? null : key);
  if (dropped > 0)
    onProgress('Discarding saved progress: it is incomplete, or the logs or options have changed.');
  if (found) {
    work.retainAnswers();
    onProgress('Resuming from the saved progress of an earlier run.');
    return { trail: await replayAnswers(work.answers), resumed: true };
  }
  const trail = await source.open(request, cache);
  if (state === null) return { trail, resumed: false };
  try {
    if (await storeAnswers(trail, work.answers, key)) work.retainAnswers();
    return { trail: await replayAnswers(work.answers), resumed: false };
  } catch (error) {
    throw isDiskError(error) ? toOutputError(`Cannot write below ${work.path}`, error) : error;
  } finally {
    await trail.close();
  }
}

/** Removes what ended runs kept for this report. */
export async function clearResumeStore(staging: Staging): Promise<void> {
  await claimAnswers(staging, null);
}

/**
 * Moves the kept answers of an ended run into the work folder, and removes all others.
 * @param key null: none are wanted
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
