import type {
  AssumptionReview,
  PrincipalAssumptions,
  PrincipalReview,
  ReviewHead,
  ReviewTotals,
} from '../../review/types.js';
import { policyFiles } from '../policies/files.js';
import { RowFile } from '../rows.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { csvLine, csvLines } from './cells.js';
import { REVIEW_COLUMNS } from './columns.js';
import { removedActions } from './removed.js';

export const SERVICE_COLUMNS =
  'account_id,account_name,principal_type,principal_name,principal_arn,service,granted,used,unused,unknown,ungranted,last_used,used_actions,granted_by'.split(
    ',',
  );
export const PRIVILEGE_COLUMNS =
  'account_id,account_name,principal_type,principal_name,principal_arn,service,action,status,count,first_used,last_used,granted_by'.split(
    ',',
  );
export const ASSUMPTION_COLUMNS =
  'source_type,source_name,source_arn,role_name,role_arn,role_account_id,allowed,assumed,sessions,first_assumed,last_assumed,actions_used'.split(
    ',',
  );
export const SUGGESTION_COLUMNS =
  'review_id,account_id,account_name,principal_type,principal_name,principal_arn,decision,reason,actions_removed,variant,policy_name,policy_size,policy_file'.split(
    ',',
  );
export const POPULATION_COLUMNS =
  'account_id,account_name,principals_in_iam_file,rows_reported,rows_incomplete,difference'.split(',');

const ROWS_AT_ONCE = 500;

export interface CsvOptions {
  readonly detail: 'full' | 'services';
}

export function createCsvWriter(options: CsvOptions): ReportWriter {
  return new CsvWriter(options.detail === 'full');
}

interface Files {
  readonly review: RowFile;
  readonly services: RowFile;
  readonly assumptions: RowFile;
  readonly suggestions: RowFile;
}

class CsvWriter implements ReportWriter {
  #state: { head: ReviewHead; out: OutputFolder; files: Files } | undefined;
  #privileges: { accountId: string; file: RowFile } | undefined;
  /** Rows of access-review.csv by account: counted here, so that the tie-out is one between two counts. */
  readonly #written = new Map<string, { whole: number; incomplete: number }>();
  readonly #perAction: boolean;

  constructor(perAction: boolean) {
    this.#perAction = perAction;
  }

  async begin(head: ReviewHead, out: OutputFolder): Promise<void> {
    const open = (name: string, columns: readonly string[]): Promise<RowFile> =>
      RowFile.open(out, `csv/${name}.csv`, csvLine(columns));
    const files = {
      review: await open(
        'access-review',
        REVIEW_COLUMNS.map(([name]) => name),
      ),
      services: await open('services', SERVICE_COLUMNS),
      assumptions: await open('assumptions', ASSUMPTION_COLUMNS),
      suggestions: await open('suggestions', SUGGESTION_COLUMNS),
    };
    this.#state = { head, out, files };
    if (!this.#perAction) return;
    // Also an account without principals has its file: an empty one is evidence, a missing one is a question.
    for (const { id } of head.accounts) await (await this.#openPrivileges(out, id)).close();
  }

  async principal(principal: PrincipalReview, assumptions: PrincipalAssumptions): Promise<void> {
    const { head, out, files } = this.#started();
    await files.review.add(csvLine(REVIEW_COLUMNS.map(([, value]) => value(principal, assumptions, head))));
    const written = this.#written.get(principal.accountId) ?? { whole: 0, incomplete: 0 };
    written[principal.state === 'incomplete' ? 'incomplete' : 'whole'] += 1;
    this.#written.set(principal.accountId, written);
    const who = [principal.accountId, principal.accountName, principal.type, principal.name, principal.arn];
    for (const service of principal.services) {
      const prefix = `${service.service}:`;
      await files.services.add(
        csvLine([
          ...who,
          service.service,
          service.granted,
          service.used,
          service.unused,
          service.unknown,
          service.ungranted,
          service.lastUsed,
          principal.used.filter(({ action }) => action.startsWith(prefix)).map(({ action }) => action),
          service.grantedBy,
        ]),
      );
    }
    await this.#writeSuggestion(principal, head, files.suggestions);
    if (this.#perAction) await this.#writePrivileges(principal, who, out);
  }

  async assumption(pair: AssumptionReview): Promise<void> {
    await this.#started().files.assumptions.add(
      csvLine([
        pair.sourceType,
        pair.sourceName,
        pair.sourceArn,
        pair.roleName,
        pair.roleArn,
        pair.roleAccountId,
        pair.allowed,
        pair.assumed,
        pair.sessions,
        pair.firstAssumed,
        pair.lastAssumed,
        pair.actions.map(({ action }) => action),
      ]),
    );
  }

  async end(totals: ReviewTotals): Promise<void> {
    const { out, files } = this.#started();
    await this.#privileges?.file.close();
    for (const file of Object.values(files) as RowFile[]) await file.close();
    const population = await RowFile.open(out, 'csv/population.csv', csvLine(POPULATION_COLUMNS));
    for (const { id, name, counts } of totals.accounts) {
      const { whole, incomplete } = this.#written.get(id) ?? { whole: 0, incomplete: 0 };
      await population.add(
        csvLine([id, name, counts.principals, whole, incomplete, counts.principals - whole - incomplete]),
      );
    }
    await population.close();
  }

  #started(): { head: ReviewHead; out: OutputFolder; files: Files } {
    if (this.#state === undefined) throw new Error('begin has not been called');
    return this.#state;
  }

  async #writeSuggestion(principal: PrincipalReview, head: ReviewHead, file: RowFile): Promise<void> {
    const { decision, reason } = principal.suggestion;
    if (decision === 'keep') return;
    const who = [
      head.id,
      principal.accountId,
      principal.accountName,
      principal.type,
      principal.name,
      principal.arn,
      decision,
      reason,
    ];
    const documents = policyFiles(principal);
    if (documents.length === 0) {
      const removed = decision === 'remove' ? principal.counts.granted : null;
      await file.add(csvLine([...who, removed, null, null, null, null]));
    }
    for (const { variant, policy, path } of documents) {
      const removed = removedActions(principal)[variant];
      await file.add(csvLine([...who, removed, variant, policy.name, policy.size, path]));
    }
  }

  async #writePrivileges(
    principal: PrincipalReview,
    who: readonly string[],
    out: OutputFolder,
  ): Promise<void> {
    if (this.#privileges?.accountId !== principal.accountId) {
      await this.#privileges?.file.close();
      const file = await this.#openPrivileges(out, principal.accountId);
      this.#privileges = { accountId: principal.accountId, file };
    }
    const { file } = this.#privileges;
    const used = new Map([...principal.used, ...principal.ungranted].map((use) => [use.action, use]));
    const rows = [
      ...principal.used.map(({ action }) => [action, 'used'] as const),
      ...principal.ungranted.map(({ action }) => [action, 'ungranted'] as const),
      ...principal.unused.map((action) => [action, 'unused'] as const),
      ...principal.unknown.map((action) => [action, 'unknown'] as const),
    ].sort(([a], [b]) => (a < b ? -1 : 1));
    // In pieces: one call per row is slow, and an administrator's 22,000 rows are too long for one text.
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const piece = rows.slice(from, from + ROWS_AT_ONCE);
      const lines = csvLines(
        piece.map(([action, status]) => {
          const use = used.get(action);
          return [
            ...who,
            action.split(':')[0] ?? '',
            action,
            status,
            use?.count ?? 0,
            use?.firstUsed ?? null,
            use?.lastUsed ?? null,
            principal.grantedBy(action),
          ];
        }),
      );
      await file.add(lines, piece.length);
    }
  }

  #openPrivileges(out: OutputFolder, accountId: string): Promise<RowFile> {
    return RowFile.open(out, `csv/privileges/${accountId}.csv`, csvLine(PRIVILEGE_COLUMNS));
  }
}
