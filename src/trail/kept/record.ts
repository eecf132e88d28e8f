import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { TrailNotes, TrailSource } from '../types.js';
import { answerFile, FORMAT, sealFile, type Answer, type KeptNotes } from './format.js';

const CHUNK = 1 << 16;

/**
 * Asks a trail everything and writes the answers into a folder of their own; one that was there is replaced. They are
 * sealed for later runs unless another attempt may better them.
 * @param key what the answers depend on
 * @returns whether they were sealed
 * @throws Error of the trail or of the disk
 */
export async function keepAnswers(trail: TrailSource, folder: string, key: string): Promise<boolean> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const sha256: Partial<Record<Answer, string>> = {};
  const keep = async (answer: Answer, rows: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> => {
    sha256[answer] = await writeRows(answerFile(folder, answer), rows);
  };
  await keep('coverage', await trail.coverage());
  await keep('activity', trail.activity());
  await keep('assumptions', trail.assumptions());
  await keep('people', trail.people());
  await keep('resources', trail.resources());
  await keep('weeks', trail.weeks());
  // Log files and queries apart, a line each: there may be very many.
  const { logFiles, queries, ...notes } = trail.notes();
  await keep('log-files', logFiles ?? []);
  await keep('queries', queries ?? []);
  await keep('notes', [{ ...notes, hasLogFiles: logFiles !== undefined } satisfies KeptNotes]);
  if (!isSettled(notes)) return false;
  // Whole or not there, whenever the run is killed.
  const seal = sealFile(folder);
  await writeFile(`${seal}.tmp`, JSON.stringify({ format: FORMAT, key, sha256 }));
  await rename(`${seal}.tmp`, seal);
  return true;
}

const isSettled = ({ retryable, incomplete }: TrailNotes): boolean => !retryable || incomplete.length === 0;

async function writeRows(file: string, rows: Iterable<unknown> | AsyncIterable<unknown>): Promise<string> {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(linesOf(rows), createGzip({ level: 1 }), hashed, createWriteStream(file));
  return hash.digest('hex');
}

async function* linesOf(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  yield text;
}
