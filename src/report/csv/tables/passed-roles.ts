import type { PassedRoleReview } from '../../../review/types.js';
import type { DescribedPrincipal } from '../../../wording/described.js';
import { principalTable } from './principal-table.js';
import { WHO, type Column } from './table.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly passed: PassedRoleReview;
}

const columns: readonly Column<Row>[] = [
  ...WHO,
  ['passed_role', 'ARN of the passed role, or as the request names it', ({ passed }) => passed.role],
  [
    'instance_profile',
    'instance profile in the request; its role is the one in the IAM file',
    ({ passed }) => passed.instanceProfile,
  ],
  ['passed_to', 'services that the call can pass the role to', ({ passed }) => passed.passedTo],
  ['call', 'action of the call that passed the role', ({ passed }) => passed.call],
  ['calls', 'number of succeeded calls', ({ passed }) => passed.count],
  ['first_passed', 'first call in the period', ({ passed }) => passed.first],
  ['last_passed', 'last call in the period', ({ passed }) => passed.last],
];

export const PASSED_ROLES = principalTable(
  'passed-roles',
  'who passed which role to which service',
  columns,
  (p) => p.passedRoles.map((passed) => ({ p, passed })),
);
