import type { Explanation, Principal } from '../iam/types.js';

/** One plain sentence: why an action that was used is not granted today. */
export function whyUngranted({ verdict, deniedBy }: Explanation, principal: Principal): string {
  switch (verdict) {
    case 'granted':
      return 'Granted.';
    case 'denied': {
      const deny = deniedBy.find((s) => !s.conditional && !s.resourceLimited);
      return `${deny === undefined ? 'A policy' : `${source(deny.source)}${deny.policy}`} denies it.`;
    }
    case 'outside-scp':
      return 'The service control policies do not allow it.';
    case 'outside-boundary':
      return principal.boundary.kind === 'policy'
        ? `The permissions boundary ${principal.boundary.policy.name} does not allow it.`
        : 'The permissions boundary does not allow it.';
    case 'not-allowed':
      return 'No identity policy allows it today: one did when it was used, or a resource policy does.';
  }
}

function source(kind: 'identity' | 'boundary' | 'scp'): string {
  if (kind === 'identity') return 'The policy ';
  return kind === 'boundary' ? 'The permissions boundary ' : 'The service control policy ';
}
