import { renderTable, TABLE_BUDGET, type Table } from './table.js';

/**
 * Remaining size of a page, in bytes of HTML. Sections take their part in order of importance, so that every page
 * stays below 1 MB; truncated tables link to all rows.
 */
export class PageBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  get left(): number {
    return Math.max(0, this.#left);
  }

  take(html: string): string {
    this.#left -= Buffer.byteLength(html);
    return html;
  }

  table(root: string, table: Table): string {
    return this.take(
      renderTable(root, { ...table, budget: Math.min(table.budget ?? TABLE_BUDGET, this.left) }),
    );
  }
}
