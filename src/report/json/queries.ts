import { QUERIES_FILE, type QueryRecord } from '../../model/query.js';
import { RowFile } from '../rows.js';
import type { OutputFolder, ReportWriter } from '../types.js';

/** Queries to a server as evidence: one per line, in the order of completion. Other engines have no such file. */
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
      for (const query of notes.queries) await file.add(`${JSON.stringify(query satisfies QueryRecord)}\n`);
      await file.close();
    },
  };
}
