import type { PrincipalReview } from '../../../review/types.js';
import { fileName } from '../render.js';

/** The relative way from a principal's page to the report's folder. */
export const ROOT = '../../../';

/** All actions of an account's principals; relative to the report's folder. */
export const privilegesFile = (accountId: string): string => `csv/privileges/${fileName(accountId)}.csv`;

/** Names of granted actions of one service, by what is known of their use. */
export interface ServiceNames {
  readonly used: string[];
  readonly unused: string[];
  /** Data events that are not logged here. */
  readonly notLogged: string[];
  /** No event of their own. */
  readonly noCall: string[];
}

/** Granted actions by service. An administrator has 22,000, so the lists, which are sorted, are gone through once. */
export function namesByService(p: PrincipalReview): ReadonlyMap<string, ServiceNames> {
  const services = new Map<string, ServiceNames>();
  const notLogged = new Set(p.unknownNotLogged);
  let prefix = '';
  let names: ServiceNames = { used: [], unused: [], notLogged: [], noCall: [] };
  const of = (action: string): ServiceNames => {
    if (prefix !== '' && action.startsWith(prefix)) return names;
    const service = serviceOf(action);
    prefix = `${service}:`;
    const found = services.get(service);
    names = found ?? { used: [], unused: [], notLogged: [], noCall: [] };
    if (found === undefined) services.set(service, names);
    return names;
  };
  for (const { action } of p.used) of(action).used.push(action);
  for (const action of p.unused) of(action).unused.push(action);
  for (const action of p.unknown) {
    const { notLogged: data, noCall } = of(action);
    (notLogged.has(action) ? data : noCall).push(action);
  }
  return services;
}

const serviceOf = (action: string): string => action.slice(0, Math.max(0, action.indexOf(':')));
