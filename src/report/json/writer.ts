import { assumptionsPath, fileName, principalsPath } from '../paths.js';
import { append } from '../../base/maps.js';
import { schemaFiles } from '../../model/files.js';
import type { AssumptionReview, ReviewHead } from '../../review/types.js';
import { RowFile } from '../rows.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { assumptionRecord, principalRecord, reportRecord } from './records.js';

/**
 * Writes json/report.json and, per account, principals.ndjson and assumptions.ndjson (by the account of the
 * source).
 */
export function createJsonWriter(options: { readonly detail: 'full' | 'services' }): ReportWriter {
  const assumptions = new Map<string, AssumptionReview[]>();
  let folder: OutputFolder;
  let review: ReviewHead;
  let current: { readonly accountId: string; readonly file: RowFile } | undefined;
  return {
    begin: async (head, out) => {
      folder = out;
      review = head;
      for (const { path, text } of schemaFiles()) await out.writeFile(path, text);
      for (const { id } of head.accounts) await out.writeFile(principalsPath(id), '', 0);
    },
    principal: async (principal) => {
      if (current?.accountId !== principal.accountId) {
        await current?.file.close();
        const file = await RowFile.open(folder, principalsPath(principal.accountId));
        current = { accountId: principal.accountId, file };
      }
      await current.file.add(`${JSON.stringify(principalRecord(principal, options.detail))}\n`);
    },
    assumption: (pair) => {
      const configured = (id: string): boolean => review.accounts.some((account) => account.id === id);
      // A pair whose source account is not configured goes to the role's account. No pair is omitted: a pair
      // between two such accounts has a separate file.
      const accountId =
        [pair.sourceAccountId, pair.roleAccountId].find(configured) ??
        fileName(pair.sourceAccountId === '' ? 'unknown' : pair.sourceAccountId);
      append(assumptions, accountId, pair);
      return Promise.resolve();
    },
    end: async (totals) => {
      await current?.file.close();
      const ids = new Set([...review.accounts.map(({ id }) => id), ...assumptions.keys()]);
      for (const id of ids) {
        const file = await RowFile.open(folder, assumptionsPath(id));
        for (const pair of assumptions.get(id) ?? [])
          await file.add(`${JSON.stringify(assumptionRecord(pair))}\n`);
        await file.close();
      }
      await folder.writeFile(
        'json/report.json',
        `${JSON.stringify(reportRecord(review, totals), null, 2)}\n`,
      );
    },
  };
}
