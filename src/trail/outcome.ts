import type { Outcome } from './types.js';

/**
 * Error codes by which services say that the caller lacks the permission: AccessDenied, AccessDeniedException,
 * UnauthorizedOperation, Client.UnauthorizedOperation, Client.UnauthorizedAccess, UnauthorizedException, AuthorizationError,
 * NotAuthorizedException, VpceAccessDenied (by a VPC endpoint policy: CloudTrail User Guide, record contents), … Errors about the
 * credentials themselves (AuthFailure, ExpiredToken) say nothing about permissions and are plain failures.
 */
const DENIED = /(^|\.)(Vpce)?(AccessDenied|Unauthori[sz]ed|NotAuthori[sz]ed|Authori[sz]ationError)/i;

/** @param errorCode as recorded; some services write null or nothing for success */
export function outcomeOf(errorCode: string | null): Outcome {
  if (errorCode === null || errorCode === '') return 'succeeded';
  return DENIED.test(errorCode) ? 'denied' : 'failed';
}
