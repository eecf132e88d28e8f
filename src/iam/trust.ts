/** Who can assume a role: trust policy and policies of the caller. */
export { allowedAssumptions } from './trust/allowed.js';
export { trustEntries } from './trust/entries.js';
export { mayAssume } from './trust/may-assume.js';
export { accountOf } from './trust/naming.js';
