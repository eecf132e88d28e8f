import type { PrincipalReview } from '../../../review/types.js';
import type { Cell } from '../cells.js';

/** A list of accounts as another tool imports it: the names of its columns, and how to fill them. */
export type Profile = readonly (readonly [name: string, value: (principal: PrincipalReview) => Cell])[];

/** Mail addresses are what these tools match owners by; a team's name is none. */
export const ownerEmail = ({ owner }: PrincipalReview): string | null =>
  owner !== null && /^[^\s@]+@[^\s@]+$/.test(owner.name) ? owner.name : null;

/** What a reviewer there can decide on: the policies and groups, in the form of a list with commas. */
export const roleList = ({ policiesAttached, policiesInline, groups }: PrincipalReview): string =>
  [...groups.map((group) => `group ${group}`), ...policiesAttached, ...policiesInline].join(', ');

/** `demo/alice`: names repeat between accounts. */
export const accountAndName = ({ accountName, name }: PrincipalReview): string => `${accountName}/${name}`;
