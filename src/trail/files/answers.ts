import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AccountCoverage,
  ActivityRow,
  AssumptionRow,
  PersonRow,
  ResourceRow,
  SessionCall,
  TrailNotes,
  WeekRow,
} from '../types.js';
import { readCacheFile, removeCacheFile, writeCacheFile } from './cache-file.js';
import type { Scope } from './collect.js';
import { fromColumns, toColumns, type Columns } from './columns.js';
import { LogFiles, type LogFilesPart } from './log-files.js';
import type { Paths } from './paths.js';
import type { Stamps } from './stamps.js';

/** The answers that are rows of counts. They are made when asked for: all of them at once are most of the memory of a run. */
export interface TableRows {
  activity(): Iterable<ActivityRow>;
  people(): Iterable<PersonRow>;
  resources(): Iterable<ResourceRow>;
  weeks(): Iterable<WeekRow>;
}

/** All answers to one request. */
export interface Answers extends TableRows {
  readonly coverage: readonly AccountCoverage[];
  readonly assumptions: readonly AssumptionRow[];
  readonly notes: Omit<TrailNotes, 'logFiles'>;
  readonly logFiles: LogFiles;
}

/** The logs that are asked. */
export interface Logs {
  readonly root: string;
  readonly files: Paths;
}

const ENDING = '.answers';
/** Of a folder of logs: more periods and choices of accounts than these are not kept. */
const MAX_KEPT = 8;

/** A name for the answers that is the same only for the same logs, period, accounts and code. */
export function answersPath(
  folder: string,
  version: string,
  root: string,
  stamps: Stamps,
  scope: Scope,
): string {
  const hash = createHash('sha256').update(JSON.stringify([version, scope, root]));
  stamps.addTo(hash);
  return join(folder, `${hash.digest('hex')}${ENDING}`);
}

/** Rows without their calls, how many each has, and those of all one after the other. */
interface StoredAssumptions {
  readonly rows: readonly AssumptionRow[];
  readonly counts: readonly number[];
  readonly calls: Columns;
}

interface Stored extends Pick<Answers, 'coverage' | 'notes'>, Readonly<Record<keyof TableRows, Columns>> {
  readonly assumptions: StoredAssumptions;
  readonly logFiles: LogFilesPart;
}

export function readAnswers(path: string, logs: Logs): Answers | undefined {
  const stored = readCacheFile(path, 'plain') as Stored | undefined;
  return stored && fromStored(stored, logs);
}

function fromStored(stored: Stored, { root, files }: Logs): Answers {
  return {
    ...stored,
    assumptions: fromStoredAssumptions(stored.assumptions),
    logFiles: new LogFiles(root, files, stored.logFiles),
    activity: () => fromColumns(stored.activity),
    people: () => fromColumns(stored.people),
    resources: () => fromColumns(stored.resources),
    weeks: () => fromColumns(stored.weeks),
  };
}

function toStoredAssumptions(rows: readonly AssumptionRow[]): StoredAssumptions {
  return {
    rows: rows.map((row) => ({ ...row, calls: [] })),
    counts: rows.map(({ calls }) => calls.length),
    calls: toColumns(rows.flatMap(({ calls }) => calls)),
  };
}

function fromStoredAssumptions({ rows, counts, calls }: StoredAssumptions): AssumptionRow[] {
  const all = [...fromColumns<SessionCall>(calls)];
  let next = 0;
  return rows.map((row, i) => {
    const first = next;
    next += counts[i] ?? 0;
    return { ...row, calls: all.slice(first, next) };
  });
}

/** @returns the same answers, whose rows need not be sorted again */
export function writeAnswers(path: string, answers: Answers, logs: Logs): Answers {
  const stored: Stored = {
    ...answers,
    assumptions: toStoredAssumptions(answers.assumptions),
    logFiles: answers.logFiles.part(),
    activity: toColumns([...answers.activity()]),
    people: toColumns([...answers.people()]),
    resources: toColumns([...answers.resources()]),
    weeks: toColumns([...answers.weeks()]),
  };
  writeCacheFile(path, stored, 'plain');
  const folder = join(path, '..');
  const byAge = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => ({ name, age: -statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.age - b.age);
  for (const { name } of byAge.slice(MAX_KEPT)) removeCacheFile(join(folder, name));
  return fromStored(stored, logs);
}
