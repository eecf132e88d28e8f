/** Who may assume a role: the trust policy's side and the caller's. */
export { allowedAssumptions } from './trust/allowed.js';
export { trustEntries } from './trust/entries.js';
export { mayAssume } from './trust/may-assume.js';
export { accountOf } from './trust/naming.js';
