import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { readRegularFile, streamRegularFile } from '../../base/read-file.js';
import { StringInterner } from '../string-interner.js';
import { toAsync } from '../to-async.js';
import type { AccountCoverage, Actor, LogFile, QueryRecord, TrailSource } from '../types.js';
import { ANSWERS, answerFile, sealFile, sealFor, type Answer, type StoredNotes } from './format.js';
import { readRowFile } from './row-file.js';

/** @returns whether the folder has complete, unchanged answers under this key */
export async function holdsAnswers(folder: string, key: string): Promise<boolean> {
  try {
    const seal = (await readRegularFile(sealFile(folder))).toString('utf8');
    const sha256: Partial<Record<Answer, string>> = {};
    for (const answer of ANSWERS) {
      const hash = createHash('sha256');
      await pipeline(streamRegularFile(answerFile(folder, answer)), hash);
      sha256[answer] = hash.digest('hex');
    }
    return seal === JSON.stringify(sealFor(key, sha256));
  } catch {
    return false;
  }
}

/** A trail that answers from a folder of `storeAnswers`. */
export function replayAnswers(folder: string): Promise<TrailSource> {
  const interner = new StringInterner();
  // Blocks repeat strings and actors.
  const share = (value: unknown): unknown => {
    if (typeof value === 'string') return interner.text(value);
    return isActor(value) ? interner.actor(value) : value;
  };
  const rows = <T>(answer: Answer): Generator<T> => readRowFile<T>(answerFile(folder, answer), share);
  const values = <T>(answer: Answer): T[] => Array.from(rows<{ value: T }>(answer), ({ value }) => value);
  const [saved] = values<StoredNotes>('notes');
  if (saved === undefined) return Promise.reject(new Error(`${answerFile(folder, 'notes')} is empty`));
  const { has, ...notes } = saved;
  const logFiles = {
    [Symbol.iterator]: () => readRowFile<LogFile>(answerFile(folder, 'log-files'), itself),
  };
  const evidence = {
    ...(has.logFiles ? { logFiles } : {}),
    ...(has.queries ? { queries: values<QueryRecord>('queries') } : {}),
  };
  return Promise.resolve({
    coverage: () => Promise.resolve([...rows<AccountCoverage>('coverage')]),
    activity: () => toAsync(rows('activity')),
    assumptions: () => toAsync(rows('assumptions')),
    people: () => toAsync(rows('people')),
    resources: () => toAsync(rows('resources')),
    requests: () => toAsync(rows('requests')),
    weeks: () => toAsync(rows('weeks')),
    notes: () => ({ ...notes, ...evidence }),
    close: () => {
      interner.clear();
      return Promise.resolve();
    },
  });
}

const itself = (value: unknown): unknown => value;

const isActor = (value: unknown): value is Actor =>
  typeof value === 'object' && value !== null && 'arn' in value && 'kind' in value;
