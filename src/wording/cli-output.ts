import { grouped, plural } from '../base/plural.js';
import type { Period } from '../period.js';

/** Output of commands: results on standard output, warnings and the end of a run on standard error. */

export const WARNING = 'warning';

const RESUME = 'Run the same command again to resume.';

/** After "Interrupted." */
export const INTERRUPTED = {
  stopping: 'Interrupted: stopping.',
  ended: (outcome: string): string => `Interrupted. ${outcome}`.trim(),
  ingest: RESUME,
  report: (canResume: boolean): string => `No report was written.${canResume ? ` ${RESUME}` : ''}`,
  tooLate: 'The report was already complete.',
} as const;

export const ENDINGS = {
  fileLimit: 'The limit on open files is too low. Raise it (ulimit -n 1024), then run the command again.',
  stdout: (reason: string): string => `Cannot write to standard output: ${reason}`,
} as const;

const periodText = ({ start, end }: Period): string => `${start} to ${end} (exclusive)`;

export const REPORT_OUTPUT = {
  title: (id: string, period: Period): string => `Access review ${id}: ${periodText(period)}`,
  columns: ['account', 'id', 'users', 'roles', 'inactive', 'incomplete', 'reduce', 'remove', 'events'],
  mapped: (share: string, events: number): string =>
    `Events explained by the catalog: ${share} of ${grouped(events)}`,
  noEvents: 'no events',
  moreWarnings: (count: number): string => `… ${plural(count, 'more warning')} in the report`,
  incomplete: 'Incomplete data: the report marks the affected principals (exit code 2).',
  missingRows: (count: number): string =>
    `${plural(count, 'user or role', 'users and roles')} of the IAM files ${count === 1 ? 'is' : 'are'} missing from the report (exit code 2). See csv/population.csv.`,
  findings: (
    counts: readonly { readonly rule: string; readonly count: number; readonly fails: boolean }[],
  ): string =>
    `Findings: ${counts.map(({ rule, count, fails }) => `${grouped(count)} ${rule}${fails ? ' (--fail-on)' : ''}`).join(', ')}`,
  path: (index: string): string => `Report: ${index}`,
  sums: (sha256: string): string =>
    `SHA-256 of SHA256SUMS: ${sha256} (store it with the ticket, so that cloudtracker verify can check the report)`,
  peakMemory: 'peak memory',
} as const;

export const CHECK_OUTPUT = {
  configuration: (file: string): string => `Configuration  ${file}`,
  period: (period: Period): string => `Period         ${periodText(period)}`,
  logs: (where: string | null): string => `Logs           ${where ?? 'not readable'}`,
  columns: [
    'account',
    'id',
    'events',
    'first event',
    'last event',
    'days without events',
    'users',
    'roles',
    'SCP levels',
  ],
  recording: (
    account: string,
    days: { readonly withEvents: number; readonly proven: number; readonly all: number },
    kinds: readonly string[],
    dataEvents: readonly string[],
    regions: { readonly names: readonly string[]; readonly areAll: boolean },
  ): string => {
    const recorded = [...kinds, ...dataEvents.map((service) => `data events of ${service}`)];
    const where =
      regions.names.length === 0
        ? ''
        : `; ${regions.names.length === 1 ? 'Region' : 'Regions'}: ${regions.names.join(', ')}${regions.areAll ? '' : ', no others'}`;
    const proven = days.proven === 0 ? '' : `, ${days.proven} proven complete by digest files`;
    return `  ${account}: events on ${days.withEvents} of ${plural(days.all, 'day')}${proven}; recorded: ${recorded.join(', ') || 'nothing'}${where}`;
  },
  missingPolicy: (account: string, policy: string): string => `  ${account}: no document for ${policy}`,
  more: (count: number): string => `… ${count} more`,
  noEvents: (account: string): string => `The logs contain no event of account ${account} in the period.`,
  incomplete: (accountId: string | null, reason: string): string =>
    `Incomplete data of ${accountId === null ? 'all accounts' : `account ${accountId}`}: ${reason}.`,
  missingPolicies: (account: string, principals: number, all: number): string =>
    `Account ${account}: ${grouped(principals)} of ${plural(all, 'principal')} ${principals === 1 ? 'has' : 'have'} policies that no file contains. Add them with the configuration key boundary (see docs/limits.md).`,
  problem: 'problem',
  end: (problems: number): string =>
    problems === 0 ? 'A report for this period would be complete.' : `${plural(problems, 'problem')}.`,
} as const;

export const DIFF_OUTPUT = {
  title: (
    before: string,
    now: string,
    counts: readonly (readonly [count: number, change: string])[],
  ): string =>
    `${before} → ${now}: ${counts.map(([count, change]) => `${grouped(count)} ${change}`).join(', ')}`,
} as const;

export const INGEST_OUTPUT = {
  status: (status: number): string => `status ${status}`,
  failed: (path: string, reason: string): string => `not read: ${path}: ${reason}`,
  moreFailed: (count: number): string => `… ${plural(count, 'more file')} not read`,
  damaged: (path: string, reason: string): string => `read in part: ${path}: ${reason}`,
  moreDamaged: (count: number): string => `… ${plural(count, 'more file')} read in part`,
  refused: (id: string, reason: string): string => `rejected by Elasticsearch: event ${id}: ${reason}`,
  moreRefused: (count: number): string => `… ${plural(count, 'more event')} rejected`,
  files: (all: number, read: number, failed: number, damaged: number): string =>
    `Files:  ${grouped(read)} of ${grouped(all)} read, ${grouped(failed)} not readable, ${grouped(damaged)} damaged`,
  events: (read: number, created: number, present: number, refused: number): string =>
    `Events: ${grouped(read)} read, ${grouped(created)} new, ${grouped(present)} already in the index, ${grouped(refused)} rejected`,
  reduced: (count: number): string =>
    `        ${plural(count, 'new event')} stored with the complete record as text only`,
  insights: (count: number): string => `        ${plural(count, 'Insights event')} among the events read`,
  otherRecords: (count: number): string =>
    `        ${plural(count, 'entry', 'entries')} skipped: not CloudTrail records`,
  index: (index: string, documents: number): string =>
    `Index:  ${index} now has ${plural(documents, 'document')}`,
} as const;

export const VERIFY_OUTPUT = {
  finding: (kind: string, path: string, detail: string | undefined): string =>
    `${kind}: ${path}${detail === undefined ? '' : ` (${detail})`}`,
  more: (count: number): string => `… ${count} more`,
  unchanged: (files: number, bytes: number): string =>
    `Unchanged: ${plural(files, 'file')}, ${plural(bytes, 'byte')}.`,
  changed: (differences: number, files: number): string =>
    `Changed: ${plural(differences, 'difference')} in ${plural(files, 'listed file')}.`,
  otherVersion: (writtenBy: string, current: string): string =>
    `Written by cloudtracker ${writtenBy}; this is ${current}. Verify the report with ${writtenBy} too.`,
  sums: (sha256: string): string => `SHA-256 of SHA256SUMS: ${sha256}`,
  noProof:
    'All files agree with each other. To rule out that someone rewrote all of them, compare the SHA-256 of SHA256SUMS with the value that you stored elsewhere (--sha256).',
} as const;

/** Words of the original, except warnings. */
export const QUERY_OUTPUT = {
  role: (name: string): string => `Getting info for role ${name}`,
  user: (name: string, created: string | null): string =>
    `Getting info on ${name}${created === null ? '' : `, user created ${created}`}`,
  destination: (role: string): string => `Getting info for AssumeRole into ${role}`,
  noEvents: (name: string, id: string, { start, end }: Period): string =>
    `${WARNING}: The logs contain no event of account ${name} (${id}) from ${start} to ${end}.`,
  incomplete: (accountId: string | null, reason: string): string =>
    `${WARNING}: Incomplete data of ${accountId === null ? 'all accounts' : `account ${accountId}`}: ${reason}.`,
} as const;
