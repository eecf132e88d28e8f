import { JSON_FILES, schemaFiles, type FileOfReport } from '../model/files.js';
import { CSV_PROFILES } from './csv/profiles/all.js';
import { TABLES } from './csv/tables/all.js';
import { CHANGES } from './since-last-review/columns.js';
import { REVIEW_PAGES } from './site/pages.js';

/** Options that determine the files of a report. */
export interface ContentOptions {
  /** 12 digits each. */
  readonly accountIds: readonly string[];
  readonly detail: 'full' | 'services';
  /** Files in which the engine lists what it read or asked. */
  readonly evidence: readonly string[];
  /** With `--previous`. */
  readonly compared: boolean;
}

/** Page of a user or role. */
export const isPrincipalPage = (path: string): boolean => PRINCIPAL_PAGE.test(path);
const PRINCIPAL_PAGE = /^accounts\/\d{12}\/(?:users|roles)\/[\w-]*\.html$/;

export const isPolicyFile = (path: string): boolean => POLICY_FILE.test(path);
const POLICY_FILE = /^policies\/\d{12}\/[\w-]*(?:\.(?:cautious|strict|observed)-\d+)?\.json$/;

/** Part of the search index. */
export const isSearchFile = (path: string): boolean => SEARCH_FILE.test(path);
const SEARCH_FILE = /^search\/\d+-[0-9a-f]{8}\.js$/;

/** Style sheet and script: the hash in the name is the start of the file's SHA-256. */
export const ASSET = /^assets\/site\.([0-9a-f]{12})\.(css|js)$/;

/** Files of which a report has any number: their names, or their presence, depend on the data. */
interface FilesOfReport extends FileOfReport {
  readonly pattern?: RegExp;
}

/** Every file of a report: `verify` expects them, and docs/outputs.md lists them. */
export const FILES: readonly FilesOfReport[] = [
  ...REVIEW_PAGES,
  { path: 'accounts/<accountId>/index.html', content: 'one page per account' },
  {
    path: 'accounts/<accountId>/page-N.html',
    content: 'further principals of a large account',
    pattern: /^accounts\/\d{12}\/page-\d+\.html$/,
  },
  {
    path: 'accounts/<accountId>/users/<id>.html, …/roles/<id>.html',
    content: 'one page per principal',
    pattern: PRINCIPAL_PAGE,
  },
  {
    path: 'services/<service>-<hash>.html',
    content: 'lists of granted actions, shared by principals with the same grants',
    pattern: /^services\/[\w-]+-[0-9a-f]{12}\.html$/,
  },
  { path: 'search/directory.js', content: 'search index' },
  { path: 'search/<number>-<hash>.js', content: 'parts of the search index', pattern: SEARCH_FILE },
  {
    path: 'assets/site.<hash>.css, assets/site.<hash>.js',
    content: 'style sheet and script',
    pattern: ASSET,
  },
  ...[...TABLES, CHANGES].map((table) => ({ ...table, path: `csv/${table.name}.csv` })),
  {
    path: 'csv/access-review.<tool>.csv',
    content: 'with `--csv-profile`: a list of principals [for another tool](reviews.md#for-other-tools)',
    pattern: new RegExp(`^csv/access-review\\.(?:${CSV_PROFILES.join('|')})\\.csv$`),
  },
  ...JSON_FILES,
  {
    path: 'json/<otherAccountId>/assumptions.ndjson',
    content: 'role assumptions between two accounts that are not configured',
    pattern: /^json\/[\w-]+\/assumptions\.ndjson$/,
  },
  { path: 'json/findings.sarif', content: 'findings for pipelines (SARIF 2.1.0)' },
  ...schemaFiles().map(({ path }) => ({ path, content: 'JSON Schema' })),
  {
    path: 'policies/<accountId>/<id>.json, ….cautious-N.json, ….strict-N.json, ….observed-N.json',
    content:
      'suggested policies, each a document that AWS accepts: cautious, strict, and limited to observed resources',
    pattern: POLICY_FILE,
  },
];

/** Files in every report with these options, except SHA256SUMS and files named after a principal or hash. */
export function requiredFiles({ accountIds, detail, evidence, compared }: ContentOptions): readonly string[] {
  const has = {
    full: () => detail === 'full',
    compared: () => compared,
    evidence: (path: string) => evidence.includes(path),
  };
  return FILES.filter(
    ({ path, when, pattern }) => pattern === undefined && (when === undefined || has[when](path)),
  ).flatMap(({ path }) =>
    path.includes('<accountId>') ? accountIds.map((id) => path.replace('<accountId>', id)) : [path],
  );
}

export const isOptionalFile = (path: string): boolean =>
  FILES.some(({ pattern }) => pattern?.test(path) === true);
