import type { Statement } from '../types.js';
import { contains, disjoint } from './containment.js';

/** Where a resource, or a pattern of resources, is in relation to the resources of a statement. */
export function place(resource: string, s: Statement): 'inside' | 'outside' | 'unclear' {
  if (s.resourceKind === 'NotResource') return 'unclear';
  if (s.resources.some((pattern) => contains(pattern, resource))) return 'inside';
  return s.resources.every((pattern) => disjoint(pattern, resource)) ? 'outside' : 'unclear';
}
