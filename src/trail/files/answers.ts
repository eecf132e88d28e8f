import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AccountCoverage,
  ActivityRow,
  AssumptionRow,
  PersonRow,
  ResourceRow,
  TrailNotes,
  WeekRow,
} from '../types.js';
import { readCacheFile, removeCacheFile, writeCacheFile } from './cache-file.js';
import type { Scope } from './collect.js';
import { fromColumns, toColumns, type Columns } from './columns.js';
import type { Stamp } from './packs.js';

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
  readonly notes: TrailNotes;
}

const ENDING = '.answers';
/** Of a folder of logs: more periods and choices of accounts than these are not kept. */
const MAX_KEPT = 8;

/** A name for the answers that is the same only for the same logs, period, accounts and code. */
export function answersPath(
  folder: string,
  version: string,
  stamps: ReadonlyMap<string, Stamp>,
  scope: Scope,
): string {
  const hash = createHash('sha256').update(JSON.stringify([version, scope]));
  for (const [path, { size, modified, changed }] of stamps)
    hash.update(JSON.stringify([path, size, modified, changed]));
  return join(folder, `${hash.digest('hex')}${ENDING}`);
}

type Stored = Omit<Answers, keyof TableRows> & Readonly<Record<keyof TableRows, Columns>>;

export function readAnswers(path: string): Answers | undefined {
  const stored = readCacheFile(path) as Stored | undefined;
  return stored && fromStored(stored);
}

function fromStored(stored: Stored): Answers {
  return {
    ...stored,
    activity: () => fromColumns(stored.activity),
    people: () => fromColumns(stored.people),
    resources: () => fromColumns(stored.resources),
    weeks: () => fromColumns(stored.weeks),
  };
}

/** @returns the same answers, whose rows need not be sorted again */
export function writeAnswers(path: string, answers: Answers): Answers {
  const stored: Stored = {
    ...answers,
    activity: toColumns([...answers.activity()]),
    people: toColumns([...answers.people()]),
    resources: toColumns([...answers.resources()]),
    weeks: toColumns([...answers.weeks()]),
  };
  writeCacheFile(path, stored);
  const folder = join(path, '..');
  const byAge = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => ({ name, age: -statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.age - b.age);
  for (const { name } of byAge.slice(MAX_KEPT)) removeCacheFile(join(folder, name));
  return fromStored(stored);
}
