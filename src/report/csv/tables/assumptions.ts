import type { AssumptionReview } from '../../../review/types.js';
import type { Table } from './table.js';

export const ASSUMPTIONS: Table<AssumptionReview> = {
  name: 'assumptions',
  content: 'one row per pair of source and role',
  columns: [
    ['source_type', 'user or role', (pair) => pair.sourceType],
    ['source_name', 'name of the source: the user or role that assumes the role', (pair) => pair.sourceName],
    ['source_arn', 'ARN of the source', (pair) => pair.sourceArn],
    ['role_name', 'name without path', (pair) => pair.roleName],
    ['role_arn', 'ARN of the role', (pair) => pair.roleArn],
    ['role_account_id', 'account of the role', (pair) => pair.roleAccountId],
    ['allowed', 'allowed by today’s policies: yes, no, conditional or unknown', (pair) => pair.allowed],
    [
      'assumed',
      'assumed in the period: yes, no, or unknown if the logs could not have shown it',
      (pair) => (pair.known ? pair.assumed : 'unknown'),
    ],
    ['sessions', 'sessions started in the period', (pair) => pair.sessions],
    ['first_assumed', 'first role assumption in the period', (pair) => pair.firstAssumed],
    ['last_assumed', 'last role assumption in the period', (pair) => pair.lastAssumed],
    [
      'actions_used',
      'actions of the calls in the sessions, without those used inside them',
      (pair) => pair.actions.map(({ action }) => action),
    ],
  ],
};
