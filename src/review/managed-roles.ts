import type { Principal } from '../iam/types.js';

/** Who defines a role instead of the administrators of the account: changes must be made there. */
export type RoleManager =
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'permission-set'; readonly name: string };

// IAM Identity Center User Guide: Referencing permission sets in resource policies; some Regions follow the path.
const SSO_PATH = '/aws-reserved/sso.amazonaws.com/';
const SSO_NAME = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/i;

/** null for users, and for roles that administrators of the account can change. */
export function managerOf(principal: Principal): RoleManager | null {
  if (principal.type === 'user') return null;
  // IAM User Guide: Create a service-linked role; the name of the service follows in the path.
  if (principal.serviceLinked)
    return { kind: 'service', service: principal.path.split('/')[2] ?? principal.name };
  const named = SSO_NAME.exec(principal.name)?.[1];
  if (named === undefined && !principal.path.startsWith(SSO_PATH)) return null;
  return { kind: 'permission-set', name: named ?? principal.name };
}
