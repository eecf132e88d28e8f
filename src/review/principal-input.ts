import type { Catalog } from '../catalog/types.js';
import type { Credentials } from '../iam/credentials.js';
import type { Grants, Principal } from '../iam/types.js';
import type { Period } from '../period.js';
import type { ActivityRow, RequestRow, ResourceRow } from '../trail/types.js';
import type { GrantedNames } from './granted-names.js';
import type { Doubt, Gap } from './reasons.js';
import type { AccountLogs } from './recording/account-logs.js';
import type { Unseen } from './recording/unseen.js';
import type { RoleNames } from './role-names.js';
import type { PrincipalReview } from './types.js';

/** Everything that the review of one principal depends on. */
export interface PrincipalInput {
  readonly catalog: Catalog;
  readonly principal: Principal;
  readonly accountName: string;
  readonly grants: Grants;
  readonly rows: readonly ActivityRow[];
  readonly requests: readonly RequestRow[];
  /** What the logs of the account can prove. */
  readonly logs: Pick<AccountLogs, 'days' | 'unseen' | 'showChanges'>;
  /** Actions whose use would leave no event; all if the data are incomplete or AWS shows a use without a trace. */
  readonly unseen: Unseen;
  /** Why its data are incomplete; empty if complete. */
  readonly gaps: readonly Gap[];
  /** Why the logs of the account are doubtful; null where they are not. */
  readonly doubt: Doubt | null;
  readonly period: Period;
  readonly sessionsStarted: number;
  readonly resources: readonly ResourceRow[];
  /** Roles of the account. */
  readonly roleNames: RoleNames;
  readonly grantedNames: GrantedNames;
  readonly weeks: PrincipalReview['weeks'];
  readonly origins: PrincipalReview['origins'];
  readonly trust: PrincipalReview['trust'];
  readonly people: PrincipalReview['people'];
  readonly exemption: PrincipalReview['exemption'];
  readonly owner: PrincipalReview['owner'];
  readonly credentials: Credentials | null;
}
