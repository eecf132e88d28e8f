import { describeError } from '../base/describe-error.js';
import { isObject } from '../base/is-object.js';
import { parse } from 'csv-parse/sync';
import { parseJson } from '../base/json.js';
import { IamFileError } from './errors.js';
import { normaliseDate } from './parse.js';

/** Credentials of one user (IAM User Guide: Getting credential reports). */
export interface Credentials {
  /** Has a console password. */
  readonly console: boolean;
  readonly mfa: boolean;
  readonly activeKeys: number;
  /** Creation of the oldest active access key, ISO 8601 UTC; null without active keys. */
  readonly oldestKeySince: string | null;
  /** Last use of the password or an access key according to AWS; null for none. */
  readonly lastUsed: string | null;
  /** Service prefix of that use, such as `s3`; null for a password, or if the report does not say. */
  readonly lastUsedService: string | null;
}

interface CredentialRow extends Credentials {
  readonly arn: string;
  /** Creation of the user, which distinguishes a re-created user from its predecessor. */
  readonly createdAt: string | null;
}

export interface CredentialReport {
  /** Without the root user. */
  readonly rows: readonly CredentialRow[];
  /** One per unreadable row, with file and line. */
  readonly warnings: readonly string[];
}

export const HOW_TO_EXPORT_CREDENTIALS =
  'Make it with: aws iam generate-credential-report, then: aws iam get-credential-report > FILE';

const NEEDED = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
] as const;

/**
 * Parses a credential report: the CSV, or the JSON of `aws iam get-credential-report` with the CSV as Base64. An
 * unreadable row is skipped.
 * @throws IamFileError if it is not a credential report
 */
export function parseCredentialReport(text: string, file: string): CredentialReport {
  const fail = (what: string): never => {
    throw new IamFileError(`${file} ${what}. ${HOW_TO_EXPORT_CREDENTIALS}`);
  };
  let table: readonly { readonly line: number; readonly cells: readonly string[] }[];
  try {
    table = records(csvOf(text));
  } catch (error) {
    return fail(`is not a credential report (${describeError(error)})`);
  }
  const [header, ...body] = table;
  const names = header?.cells.map((name) => name.trim()) ?? [];
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) return fail(`is not a credential report: it has no column ${missing.join(', ')}`);
  const rows: CredentialRow[] = [];
  const warnings: string[] = [];
  for (const { line, cells } of body) {
    if (cells.every((cell) => cell === '')) continue;
    const row = new Map(names.map((name, i) => [name, cells[i] ?? '']));
    if (row.get('user') === '<root_account>') continue;
    try {
      if (cells.length !== names.length)
        throw new InvalidCellError(`it has ${cells.length} of ${names.length} columns`);
      rows.push(readRow((name) => row.get(name)));
    } catch (error) {
      if (!(error instanceof InvalidCellError)) throw error;
      warnings.push(`${file}:${line}: this row of the credential report is left out: ${error.message}.`);
    }
  }
  return { rows, warnings };
}

function csvOf(text: string): string {
  if (!text.trimStart().startsWith('{')) return text;
  const json = parseJson(text);
  if (!isObject(json) || typeof json['Content'] !== 'string') throw new Error('its JSON has no text Content');
  return Buffer.from(json['Content'], 'base64').toString('utf8');
}

function records(csv: string): { line: number; cells: string[] }[] {
  const read: unknown = parse(csv, { bom: true, info: true, relax_column_count: true });
  return (read as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
    line: info.lines,
    cells: record,
  }));
}

class InvalidCellError extends Error {}

type Get = (column: string) => string | undefined;

function readRow(get: Get): CredentialRow {
  const arn = get('arn') ?? '';
  if (!/^arn:[^:]+:iam::\d{12}:user\//.test(arn))
    throw new InvalidCellError(`arn "${arn}" is not that of a user`);
  const keys = ['access_key_1', 'access_key_2'].flatMap((key) =>
    flag(get, `${key}_active`) ? [time(get, `${key}_last_rotated`)] : [],
  );
  const uses = [
    { at: time(get, 'password_last_used'), service: null },
    ...['access_key_1', 'access_key_2'].map((key) => ({
      at: time(get, `${key}_last_used_date`),
      service: serviceOf(get(`${key}_last_used_service`)),
    })),
  ];
  const lastUsed = uses.map(({ at }) => at).reduce(latest, null);
  return {
    arn,
    createdAt: time(get, 'user_creation_time'),
    console: flag(get, 'password_enabled'),
    mfa: flag(get, 'mfa_active'),
    activeKeys: keys.length,
    oldestKeySince: keys.reduce(earliest, null),
    lastUsed,
    lastUsedService: uses.find(({ at }) => at !== null && at === lastUsed)?.service ?? null,
  };
}

const serviceOf = (value = ''): string | null =>
  ['', 'n/a', 'no_information', 'not_supported'].includes(value.toLowerCase()) ? null : value;

function flag(get: Get, column: string): boolean {
  const value = (get(column) ?? '').toLowerCase();
  if (value === 'true') return true;
  // Old reports have one key only. Some tools write `not_supported` for root and for users without password.
  if (['false', '', 'n/a', 'not_supported'].includes(value)) return false;
  throw new InvalidCellError(`${column} "${value}" is neither true nor false`);
}

function time(get: Get, column: string): string | null {
  const value = get(column) ?? '';
  if (['', 'n/a', 'no_information', 'not_supported'].includes(value.toLowerCase())) return null;
  const read = normaliseDate(value);
  if (read === null) throw new InvalidCellError(`${column} "${value}" is not a time`);
  return read;
}

const earliest = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b < a) ? b : a;
const latest = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;
