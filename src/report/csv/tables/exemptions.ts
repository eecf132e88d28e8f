import type { ExemptionReview } from '../../../review/types.js';
import type { Table } from './table.js';

export const EXEMPTIONS: Table<ExemptionReview> = {
  name: 'exemptions',
  content: 'each exemption and the number of principals it covers',
  columns: [
    ['exemption_id', 'ID of the exemption', (e) => e.id],
    ['arn', 'ARNs of the exempted principals; * and ? are wildcards', (e) => e.arn],
    ['owner', 'owner of the exemption', (e) => e.owner],
    ['reason', 'reason for the exemption', (e) => e.reason],
    ['expires', 'last day of the exemption; empty for no end', (e) => e.expires],
    ['expired', 'yes if the exemption ended before the end of the period', (e) => e.expired],
    ['principals', 'number of exempted principals', (e) => e.principals],
  ],
};
