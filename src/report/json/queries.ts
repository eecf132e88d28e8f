import { RowFile } from '../rows.js';
import type { OutputFolder, ReportWriter } from '../types.js';

/** Of this run alone: times, retries and sizes of pages depend on the server. The manifest lists it below `run`. */
export const QUERIES_FILE = 'json/queries.ndjson';

/** What a server was asked, as evidence: one query a line, in the order in which they ended. No file for other engines. */
export function createQueriesWriter(): ReportWriter {
  let folder: OutputFolder;
  return {
    begin: (_head, out) => {
      folder = out;
      return Promise.resolve();
    },
    principal: () => Promise.resolve(),
    assumption: () => Promise.resolve(),
    end: async ({ notes }) => {
      if (notes.queries === undefined) return;
      const file = await RowFile.open(folder, QUERIES_FILE);
      for (const query of notes.queries) await file.add(`${JSON.stringify(query)}\n`);
      await file.close();
    },
  };
}
