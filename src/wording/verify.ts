import { plural } from '../base/plural.js';

/** `verify`: what is wrong with a file. It stands in parentheses behind the kind of the finding and the path. */
export const VERIFY_DETAILS = {
  // Checksums.
  otherSums: (sha256: string): string => `the SHA-256 is not ${sha256}`,
  badLine: (line: number): string => `line ${line} is not the checksum of a file of the report`,
  listedTwice: (path: string): string => `lists ${path} twice`,
  notIn: (file: string): string => `in ${file}`,
  notInManifest: 'in manifest.json, only in SHA256SUMS',
  notInSums: 'in SHA256SUMS, only in manifest.json',
  notInBoth: (why: string): string => `in manifest.json and SHA256SUMS; ${why}`,
  differentSums: 'SHA256SUMS and manifest.json have different checksums',
  special: 'a link or special file',
  specialInPlace: 'a folder, link or special file has this name',
  // The files that a report has.
  required: 'required in a report with these options',
  unexpected: 'not part of a report with these options',
  requiredAlways: 'required in every report',
  otherAsset: 'the name does not begin with the SHA-256 of the content',
  severalAssets: (count: number): string => `${count} files; a report has 1`,
  named: (by: string): string => `named in ${by}`,
  notNamed: (by: string): string => `not named in ${by}`,
  hasLine: (path: string): string => `${path} has a line for this principal`,
  noRow: (page: string, path: string): string => `no row for ${page}, which ${path} contains`,
  extraRow: (page: string, path: string): string => `a row for ${page}, which ${path} does not contain`,
  noRowOf: (path: string): string => `${path} has no row for this principal`,
  noRowNames: (path: string): string => `not named in any row of ${path}`,
  // Counts.
  principalTotal: 'counts.principals is not the sum of counts.users and counts.roles',
  twoSources: 'trail has both logFiles and server, but logs come from either files or a server',
  evidence: 'trail.evidence and trail.logFiles contradict each other',
  different: (what: string, other: string): string => `${what} differs from ${other}`,
  unequal: (what: string, here: number, there: number, other: string): string =>
    `${what}: ${here}; in ${other}: ${there}`,
  size: (size: number, noun: string, by: string, expected: number | null | undefined): string =>
    `${plural(size, noun)}; ${by} says ${expected ?? 'nothing'}`,
  rows: (rows: number, expected: number, noun: string, other: string): string =>
    `${plural(rows, 'row')}, but ${plural(expected, noun)} in ${other}`,
  // Content.
  notJson: 'not JSON',
  otherVersion: (schemaVersion: number, writtenBy: string, supported: number): string =>
    `schemaVersion ${schemaVersion}, written by cloudtracker ${writtenBy}; this version checks ${supported}. Verify the report with the version that wrote it.`,
  wholeFile: 'the whole file',
  missingKey: (key: string): string => `${key} is missing`,
  badKey: (key: string, problem: string): string => `${key}: ${problem}`,
  moreProblems: (count: number): string => plural(count, 'more problem'),
  longRow: (bytes: number): string => `a row is longer than ${bytes} bytes`,
} as const;

export const VERIFY_ERRORS = {
  noReport: (folder: string, sums: string): string =>
    `${folder} contains no report: it has no ${sums}. Give the folder named by --output.`,
  unreadable: (path: string, reason: string): string => `${path} cannot be read: ${reason}.`,
} as const;
