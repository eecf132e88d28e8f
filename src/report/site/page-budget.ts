import { renderTable, TABLE_BUDGET, type Table } from './table.js';

/**
 * What is left of a page's size, in bytes of HTML. Sections take their part in the order of their importance, so that a
 * page with much to tell stays below 1 MB; tables that are cut say where all rows are.
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
