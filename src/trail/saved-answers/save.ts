import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import type { TrailNotes, TrailSource } from '../types.js';
import { answerFile, sealFile, sealFor, type Answer, type StoredNotes } from './format.js';
import { writeRowFile } from './row-file.js';

/**
 * Asks a trail all questions and writes the answers to a folder, which is replaced. They are sealed for later runs
 * unless another attempt may give better answers.
 * @param key what the answers depend on
 * @returns whether they were sealed
 * @throws Error of the trail or the disk
 */
export async function storeAnswers(trail: TrailSource, folder: string, key: string): Promise<boolean> {
  await rm(folder, { recursive: true, force: true });
  // Not recursive: the folders of an abandoned run were removed and must not come back.
  await mkdir(folder, { mode: 0o700 });
  const sha256: Partial<Record<Answer, string>> = {};
  const keep = async (answer: Answer, rows: Iterable<object> | AsyncIterable<object>): Promise<void> => {
    sha256[answer] = await writeRowFile(answerFile(folder, answer), rows);
  };
  await keep('coverage', await trail.coverage());
  await keep('activity', trail.activity());
  await keep('assumptions', trail.assumptions());
  await keep('people', trail.people());
  await keep('resources', trail.resources());
  await keep('requests', trail.requests());
  await keep('weeks', trail.weeks());
  // Log files and queries have their own files, one row each: there can be many.
  const { logFiles, queries, ...notes } = trail.notes();
  await keep('log-files', logFiles ?? []);
  // Queries can have different keys.
  await keep(
    'queries',
    Array.from(queries ?? [], (value) => ({ value })),
  );
  await keep('notes', [
    {
      value: {
        ...notes,
        has: { logFiles: logFiles !== undefined, queries: queries !== undefined },
      } satisfies StoredNotes,
    },
  ]);
  if (!isFinal(notes)) return false;
  // Written atomically, even if the run is killed.
  const seal = sealFile(folder);
  await writeFile(`${seal}.tmp`, JSON.stringify(sealFor(key, sha256)), { mode: 0o600 });
  await rename(`${seal}.tmp`, seal);
  return true;
}

const isFinal = ({ retryable, incomplete }: TrailNotes): boolean => !retryable || incomplete.length === 0;
