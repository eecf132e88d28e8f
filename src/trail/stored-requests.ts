import { hash } from 'node:crypto';
import type { RequestPlan } from '../base/requests/plan.js';
import type { RequestContents } from '../base/requests/reader.js';

/** Raise it when requests are read in another way by the same plan. */
const READING = 2;

/** Contents of a request as an index holds them beside the record, so that they can be grouped by. */
export interface StoredRequest {
  /** `planId` of the plan by which it was read. */
  readonly plan: string;
  /** `whole` or `missing`, `roles` or `none`, and the ids of the paths found, with spaces between. */
  readonly request: string;
  readonly roles: readonly string[];
}

/** What a request is known to have, but for the names of roles. */
export interface RequestShape extends Pick<RequestContents, 'parameters' | 'found'> {
  readonly hasRoles: boolean;
}

/** Contents that were stored by another plan are not used. */
export const planId = ({ prefixes, services }: RequestPlan): string =>
  hash(
    'sha256',
    JSON.stringify([READING, [...prefixes.first], [...prefixes.second], [...services]]),
    'base64url',
  ).slice(0, 16);

export const toStored = (plan: string, { parameters, found, roles }: RequestContents): StoredRequest => ({
  plan,
  request: [parameters, roles.length > 0 ? 'roles' : 'none', ...found].join(' '),
  roles,
});

/** @param request as in `StoredRequest` */
export function fromStored(request: string): RequestShape {
  const [parameters, roles, ...found] = request.split(' ');
  return { parameters: parameters === 'whole' ? 'whole' : 'missing', hasRoles: roles === 'roles', found };
}
