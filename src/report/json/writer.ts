import type { AssumptionReview, PrincipalReview, ReviewHead, ReviewTotals } from '../../review/types.js';
import { RowFile } from '../rows.js';
import type { OutputFolder, ReportWriter } from '../types.js';

/** Writes json/report.json and, per account, principals.ndjson and assumptions.ndjson (those of the source's account). */
export function createJsonWriter(options: { readonly detail: 'full' | 'services' }): ReportWriter {
  const assumptions = new Map<string, AssumptionReview[]>();
  let folder: OutputFolder;
  let review: ReviewHead;
  let current: { readonly accountId: string; readonly file: RowFile } | undefined;
  return {
    begin: async (head, out) => {
      folder = out;
      review = head;
      for (const { id } of head.accounts) await out.writeFile(`json/${id}/principals.ndjson`, '', 0);
    },
    principal: async (principal) => {
      if (current?.accountId !== principal.accountId) {
        await current?.file.close();
        const file = await RowFile.open(folder, `json/${principal.accountId}/principals.ndjson`);
        current = { accountId: principal.accountId, file };
      }
      await current.file.add(`${JSON.stringify(principalLine(principal, options.detail))}\n`);
    },
    assumption: (pair) => {
      const known = review.accounts.some(({ id }) => id === pair.sourceAccountId);
      // A source of an account that is not configured is written with the role's account.
      const accountId = known ? pair.sourceAccountId : pair.roleAccountId;
      const list = assumptions.get(accountId);
      if (list === undefined) assumptions.set(accountId, [pair]);
      else list.push(pair);
      return Promise.resolve();
    },
    end: async (totals) => {
      await current?.file.close();
      for (const { id } of review.accounts) {
        const file = await RowFile.open(folder, `json/${id}/assumptions.ndjson`);
        for (const pair of assumptions.get(id) ?? [])
          await file.add(`${JSON.stringify(assumptionLine(pair))}\n`);
        await file.close();
      }
      await folder.writeFile('json/report.json', `${JSON.stringify(reportFile(review, totals), null, 2)}\n`);
    },
  };
}

function principalLine(principal: PrincipalReview, detail: 'full' | 'services'): unknown {
  // JSON.stringify leaves out functions, so the model's grantedBy(action) is not written.
  const { unused, unknown, ...rest } = principal;
  return detail === 'full' ? { ...rest, unused, unknown } : rest;
}

function assumptionLine(pair: AssumptionReview): unknown {
  const { sourceArn, sourceType, roleArn, allowed, assumed, sessions, firstAssumed, lastAssumed } = pair;
  return {
    ...{ sourceArn, sourceType, roleArn, allowed, assumed, sessions, firstAssumed, lastAssumed },
    origins: pair.origins,
    actions: pair.actions,
  };
}

function reportFile(head: ReviewHead, totals: ReviewTotals): unknown {
  return {
    schemaVersion: 1,
    review: {
      id: head.id,
      period: head.period,
      tool: { name: 'cloudtracker', version: head.toolVersion },
      actionData: { updatedAt: head.catalogUpdatedAt, actions: head.catalogActions },
    },
    accounts: totals.accounts.map(({ id, name, counts, decisions, coverage, trailOnly, warnings }) => ({
      ...{ id, name, counts, decisions, coverage, trailOnly, warnings },
    })),
    mapping: totals.mapping,
    incomplete: totals.notes.incomplete,
    warnings: totals.warnings,
  };
}
