import { CSV_PROFILES } from './csv/profiles/all.js';
import { FULL_TABLES, TABLES } from './csv/tables/all.js';
import { QUERIES_FILE } from './json/queries.js';
import { LOG_FILES_FILE } from './log-files.js';
import { SHAPES } from '../model/files.js';

/** What decides which files a report has. */
export interface ContentOptions {
  /** 12 digits each. */
  readonly accountIds: readonly string[];
  readonly detail: 'full' | 'services';
  /** The logs were files. */
  readonly logFiles: boolean;
  /** Made with `--previous`. */
  readonly compared: boolean;
}

/** Files that every report with these options has, beside SHA256SUMS and those named after a principal or a hash. */
export function requiredFiles({ accountIds, detail, logFiles, compared }: ContentOptions): readonly string[] {
  const full = detail === 'full';
  return [
    ...['manifest.json', 'index.html', 'assumptions.html', 'methodology.html', 'search/directory.js'],
    ...TABLES.map(({ name }) => `csv/${name}.csv`),
    ...['json/report.json', 'json/findings.sarif'],
    ...SHAPES.map(([name]) => `json/schema/${name}.schema.json`),
    logFiles ? LOG_FILES_FILE : QUERIES_FILE,
    ...(full ? ['json/catalog.json'] : []),
    ...(compared ? ['changes.html', 'csv/changes.csv', 'json/changes.ndjson'] : []),
    ...accountIds.flatMap((id) => [
      `accounts/${id}/index.html`,
      `json/${id}/principals.ndjson`,
      `json/${id}/assumptions.ndjson`,
      ...(full ? FULL_TABLES.map(({ name }) => `csv/${name.replace('<accountId>', id)}.csv`) : []),
    ]),
  ];
}

/** A page of a user or role. */
export const isPrincipalPage = (path: string): boolean => PRINCIPAL_PAGE.test(path);
const PRINCIPAL_PAGE = /^accounts\/\d{12}\/(?:users|roles)\/[\w-]*\.html$/;

export const isPolicyFile = (path: string): boolean => POLICY_FILE.test(path);
const POLICY_FILE = /^policies\/\d{12}\/[\w-]*(?:\.(?:cautious|strict|observed)-\d+)?\.json$/;

/** A part of the index of principals. */
export const isSearchFile = (path: string): boolean => SEARCH_FILE.test(path);
const SEARCH_FILE = /^search\/\d+-[0-9a-f]{8}\.js$/;

/** The style and the script: the hash in the name begins the SHA-256 of the file. */
export const ASSET = /^assets\/site\.([0-9a-f]{12})\.(css|js)$/;

/** Files that a report has as many of as it takes. */
const FAMILIES = [
  PRINCIPAL_PAGE,
  POLICY_FILE,
  ASSET,
  /^accounts\/\d{12}\/page-\d+\.html$/,
  /^services\/[\w-]+-[0-9a-f]{12}\.html$/,
  SEARCH_FILE,
  // Of an account that is not configured: role assumptions between two such accounts.
  /^json\/[\w-]+\/assumptions\.ndjson$/,
  new RegExp(`^csv/access-review\\.(?:${CSV_PROFILES.join('|')})\\.csv$`),
];

export const isOptionalFile = (path: string): boolean => FAMILIES.some((family) => family.test(path));
