import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readRegularFile, streamRegularFile } from '../../base/read-file.js';
import { Once } from '../once.js';
import type {
  ActivityRow,
  LogFile,
  PersonRow,
  QueryRecord,
  ResourceRow,
  TrailSource,
  WeekRow,
} from '../types.js';
import { ANSWERS, answerFile, sealFile, sealShape, type Answer, type KeptNotes } from './format.js';

/** @returns whether the folder holds whole, unchanged answers under this key */
export async function isKept(folder: string, key: string): Promise<boolean> {
  try {
    const text = (await readRegularFile(sealFile(folder))).toString('utf8');
    const seal = sealShape.parse(JSON.parse(text));
    if (seal.key !== key) return false;
    for (const answer of ANSWERS) {
      const hash = createHash('sha256');
      await pipeline(streamRegularFile(answerFile(folder, answer)), hash);
      if (hash.digest('hex') !== seal.sha256[answer]) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** A trail that answers from a folder of `keepAnswers`. */
export async function replayAnswers(folder: string): Promise<TrailSource> {
  const rows = <T>(answer: Answer): AsyncGenerator<T> => readRows<T>(answerFile(folder, answer));
  const once = new Once();
  const shared = async function* <T extends Parameters<Once['row']>[0]>(answer: Answer): AsyncGenerator<T> {
    for await (const row of rows<T>(answer)) yield once.row(row);
  };
  const [kept] = await collect(rows<KeptNotes>('notes'));
  if (kept === undefined) throw new Error(`${answerFile(folder, 'notes')} is empty`);
  const { hasLogFiles, ...notes } = kept;
  const evidence = hasLogFiles
    ? { logFiles: { [Symbol.asyncIterator]: () => rows<LogFile>('log-files') } }
    : { queries: await collect(rows<QueryRecord>('queries')) };
  return {
    coverage: () => collect(rows('coverage')),
    activity: () => shared<ActivityRow>('activity'),
    assumptions: () => rows('assumptions'),
    people: () => shared<PersonRow>('people'),
    resources: () => shared<ResourceRow>('resources'),
    weeks: () => shared<WeekRow>('weeks'),
    notes: () => ({ ...notes, ...evidence }),
    close: () => {
      once.clear();
      return Promise.resolve();
    },
  };
}

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function* readRows<T>(file: string): AsyncGenerator<T> {
  const text = streamRegularFile(file).pipe(createGunzip());
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
    if (line !== '') yield JSON.parse(line) as T;
  }
}
