import type {
  AccountCoverage,
  ActivityRow,
  AssumptionRow,
  PersonRow,
  RequestRow,
  ResourceRow,
  TrailNotes,
  TrailSource,
  WeekRow,
} from '../types.js';
import { toAsync } from '../to-async.js';
import type { LogFiles } from './evidence/log-files.js';

/** Answers with counts. Rows are created on demand: all at once would use most of the memory of a run. */
export interface TableRows {
  activity(): Iterable<ActivityRow>;
  people(): Iterable<PersonRow>;
  resources(): Iterable<ResourceRow>;
  requests(): Iterable<RequestRow>;
  weeks(): Iterable<WeekRow>;
}

/** All answers to one request. */
export interface Answers extends TableRows {
  readonly coverage: readonly AccountCoverage[];
  readonly assumptions: readonly AssumptionRow[];
  readonly notes: Omit<TrailNotes, 'logFiles'>;
  readonly logFiles: LogFiles;
}

export const toTrail = (answers: Answers): TrailSource => ({
  coverage: () => Promise.resolve(answers.coverage),
  activity: () => toAsync(answers.activity()),
  assumptions: () => toAsync(answers.assumptions),
  people: () => toAsync(answers.people()),
  resources: () => toAsync(answers.resources()),
  requests: () => toAsync(answers.requests()),
  weeks: () => toAsync(answers.weeks()),
  notes: () => ({ ...answers.notes, logFiles: answers.logFiles }),
  close: () => Promise.resolve(),
});
