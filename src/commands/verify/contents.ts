import { principalsPath } from '../../report/paths.js';
import { increment, countOf } from '../../base/maps.js';
import {
  ASSET,
  isOptionalFile,
  isPolicyFile,
  isPrincipalPage,
  isSearchFile,
  requiredFiles,
} from '../../report/contents.js';
import { REVIEW_FILE, SEARCH_FILE, type FileFacts } from './facts.js';
import type { Finding } from './finding.js';
import type { Manifest } from './manifest.js';
import { VERIFY_DETAILS } from '../../wording/verify.js';

export interface ReportContents {
  readonly manifest: Manifest;
  /** Paths in SHA256SUMS or the manifest. */
  readonly paths: ReadonlySet<string>;
  /** SHA-256 by path, from SHA256SUMS. */
  readonly listed: ReadonlyMap<string, string>;
  /** By path, for files with the listed checksum only: changed files are already reported. */
  readonly facts: ReadonlyMap<string, FileFacts>;
}

/** The report has all files that its options require, and no unknown files. */
export function checkFiles(contents: ReportContents): Finding[] {
  const { manifest, paths, listed } = contents;
  const required = new Set(
    requiredFiles({
      accountIds: manifest.options.accounts,
      detail: manifest.options.detail,
      evidence: manifest.trail.evidence,
      compared: manifest.inputs.some(({ kind }) => kind === 'previous'),
    }),
  );
  return [
    ...[...required].filter((path) => !paths.has(path)).map((path) => absent(path, VERIFY_DETAILS.required)),
    ...[...listed.keys()]
      .filter((path) => !required.has(path) && !isOptionalFile(path))
      .map((path): Finding => ({ kind: 'extra', path, detail: VERIFY_DETAILS.unexpected })),
    ...checkAssets(contents),
    ...checkSearch(contents),
    ...checkPrincipalFiles(contents),
  ];
}

function checkAssets({ paths, listed }: ReportContents): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, number>();
  for (const path of paths) {
    const [, hash, extension] = ASSET.exec(path) ?? [];
    if (hash === undefined || extension === undefined) continue;
    increment(seen, extension);
    if (listed.get(path)?.startsWith(hash) === false)
      findings.push({ kind: 'contradicts', path, detail: VERIFY_DETAILS.otherAsset });
  }
  for (const extension of ['css', 'js']) {
    const count = countOf(seen, extension);
    const path = `assets/site.*.${extension}`;
    if (count === 0) findings.push(absent(path, VERIFY_DETAILS.requiredAlways));
    else if (count > 1) findings.push({ kind: 'extra', path, detail: VERIFY_DETAILS.severalAssets(count) });
  }
  return findings;
}

/** The search box uses the files listed in its directory. */
function checkSearch({ paths, listed, facts }: ReportContents): Finding[] {
  const files = facts.get(SEARCH_FILE)?.search?.files;
  if (files === undefined) return [];
  return [
    ...[...files]
      .filter((path) => !paths.has(path))
      .map((path) => absent(path, VERIFY_DETAILS.named(SEARCH_FILE))),
    ...[...listed.keys()]
      .filter((path) => isSearchFile(path) && !files.has(path))
      .map((path): Finding => ({ kind: 'extra', path, detail: VERIFY_DETAILS.notNamed(SEARCH_FILE) })),
  ];
}

/** Each principal has a line in json/, a row in csv/access-review.csv and a page; each suggested policy has a file. */
function checkPrincipalFiles({ paths, listed, facts }: ReportContents): Finding[] {
  const findings: Finding[] = [];
  const contradict = (path: string, detail: string): void => {
    findings.push({ kind: 'contradicts', path, detail });
  };
  const review = facts.get(REVIEW_FILE)?.review;
  const principals = [...facts].flatMap(([path, { principals }]) =>
    principals === undefined ? [] : [{ path, pages: principals.pages }],
  );
  const inJson = new Set(principals.flatMap(({ pages }) => [...pages]));
  for (const { path, pages } of principals) {
    for (const page of pages) {
      if (!paths.has(page)) findings.push(absent(page, VERIFY_DETAILS.hasLine(path)));
      if (review?.pages.has(page) === false) contradict(REVIEW_FILE, VERIFY_DETAILS.noRow(page, path));
    }
  }
  if (review === undefined) return findings;
  for (const page of review.pages) {
    const [, accountId = ''] = page.split('/');
    const path = principalsPath(accountId);
    // A file with another checksum is already reported.
    if (!inJson.has(page) && (facts.has(path) || !listed.has(path)))
      contradict(REVIEW_FILE, VERIFY_DETAILS.extraRow(page, path));
  }
  for (const path of listed.keys()) {
    if (isPrincipalPage(path) && !review.pages.has(path))
      findings.push({ kind: 'extra', path, detail: VERIFY_DETAILS.noRowOf(REVIEW_FILE) });
    else if (isPolicyFile(path) && review.policyFiles?.has(path) === false)
      findings.push({ kind: 'extra', path, detail: VERIFY_DETAILS.noRowNames(REVIEW_FILE) });
  }
  for (const path of review.policyFiles ?? [])
    if (!paths.has(path)) findings.push(absent(path, VERIFY_DETAILS.named(REVIEW_FILE)));
  return findings;
}

/** Neither manifest.json nor SHA256SUMS has it. */
const absent = (path: string, why: string): Finding => ({
  kind: 'not listed',
  path,
  detail: VERIFY_DETAILS.notInBoth(why),
});
