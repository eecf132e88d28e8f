import { compareText } from '../base/compare.js';
import { compareActivity } from './aggregate.js';
import type { RequestRow } from './types.js';

/** Order of rows, the same in every engine. */
export function compareRequests(a: RequestRow, b: RequestRow): number {
  return (
    compareActivity(a, b) ||
    compareText(a.parameters, b.parameters) ||
    compareText(a.found.join(' '), b.found.join(' ')) ||
    Math.min(a.roles.length, 1) - Math.min(b.roles.length, 1)
  );
}
