import type { Origin } from '../review/types.js';

/** Who made calls or started a session: the kinds of callers in CloudTrail's userIdentity. */
export const CALLER_KINDS: Readonly<Record<Origin['kind'], string>> = {
  user: 'user',
  role: 'role',
  root: 'root user',
  federated: 'federated user',
  saml: 'SAML provider',
  'web-identity': 'OIDC provider',
  'identity-center': 'IAM Identity Center',
  service: 'AWS service',
  external: 'other account',
  unknown: 'unknown',
  deleted: 'deleted',
};
