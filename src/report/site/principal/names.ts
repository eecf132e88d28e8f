import { fileName } from '../render.js';

/** The relative way from a principal's page to the report's folder. */
export const ROOT = '../../../';

/** All actions of an account's principals; relative to the report's folder. */
export const privilegesFile = (accountId: string): string => `csv/privileges/${fileName(accountId)}.csv`;

export const serviceOf = (action: string): string => action.slice(0, Math.max(0, action.indexOf(':')));

/** Adds to the list of a key. */
export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
