import { LOG_FILES_FILE } from '../../model/log-file.js';
import { principalsPath, privilegesPath } from '../../report/paths.js';
import type { z } from 'zod';
import { reportShape } from '../../model/report.js';
import type { ReportContents } from './contents.js';
import { REPORT_FILE, REVIEW_FILE, SEARCH_FILE } from './facts.js';
import type { Finding } from './finding.js';
import { MANIFEST } from './manifest.js';
import { problemsOf } from './problems.js';
import { VERIFY_DETAILS } from '../../wording/verify.js';

type Report = z.infer<typeof reportShape>;

/** Size and row count of each file match the manifest. */
export function checkSizes({ manifest, facts }: ReportContents): Finding[] {
  const findings: Finding[] = [];
  for (const { path, bytes, rows } of [...manifest.outputs, ...manifest.run.outputs]) {
    const file = facts.get(path);
    if (file === undefined) continue;
    if (file.bytes !== bytes)
      findings.push(contradiction(path, VERIFY_DETAILS.size(file.bytes, 'byte', MANIFEST, bytes)));
    if (file.rows !== rows)
      findings.push(contradiction(path, VERIFY_DETAILS.size(file.rows ?? 0, 'row', MANIFEST, rows)));
  }
  return findings;
}

/** Totals of the manifest, json/report.json, the CSV files and the JSON Lines files agree. */
export function checkCounts(contents: ReportContents): Finding[] {
  const { manifest, facts } = contents;
  const agree = new Agreement(contents);
  const { counts } = manifest;
  agree.rows(REVIEW_FILE, counts.principals, 'principal', MANIFEST);
  if (counts.principals !== counts.users + counts.roles)
    agree.contradict(MANIFEST, VERIFY_DETAILS.principalTotal);
  const found = facts.get(SEARCH_FILE)?.search?.principals;
  if (found !== undefined) agree.equal(SEARCH_FILE, 'principals', found, counts.principals, MANIFEST);
  const incomplete = facts.get(REVIEW_FILE)?.review?.incomplete;
  if (incomplete !== undefined)
    agree.equal(REVIEW_FILE, 'incomplete principals', incomplete, counts.incomplete, MANIFEST);
  agree.rows('csv/population.csv', manifest.options.accounts.length, 'account', MANIFEST);
  agree.rows('csv/exemptions.csv', manifest.exemptions.length, 'exemption', MANIFEST);
  const { server, logFiles, evidence } = manifest.trail;
  if (server !== null && logFiles !== null) agree.contradict(MANIFEST, VERIFY_DETAILS.twoSources);
  if ((logFiles !== null) !== evidence.includes(LOG_FILES_FILE))
    agree.contradict(MANIFEST, VERIFY_DETAILS.evidence);
  if (logFiles !== null) agree.rows(logFiles.path, logFiles.files, 'log file', MANIFEST);
  agree.rows(
    'csv/assumptions.csv',
    agree.sum(/^json\/[^/]+\/assumptions\.ndjson$/),
    'line',
    'json/*/assumptions.ndjson',
  );
  agree.rows('csv/changes.csv', agree.sum(/^json\/changes\.ndjson$/), 'line', 'json/changes.ndjson');
  const report = facts.get(REPORT_FILE);
  return report === undefined ? agree.findings : [...agree.findings, ...checkReport(report.json, contents)];
}

/** json/report.json agrees with the manifest and with the files of each account. */
function checkReport(json: unknown, contents: ReportContents): Finding[] {
  const { manifest } = contents;
  const parsed = reportShape.safeParse(json);
  if (!parsed.success)
    return problemsOf(parsed.error).map((detail) => ({ kind: 'invalid', path: REPORT_FILE, detail }));
  const report = parsed.data;
  const agree = new Agreement(contents);
  const same = (what: string, here: unknown, there: unknown): void => {
    if (JSON.stringify(here) !== JSON.stringify(there))
      agree.contradict(REPORT_FILE, VERIFY_DETAILS.different(what, MANIFEST));
  };
  same('review.id', report.review.id, manifest.review.id);
  same('review.period', report.review.period, manifest.review.period);
  same('review.tool', report.review.tool, manifest.tool);
  same(
    'accounts',
    report.accounts.map(({ id }) => id),
    manifest.options.accounts,
  );
  same(
    'accounts[].coverage',
    report.accounts.map(({ coverage }) => coverage),
    manifest.trail.accounts,
  );
  const total = (key: 'principals' | 'users' | 'roles' | 'incomplete'): number =>
    report.accounts.reduce((sum, { counts }) => sum + counts[key], 0);
  for (const key of ['principals', 'users', 'roles', 'incomplete'] as const)
    agree.equal(REPORT_FILE, key, total(key), manifest.counts[key], MANIFEST);
  agree.equal(REPORT_FILE, 'events', report.mapping.events, manifest.counts.events, MANIFEST);
  for (const account of report.accounts) checkAccount(account, agree);
  const strangers = report.accounts.reduce((sum, { trailOnly }) => sum + trailOnly.length, 0);
  agree.rows('csv/trail-principals.csv', strangers, 'principal', `accounts[].trailOnly of ${REPORT_FILE}`);
  return agree.findings;
}

function checkAccount({ id, counts }: Report['accounts'][number], agree: Agreement): void {
  const path = principalsPath(id);
  const principals = agree.facts.get(path)?.principals;
  if (principals !== undefined) {
    const { rows, users, roles } = principals;
    agree.equal(path, 'principals', rows, counts.principals, REPORT_FILE);
    agree.equal(path, 'users', users, counts.users, REPORT_FILE);
    agree.equal(path, 'roles', roles, counts.roles, REPORT_FILE);
  }
  const { used, unused, unknown, ungranted } = counts;
  agree.rows(privilegesPath(id), used + unused + unknown + ungranted, 'action', REPORT_FILE);
}

class Agreement {
  readonly findings: Finding[] = [];
  readonly facts: ReportContents['facts'];
  readonly #listed: ReportContents['listed'];

  constructor({ facts, listed }: ReportContents) {
    this.facts = facts;
    this.#listed = listed;
  }

  contradict(path: string, detail: string): void {
    this.findings.push(contradiction(path, detail));
  }

  equal(path: string, what: string, here: number, there: number, other: string): void {
    if (here !== there) this.contradict(path, VERIFY_DETAILS.unequal(what, here, there, other));
  }

  /** Ignores a file that is missing or has another checksum. */
  rows(path: string, expected: number | undefined, noun: string, other: string): void {
    const rows = this.facts.get(path)?.rows;
    if (rows !== undefined && expected !== undefined && rows !== expected)
      this.contradict(path, VERIFY_DETAILS.rows(rows, expected, noun, other));
  }

  /** Total of all files with that name; undefined if one is missing or has another checksum. */
  sum(name: RegExp): number | undefined {
    let sum = 0;
    for (const path of this.#listed.keys()) {
      if (!name.test(path)) continue;
      const rows = this.facts.get(path)?.rows;
      if (rows === undefined) return undefined;
      sum += rows;
    }
    return sum;
  }
}

const contradiction = (path: string, detail: string): Finding => ({ kind: 'contradicts', path, detail });
