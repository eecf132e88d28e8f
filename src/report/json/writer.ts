import type { AssumptionReview, PrincipalReview, ReviewHead, ReviewTotals } from '../../review/types.js';
import { RowFile } from '../rows.js';
import { shortRecord } from '../loop/record.js';
import { schemaFiles } from '../schema/files.js';
import { fileName } from '../site/render.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { shortRisk } from '../short-risk.js';

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
      for (const { path, text } of schemaFiles()) await out.writeFile(path, text);
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
      const configured = (id: string): boolean => review.accounts.some((account) => account.id === id);
      // A source of an account that is not configured is written with the role's account. No pair is left out: one
      // between two such accounts has a file of its own.
      const accountId =
        [pair.sourceAccountId, pair.roleAccountId].find(configured) ??
        fileName(pair.sourceAccountId === '' ? 'unknown' : pair.sourceAccountId);
      const list = assumptions.get(accountId);
      if (list === undefined) assumptions.set(accountId, [pair]);
      else list.push(pair);
      return Promise.resolve();
    },
    end: async (totals) => {
      await current?.file.close();
      const ids = new Set([...review.accounts.map(({ id }) => id), ...assumptions.keys()]);
      for (const id of ids) {
        const file = await RowFile.open(folder, `json/${id}/assumptions.ndjson`);
        for (const pair of assumptions.get(id) ?? [])
          await file.add(`${JSON.stringify(assumptionLine(pair))}\n`);
        await file.close();
      }
      await folder.writeFile('json/report.json', `${JSON.stringify(reportFile(review, totals), null, 2)}\n`);
    },
  };
}

/** The keys of the contract in its order, then the others; JSON.stringify leaves out the model's functions. */
function principalLine(principal: PrincipalReview, detail: 'full' | 'services'): unknown {
  const { arn, id, type, name, path, createdAt, lastActivity, state, services, used, ungranted, ...others } =
    principal;
  const { unused, unknown, unknownReasons, denied, failed, unmappedEvents, suggestion, ...more } = others;
  const { risks, sinceLast, ...extras } = more;
  const full = detail === 'full';
  return {
    ...{ arn, id, type, name, path, createdAt, lastActivity, state, services, used, ungranted },
    ...(full ? { unused, unknown } : {}),
    ...{ denied, failed, unmappedEvents, suggestion },
    ...(full ? { unknownReasons } : {}),
    risks: full ? risks : risks.map(shortRisk),
    ...extras,
    ...(sinceLast === undefined ? {} : { sinceLast: shortRecord(sinceLast) }),
  };
}

function assumptionLine(pair: AssumptionReview): unknown {
  const { sourceArn, sourceType, roleArn, allowed, assumed, known, sessions, firstAssumed, lastAssumed } =
    pair;
  const { actions, origins, sourceName, sourceAccountId, roleName, roleAccountId } = pair;
  return {
    ...{ sourceArn, sourceType, roleArn, allowed, assumed, sessions, firstAssumed, lastAssumed, actions },
    ...{ known, origins, sourceName, sourceAccountId, roleName, roleAccountId },
  };
}

function reportFile(head: ReviewHead, totals: ReviewTotals): unknown {
  return {
    schemaVersion: 2,
    review: {
      id: head.id,
      period: head.period,
      ...(head.previous === undefined ? {} : { previous: head.previous }),
      tool: { name: 'cloudtracker', version: head.toolVersion },
      actionData: { updatedAt: head.catalogUpdatedAt, actions: head.catalogActions },
    },
    accounts: totals.accounts.map(
      ({ id, name, listed, counts, decisions, coverage, days, recording, trailOnly, warnings }) => ({
        ...{ id, name, listed, counts, decisions, coverage, days, recording, trailOnly, warnings },
      }),
    ),
    mapping: totals.mapping,
    incomplete: totals.notes.incomplete,
    exemptions: totals.exemptions,
    warnings: totals.warnings,
  };
}
