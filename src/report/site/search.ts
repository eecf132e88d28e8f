import { at, valueAt } from '../../base/checked.js';
import { createHash } from 'node:crypto';
import { fileName } from '../paths.js';
import { compareText } from '../../base/compare.js';
import type { PrincipalSummary } from '../../review/types.js';
import type { OutputFolder } from '../types.js';

/** Entries per index file: about 60 kB, which a browser loads at once. */
const SHARD_ENTRIES = 800;
/** Only the start of a longer name is indexed. */
const MAX_NAME = 120;

/** A position in a name where a reader may start to type. */
interface Entry {
  readonly key: string;
  readonly summary: number;
}

/** The words of `AWSReservedSSO_Developer` start at 0, 3, 11 and 15: at a capital, or after a separator. */
export function wordStarts(name: string): number[] {
  // After a separator; a capital after a small letter; a capital before a small letter at the end of a run of
  // capitals.
  const starts = name.matchAll(
    /(?<![\p{L}\p{N}])[\p{L}\p{N}]|(?<=\p{Ll})\p{Lu}|(?<=\p{Lu})\p{Lu}(?=\p{Ll})/gu,
  );
  return [...new Set([0, ...Array.from(starts, ({ index }) => index)])];
}

/**
 * Search index of all principals: every name from each of its words, sorted, split into small files. A browser
 * finds the file by the first key of each, and loads only that one. The files are scripts, because pages opened
 * from disk can load scripts but not read files.
 */
export async function writeSearch(
  summaries: readonly PrincipalSummary[],
  accounts: readonly { readonly id: string; readonly name: string }[],
  out: OutputFolder,
): Promise<void> {
  const numbers = new Map(accounts.map(({ id }, i) => [id, i]));
  const entries: Entry[] = [];
  for (const [i, s] of summaries.entries()) {
    const name = s.name.slice(0, MAX_NAME);
    const lower = name.toLowerCase();
    for (const start of wordStarts(name)) entries.push({ key: lower.slice(start), summary: i });
    entries.push({ key: s.id.toLowerCase(), summary: i });
  }
  entries.sort((a, b) => compareText(a.key, b.key) || a.summary - b.summary);
  const shards: [firstKey: string, file: string][] = [];
  for (let from = 0; from < entries.length; from += SHARD_ENTRIES) {
    const part = entries.slice(from, from + SHARD_ENTRIES);
    const rows = part.map(({ key, summary }) => {
      const s = at(summaries, summary);
      const role = s.type === 'role' ? 1 : 0;
      return [key, s.name.slice(0, MAX_NAME), role, valueAt(numbers, s.accountId), fileName(s.id)];
    });
    const json = JSON.stringify(rows);
    const hash = createHash('sha256').update(json).digest('hex').slice(0, 8);
    const file = `${shards.length}-${hash}`;
    shards.push([at(part, 0).key, file]);
    await out.writeFile(`search/${file}.js`, `cloudtracker.shard(${JSON.stringify(file)},${json});\n`);
  }
  const directory = {
    accounts: accounts.map(({ id, name }) => [fileName(id), name.slice(0, MAX_NAME)]),
    shards,
    principals: summaries.length,
  };
  await out.writeFile('search/directory.js', `cloudtracker.directory(${JSON.stringify(directory)});\n`);
}
