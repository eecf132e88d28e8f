import type { Origin } from '../review/types.js';

/** Types of callers and session sources in CloudTrail's userIdentity. */
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
