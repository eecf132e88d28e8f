import type { AssumptionReview } from '../../../review/types.js';
import type { Table } from './table.js';

export const ASSUMPTIONS: Table<AssumptionReview> = {
  name: 'assumptions',
  content: 'one row per pair of source and role',
  columns: [
    ['source_type', 'user or role', (pair) => pair.sourceType],
    ['source_name', 'name of the principal that assumes', (pair) => pair.sourceName],
    ['source_arn', 'its ARN', (pair) => pair.sourceArn],
    ['role_name', 'without path', (pair) => pair.roleName],
    ['role_arn', 'whole ARN of the role', (pair) => pair.roleArn],
    ['role_account_id', 'account of the role', (pair) => pair.roleAccountId],
    ['allowed', 'whether today’s policies allow it: yes, no, conditional or unknown', (pair) => pair.allowed],
    [
      'assumed',
      'whether it happened in the period: yes, no, or unknown where the logs could not have shown it',
      (pair) => (pair.known ? pair.assumed : 'unknown'),
    ],
    ['sessions', 'sessions started in the period', (pair) => pair.sessions],
    ['first_assumed', 'first time in the period', (pair) => pair.firstAssumed],
    ['last_assumed', 'when the role was last assumed', (pair) => pair.lastAssumed],
    ['actions_used', 'actions that succeeded', (pair) => pair.actions.map(({ action }) => action)],
  ],
};
