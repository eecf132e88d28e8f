import { describeError } from '../base/describe-error.js';
import { isObject } from '../base/is-object.js';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { JsonError, parseJson } from '../base/json.js';
import { IamFileError, type IamFileFault, type IamWarning, type RowFault } from './faults.js';
import { normalizeDate } from './parse.js';

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
  /** One per unreadable row. */
  readonly warnings: readonly IamWarning[];
}

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
  const fail = (fault: IamFileFault): never => {
    throw new IamFileError(file, 'credential-report', fault);
  };
  let table: readonly { readonly line: number; readonly cells: readonly string[] }[];
  try {
    table = records(csvOf(text) ?? fail({ kind: 'no-content' }));
  } catch (error) {
    if (error instanceof IamFileError) throw error;
    if (error instanceof JsonError) return fail({ kind: 'not-json', problem: error.message });
    return fail({ kind: 'not-csv', problem: describeError(error) });
  }
  const [header, ...body] = table;
  const names = header?.cells.map((name) => name.trim()) ?? [];
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) return fail({ kind: 'missing-columns', columns: missing });
  const rows: CredentialRow[] = [];
  const warnings: IamWarning[] = [];
  for (const { line, cells } of body) {
    if (cells.every((cell) => cell === '')) continue;
    const row = new Map(cells.map((cell, i) => [names[i], cell]));
    // Reports of earlier years have fewer columns.
    const get: Get = (column) => row.get(column) ?? '';
    if (get('user') === '<root_account>') continue;
    try {
      if (cells.length !== names.length)
        throw new InvalidRowError({ kind: 'cells', found: cells.length, expected: names.length });
      rows.push(readRow(get));
    } catch (error) {
      if (!(error instanceof InvalidRowError)) throw error;
      warnings.push({ kind: 'bad-row', file: basename(file), line, fault: error.fault });
    }
  }
  return { rows, warnings };
}

/** @returns undefined if the JSON has no CSV */
function csvOf(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return text;
  const json = parseJson(text);
  if (!isObject(json) || typeof json['Content'] !== 'string') return undefined;
  return Buffer.from(json['Content'], 'base64').toString('utf8');
}

function records(csv: string): { line: number; cells: string[] }[] {
  const read: unknown = parse(csv, { bom: true, info: true, relax_column_count: true });
  return (read as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
    line: info.lines,
    cells: record,
  }));
}

class InvalidRowError extends Error {
  constructor(readonly fault: RowFault) {
    super(fault.kind);
  }
}

type Get = (column: string) => string;

function readRow(get: Get): CredentialRow {
  const arn = get('arn');
  if (!/^arn:[^:]+:iam::\d{12}:user\//.test(arn)) throw new InvalidRowError({ kind: 'not-user-arn', arn });
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

const serviceOf = (value: string): string | null =>
  ['', 'n/a', 'no_information', 'not_supported'].includes(value.toLowerCase()) ? null : value;

function flag(get: Get, column: string): boolean {
  const value = get(column).toLowerCase();
  if (value === 'true') return true;
  // Old reports have one key only. Some tools write `not_supported` for root and for users without password.
  if (['false', '', 'n/a', 'not_supported'].includes(value)) return false;
  throw new InvalidRowError({ kind: 'not-boolean', column, value });
}

function time(get: Get, column: string): string | null {
  const value = get(column);
  if (['', 'n/a', 'no_information', 'not_supported'].includes(value.toLowerCase())) return null;
  const read = normalizeDate(value);
  if (read === null) throw new InvalidRowError({ kind: 'not-time', column, value });
  return read;
}

const earliest = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b < a) ? b : a;
const latest = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;
