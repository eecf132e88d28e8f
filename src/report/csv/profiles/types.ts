import type { Cell } from '../cells.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

/** A list of accounts as another tool imports it: the names of its columns, and how to fill them. */
export type Profile = readonly (readonly [name: string, value: (principal: DescribedPrincipal) => Cell])[];

/** Mail addresses are what these tools match owners by; a team's name is none. */
export const ownerEmail = ({ owner }: DescribedPrincipal): string | null =>
  owner !== null && /^[^\s@]+@[^\s@]+$/.test(owner.name) ? owner.name : null;

/** What a reviewer there can decide on: the policies and groups, in the form of a list with commas. */
export const roleList = ({ policiesAttached, policiesInline, groups }: DescribedPrincipal): string =>
  [...groups.map((group) => `group ${group}`), ...policiesAttached, ...policiesInline].join(', ');

/** `demo/alice`: names repeat between accounts. */
export const accountAndName = ({ accountName, name }: DescribedPrincipal): string => `${accountName}/${name}`;
