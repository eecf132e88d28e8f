import type { Explanation, Principal } from '../iam/types.js';
import type { UngrantedReason } from './reasons.js';

/** Why an action that was used is not granted today. */
export function ungrantedReason(
  { verdict, deniedBy }: Explanation,
  { boundary }: Principal,
): UngrantedReason {
  switch (verdict) {
    case 'denied': {
      const deny = deniedBy.find((s) => !s.conditional && !s.resourceLimited);
      return { kind: 'denied', by: deny === undefined ? null : { source: deny.source, policy: deny.policy } };
    }
    case 'outside-boundary':
      return {
        kind: 'outside-boundary',
        boundary: boundary.kind === 'policy' ? boundary.policy.name : null,
      };
    default:
      return { kind: verdict };
  }
}
