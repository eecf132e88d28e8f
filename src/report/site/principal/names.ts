import { fileName } from '../render.js';

/** The relative way from a principal's page to the report's folder. */
export const ROOT = '../../../';

/** All actions of an account's principals; relative to the report's folder. */
export const privilegesFile = (accountId: string): string => `csv/privileges/${fileName(accountId)}.csv`;
