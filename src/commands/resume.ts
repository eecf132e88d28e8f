import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeConfig } from '../config/describe.js';
import type { Config } from '../config/types.js';
import { isDiskError, toOutputError } from '../report/staging/errors.js';
import { isAlive, placeOf, workOf } from '../report/staging/place.js';
import { sha256Of } from '../report/staging/sums.js';
import { lookAtLogs, stateOfLogs, type LogFolder } from '../trail/files/logs.js';
import { isKept, replayAnswers } from '../trail/kept/replay.js';
import { keepAnswers } from '../trail/kept/record.js';
import type { TrailRequest, TrailSource } from '../trail/types.js';
import { openTrail } from './open-trail.js';

export interface ResumableTrail {
  readonly trail: TrailSource;
  /** The answers are those that a run before had kept. */
  readonly resumed: boolean;
  /** Takes the kept answers away: the report is there. */
  readonly done: () => Promise<void>;
}

export interface ResumeOptions {
  /** The folder of the report; answers are kept beside it. */
  readonly output: string;
  readonly toolVersion: string;
  /** Of the files engine; the answers are the same with and without. */
  readonly cache: string | undefined;
  readonly onProgress: (message: string) => void;
}

/**
 * Reading the trail is what takes long. So its answers are kept beside the report until that is there: a run that was
 * killed or failed later goes on from them. They depend on the tool's version, the period, the accounts and the state of
 * the logs; answers to anything else are taken away.
 */
export async function openResumable(
  config: Config,
  request: TrailRequest,
  { output, toolVersion, cache, onProgress }: ResumeOptions,
): Promise<ResumableTrail> {
  const { state, logs } = await stateOf(config, onProgress);
  const key = sha256Of(
    JSON.stringify([
      toolVersion,
      request.period,
      request.accountIds,
      describeConfig(config)['source'],
      state,
    ]),
  );
  const work = workOf(await placeOf(output));
  const folder = join(work, `${key.slice(0, 16)}-${process.pid}`);
  const done = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    // Another run may be at work there.
    await rmdir(work).catch(() => undefined);
  };
  // Where the state of the logs is not known, nothing that was kept can be trusted.
  const { found, dropped } = await claim(work, folder, state === null ? null : key);
  if (dropped > 0)
    onProgress('what an earlier run had read is dropped: it is not whole, or the logs or options are others');
  if (found) {
    onProgress('going on with what an earlier run had read');
    return { trail: await replayAnswers(folder), resumed: true, done };
  }
  const trail = await openTrail(config, request, cache, logs);
  if (state === null) return { trail, resumed: false, done };
  try {
    await keepAnswers(trail, folder, key);
    return { trail: await replayAnswers(folder), resumed: false, done };
  } catch (error) {
    await done();
    throw isDiskError(error) ? toOutputError(`Cannot write below ${work}`, error) : error;
  } finally {
    await trail.close();
  }
}

/** Takes away what runs that have ended had kept for a report in this folder. */
export async function dropKept(output: string): Promise<void> {
  await claim(workOf(await placeOf(output)), '', null);
}

interface LogState {
  /** Changes whenever the logs do; null where that cannot be known. */
  readonly state: unknown;
  readonly logs?: LogFolder;
}

async function stateOf({ source }: Config, onProgress: ResumeOptions['onProgress']): Promise<LogState> {
  if (source.kind === 'files') {
    const logs = await lookAtLogs(source.files.path, onProgress);
    return { state: stateOfLogs(logs), logs };
  }
  const { indexState } = await import('../trail/elasticsearch/state.js');
  return { state: await indexState(source.elasticsearch) };
}

/**
 * Moves kept answers of a run that has ended to `folder`, and removes all others of such runs.
 * @param key null: none are wanted
 */
async function claim(
  work: string,
  folder: string,
  key: string | null,
): Promise<{ readonly found: boolean; readonly dropped: number }> {
  let found = false;
  let dropped = 0;
  for (const name of await readdir(work).catch(() => [])) {
    const path = join(work, name);
    if (isAlive(Number(/-(\d+)$/.exec(name)?.[1] ?? NaN))) continue;
    if (!found && key !== null && (await isKept(path, key))) {
      await rename(path, folder);
      found = true;
      continue;
    }
    await rm(path, { recursive: true, force: true });
    dropped += 1;
  }
  if (!found) await rmdir(work).catch(() => undefined);
  return { found, dropped };
}
