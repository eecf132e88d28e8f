import type { Comparison } from '../../review/since-last-review/comparison.js';
import type { ReviewHead } from '../../review/types.js';
import { EXCEL, headerOf, PLAIN } from '../csv/cells.js';
import { cellsOf } from '../csv/tables/table.js';
import { RowFile } from '../rows.js';
import { renderPage } from '../site/render.js';
import { stylesheet } from '../site/templates.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { CHANGES } from './columns.js';
import { CHANGES_PAGE, ChangesPage } from './page.js';
import { changeRecord } from './record.js';
import { describeChange, type DescribedChange } from '../../wording/described.js';

export interface ChangesWriter extends ReportWriter {
  /** One line for the terminal. */
  summary(): string;
}

/**
 * Writes changes since the last review: changes.html, csv/changes.csv, json/changes.ndjson. Per account, its
 * principals by ARN, then gone principals by ARN; at the end, principals of accounts that are not in this review.
 */
export function createChangesWriter(
  comparison: Comparison,
  options: { readonly excel?: boolean },
): ChangesWriter {
  const format = options.excel === true ? EXCEL : PLAIN;
  const page = new ChangesPage(comparison);
  let started: { head: ReviewHead; out: OutputFolder; csv: RowFile; json: RowFile } | undefined;
  let waiting: string[] = [];
  const files = () => {
    if (started === undefined) throw new Error('begin has not been called');
    return started;
  };
  const add = async (one: DescribedChange): Promise<void> => {
    const { head, csv, json } = files();
    await csv.add(format.lines([cellsOf(CHANGES, { c: one, head })]));
    await json.add(`${JSON.stringify(changeRecord(one))}\n`);
    page.add(one);
  };
  /** Accounts arrive in order: earlier accounts are complete. */
  const finish = async (until?: string): Promise<void> => {
    while (waiting[0] !== undefined && waiting[0] !== until) {
      for (const one of comparison.gone(waiting[0])) await add(describeChange(one));
      waiting.shift();
    }
  };
  return {
    async begin(head, out) {
      waiting = head.accounts.map(({ id }) => id);
      started = {
        head,
        out,
        csv: await RowFile.open(out, `csv/${CHANGES.name}.csv`, headerOf(format, CHANGES)),
        json: await RowFile.open(out, 'json/changes.ndjson'),
      };
    },
    async principal({ accountId, sinceLast }) {
      if (sinceLast === undefined) throw new Error('the principal has not been compared');
      await finish(accountId);
      await add(sinceLast);
    },
    assumption: () => Promise.resolve(),
    summary: () => page.summary(),
    async end() {
      const { head, out, csv, json } = files();
      await finish();
      for (const one of comparison.notReviewed()) await add(describeChange(one));
      await csv.close();
      await json.close();
      await out.writeFile(
        CHANGES_PAGE.path,
        renderPage(head, stylesheet(head), {
          root: '',
          path: CHANGES_PAGE.path,
          title: CHANGES_PAGE.title(head),
          bodyHtml: page.render(),
        }),
      );
    },
  };
}
