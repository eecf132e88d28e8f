import { plural } from '../base/plural.js';

/** `verify`: what is wrong with a file. It stands in parentheses behind the kind of the finding and the path. */
export const VERIFY_DETAILS = {
  // Checksums.
  otherSums: (sha256: string): string => `its SHA-256 is not ${sha256}`,
  badLine: (line: number): string => `line ${line} is not the checksum of a file of the report`,
  listedTwice: (path: string): string => `it lists ${path} twice`,
  notIn: (file: string): string => `in ${file}`,
  notInManifest: 'in manifest.json, only in SHA256SUMS',
  notInSums: 'in SHA256SUMS, only in manifest.json',
  notInBoth: (why: string): string => `in manifest.json and SHA256SUMS; ${why}`,
  differentSums: 'SHA256SUMS and manifest.json have different checksums',
  special: 'a link or special file',
  specialInPlace: 'a folder, link or special file has its name',
  // The files that a report has.
  required: 'every report with these options has it',
  unexpected: 'no report with these options has it',
  requiredAlways: 'every report has it',
  otherAsset: 'its name does not begin with its SHA-256',
  severalAssets: (count: number): string => `${count} files; a report has 1`,
  named: (by: string): string => `${by} names it`,
  notNamed: (by: string): string => `${by} does not name it`,
  hasLine: (path: string): string => `${path} has a line for this principal`,
  noRow: (page: string, path: string): string => `no row for ${page}, which ${path} contains`,
  extraRow: (page: string, path: string): string => `a row for ${page}, which ${path} does not contain`,
  noRowOf: (path: string): string => `${path} has no row for this principal`,
  noRowNames: (path: string): string => `no row of ${path} names it`,
  // Counts.
  principalTotal: 'counts.principals is not the sum of counts.users and counts.roles',
  twoSources: 'trail has both logFiles and server, but logs are in files or on a server',
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
  moreProblems: (count: number): string => `${count} more problems`,
  longRow: (bytes: number): string => `a row is longer than ${bytes} bytes`,
} as const;

export const VERIFY_ERRORS = {
  noReport: (folder: string, sums: string): string =>
    `${folder} contains no report: it has no ${sums}. Give the folder that --output named.`,
  unreadable: (path: string, reason: string): string => `${path} cannot be read: ${reason}.`,
} as const;
