import type { Cell } from '../cells.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

/** A list of accounts for import into another tool: column names and values. */
export type Profile = readonly (readonly [name: string, value: (principal: DescribedPrincipal) => Cell])[];

/** These tools match owners by email address; a team name is not one. */
export const ownerEmail = ({ owner }: DescribedPrincipal): string | null =>
  owner !== null && /^[^\s@]+@[^\s@]+$/.test(owner.name) ? owner.name : null;

/** What a reviewer can decide on: policies and groups, separated by commas. */
export const roleList = ({ policiesAttached, policiesInline, groups }: DescribedPrincipal): string =>
  [...groups.map((group) => `group ${group}`), ...policiesAttached, ...policiesInline].join(', ');

/** `demo/alice`: names repeat between accounts. */
export const accountAndName = ({ accountName, name }: DescribedPrincipal): string => `${accountName}/${name}`;
