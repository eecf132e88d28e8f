import { z } from 'zod';
import { describeDiskError } from '../../report/staging/errors.js';
import { problemsOf } from './problems.js';
import { PrincipalLines, type PrincipalLinesFacts } from './principal-lines.js';
import {
  hashFile,
  WholeFile,
  type HashedFile,
  type ReadFailure,
  type Sink,
} from '../../report/staging/hash-file.js';
import { ReviewRows, type ReviewRowsFacts } from './review-rows.js';
import { CsvRowCounter, LineCounter } from './rows.js';

export const REVIEW_FILE = 'csv/access-review.csv';
export const REPORT_FILE = 'json/report.json';
const SARIF_FILE = 'json/findings.sarif';
export const SEARCH_FILE = 'search/directory.js';

/** Content of a file that other files of the report must match. */
export interface FileFacts {
  readonly bytes: number;
  /** CSV, JSON Lines and SARIF files. */
  readonly rows?: number;
  readonly principals?: PrincipalLinesFacts;
  readonly review?: ReviewRowsFacts;
  readonly search?: SearchFacts;
  /** json/report.json. */
  readonly json?: unknown;
}

/** Content of search/directory.js. */
interface SearchFacts {
  readonly principals: number;
  /** Relative to the report. */
  readonly files: ReadonlySet<string>;
}

interface Collector {
  readonly sink: Sink;
  /** @throws Error if the content is unreadable */
  facts(): Omit<FileFacts, 'bytes'>;
}

/** Hashes a file and collects its facts in one pass. */
export function readFacts(
  file: string,
  path: string,
): (HashedFile & { readonly facts: FileFacts }) | ReadFailure {
  const collector = collectorOf(path);
  const result = hashFile(file, collector?.sink);
  if (!result.ok) return result;
  const { bytes } = result;
  if (collector === undefined || result.problem !== undefined) return { ...result, facts: { bytes } };
  try {
    return { ...result, facts: { bytes, ...collector.facts() } };
  } catch (error) {
    return { ...result, facts: { bytes }, problem: describe(error) };
  }
}

const describe = (error: unknown): string =>
  error instanceof z.ZodError ? problemsOf(error).join(', ') : describeDiskError(error);

function collectorOf(path: string): Collector | undefined {
  const accountId = /^json\/(\d{12})\/principals\.ndjson$/.exec(path)?.[1];
  if (accountId !== undefined) {
    const sink = new PrincipalLines(accountId);
    return {
      sink,
      facts: () => {
        const principals = sink.facts();
        return { principals, rows: principals.rows };
      },
    };
  }
  if (path === REVIEW_FILE) {
    const sink = new ReviewRows();
    return {
      sink,
      facts: () => {
        const review = sink.facts();
        return { review, rows: review.rows };
      },
    };
  }
  const read = TEXT_FILES.get(path);
  if (read !== undefined) {
    const sink = new WholeFile();
    return { sink, facts: () => read(sink.text()) };
  }
  if (!/\.(?:csv|ndjson)$/.test(path)) return undefined;
  const sink = path.endsWith('.csv') ? new CsvRowCounter() : new LineCounter();
  return { sink, facts: () => ({ rows: sink.rows }) };
}

const sarifShape = z.object({ runs: z.tuple([z.object({ results: z.array(z.unknown()) })]) });
const searchShape = z.object({
  principals: z.number(),
  shards: z.array(z.tuple([z.string(), z.string()])),
});

/** Files that are read as a whole. */
const TEXT_FILES = new Map<string, (text: string) => Omit<FileFacts, 'bytes'>>([
  [REPORT_FILE, (text) => ({ json: JSON.parse(text) as unknown })],
  [SARIF_FILE, (text) => ({ rows: sarifShape.parse(JSON.parse(text)).runs[0].results.length })],
  [
    SEARCH_FILE,
    (text) => {
      const json = /^cloudtracker\.directory\((.*)\);\n$/.exec(text)?.[1] ?? '';
      const { principals, shards } = searchShape.parse(JSON.parse(json));
      return { search: { principals, files: new Set(shards.map(([, name]) => `search/${name}.js`)) } };
    },
  ],
]);
