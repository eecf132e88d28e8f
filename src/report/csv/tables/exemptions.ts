import type { ExemptionReview } from '../../../review/types.js';
import type { Table } from './table.js';

export const EXEMPTIONS: Table<ExemptionReview> = {
  name: 'exemptions',
  content: 'each exemption and the number of principals it covers',
  columns: [
    ['exemption_id', 'exemption of the configuration that covers it', (e) => e.id],
    ['arn', 'ARNs that it covers; * and ? are wildcards', (e) => e.arn],
    ['owner', 'who answers for the exemption', (e) => e.owner],
    ['reason', 'why there is one', (e) => e.reason],
    ['expires', 'last day on which it counts; empty: without end', (e) => e.expires],
    ['expired', 'yes when that day was before the end of the period', (e) => e.expired],
    ['principals', 'number of principals it covers', (e) => e.principals],
  ],
};
