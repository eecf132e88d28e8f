import { groupBy } from '../../base/maps.js';
import type { Period } from '../../period.js';
import type { DigestCoverage } from '../types.js';
import { DAY_SECONDS, HOUR_SECONDS, iso } from '../../base/time.js';
import { checkChain, covers, type ChainCheck, type Span } from './chain.js';
import type { Digest, ListedLogFile } from './digest.js';
import type { PublicKeys } from './public-keys.js';

/**
 * Events of the last minutes of a day are delivered after it; `aws cloudtrail validate-logs` also checks one more
 * hour.
 */
export const DELIVERY = HOUR_SECONDS;

/** A file named in digest files. */
export interface DigestProblem {
  readonly accountId: string;
  readonly kind: 'log file' | 'digest file';
  readonly state: 'missing' | 'changed';
  /** S3 object key. */
  readonly object: string;
}

export interface FoundLogs {
  readonly period: Period;
  readonly publicKeys: PublicKeys;
  /**
   * SHA-256 of the uncompressed contents of all log files read. A file may have been renamed, decompressed or
   * moved.
   */
  readonly contents: ReadonlySet<string>;
  /** Names of all files, with folders. */
  readonly names: readonly string[];
  /** Files that were not read, digest files included: already reported. */
  readonly failed: ReadonlySet<string>;
}

export interface Proved {
  /** By account. */
  readonly coverage: ReadonlyMap<string, DigestCoverage>;
  readonly problems: readonly DigestProblem[];
}

/** Compares logs with the digest files that CloudTrail delivered with them. */
export function proveLogs(digests: readonly Digest[], found: FoundLogs): Proved {
  const absent = absentLogFiles(digests, found);
  const regions = regionsOf(found.names, found.period);
  const stateOf = absent.size === 0 ? () => null : stateOfAbsent(found);
  const unread = new Set([...found.failed].map(baseName));
  const problems: DigestProblem[] = [];
  const coverage = new Map<string, DigestCoverage>();
  for (const [accountId, own] of groupBy(digests, (digest) => digest.accountId)) {
    for (const object of new Set(own.flatMap(({ logFiles }) => objectsIn(logFiles, absent)))) {
      const state = stateOf(object);
      if (state !== null) problems.push({ accountId, kind: 'log file', state, object });
    }
    const isWhole = ({ logFiles }: Digest): boolean => !logFiles.some((file) => absent.has(file));
    const hourly: ChainCheck[] = [];
    let signed = 0;
    for (const chain of groupBy(own, (digest) => digest.chain).values()) {
      const check = checkChain(chain, found.publicKeys, isWhole);
      signed += check.signed;
      if (chain.some(({ isBackfill }) => !isBackfill)) hourly.push(check);
      for (const state of ['missing', 'changed'] as const)
        for (const object of check[state])
          if (!unread.has(baseName(object))) problems.push({ accountId, kind: 'digest file', state, object });
    }
    const withDigests = new Set(own.map(({ region }) => region));
    // Log files of other Regions come from another trail, or their digest files are missing: then completeness is
    // unknown.
    const isEveryRegion = [...(regions.get(accountId) ?? [])].every((region) => withDigests.has(region));
    coverage.set(accountId, {
      ...{ files: own.length, signed, regions: [...withDigests].sort() },
      provenDays: isEveryRegion ? provenDays(hourly, found.period) : [],
    });
  }
  return { coverage, problems };
}

const objectsIn = (files: readonly ListedLogFile[], absent: ReadonlySet<ListedLogFile>): string[] =>
  files.filter((file) => absent.has(file)).map(({ object }) => object);

/** @returns null for a file that exists but could not be read: already reported */
function stateOfAbsent({ names, failed }: FoundLogs): (object: string) => DigestProblem['state'] | null {
  const present = new Set(names.map(baseName));
  const unread = new Set([...failed].map(baseName));
  return (object) => {
    const name = baseName(object);
    if (unread.has(name)) return null;
    return present.has(name) ? 'changed' : 'missing';
  };
}

/** Log files with events of the period whose content was not read. */
function absentLogFiles(
  digests: readonly Digest[],
  { period, contents }: FoundLogs,
): ReadonlySet<ListedLogFile> {
  const start = secondsOf(period.start);
  const end = secondsOf(period.end);
  const absent = new Set<ListedLogFile>();
  for (const { logFiles } of digests)
    for (const file of logFiles) {
      const isOfPeriod = (file.oldest ?? start) < end && (file.newest ?? start) >= start;
      if (isOfPeriod && !contents.has(file.sha256)) absent.add(file);
    }
  return absent;
}

/** Every trail in every Region must cover a day: which trail records what is unknown. */
function provenDays(checks: readonly ChainCheck[], period: Period): string[] {
  const periodEnd = secondsOf(period.end);
  const days: string[] = [];
  for (
    let day = Math.floor(secondsOf(period.start) / DAY_SECONDS) * DAY_SECONDS;
    day < periodEnd;
    day += DAY_SECONDS
  ) {
    const span: Span = {
      start: Math.max(day, secondsOf(period.start)),
      end: Math.min(day + DAY_SECONDS, periodEnd) + DELIVERY,
    };
    if (checks.length > 0 && checks.every(({ spans }) => covers(spans, span)))
      days.push(iso(day).slice(0, 10));
  }
  return days;
}

/** `<account>_CloudTrail_<Region>_<time of delivery>_…` (CloudTrail User Guide: CloudTrail log file names). */
const LOG_NAME = /(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{8}T\d{4})Z/;

/** Regions of the log files delivered in the period, by account. */
function regionsOf(names: readonly string[], { start, end }: Period): Map<string, Set<string>> {
  const first = compact(start);
  const last = compact(end);
  const regions = new Map<string, Set<string>>();
  for (const name of names) {
    const [, accountId = '', region = '', time = ''] = LOG_NAME.exec(name) ?? [];
    if (time < first || time >= last) continue;
    const known = regions.get(accountId);
    if (known === undefined) regions.set(accountId, new Set([region]));
    else known.add(region);
  }
  return regions;
}

/** `20260701T0000` */
const compact = (time: string): string => time.slice(0, 16).replaceAll(/[-:]/g, '');

const secondsOf = (time: string): number => Date.parse(time) / 1000;

/** Without folders and `.gz`: files may have been decompressed. */
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.gz$/, '');
