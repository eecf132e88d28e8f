import type { Table } from './table.js';
import type { DescribedAccount } from '../../../wording/described.js';

/** Principals in the IAM file of an account, and rows written for them. */
interface TieOut {
  readonly account: DescribedAccount;
  readonly whole: number;
  readonly incomplete: number;
}

/** Principals without a row; 0 if all have one. */
export const missingRows = ({ account, whole, incomplete }: TieOut): number =>
  account.listed - whole - incomplete;

export const POPULATION: Table<TieOut> = {
  name: 'population',
  content: 'per account: principals in the IAM file and rows in the report',
  columns: [
    ['account_id', 'account ID, 12 digits', ({ account }) => account.id],
    ['account_name', 'account name in the configuration', ({ account }) => account.name],
    ['principals_in_iam_file', 'number of users and roles in the IAM file', ({ account }) => account.listed],
    ['rows_reported', 'number of rows with complete data', ({ whole }) => whole],
    ['rows_incomplete', 'number of rows with incomplete data', ({ incomplete }) => incomplete],
    ['difference', 'number of users and roles without a row: must be 0', missingRows],
  ],
};
