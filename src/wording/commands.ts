import { plural } from '../base/plural.js';
import type { PrincipalType } from '../iam/types.js';

/** Errors of commands, other than those about the configuration and about input files. */

export const REPORT_ERRORS = {
  inputChanged: (path: string): string =>
    `${path} changed during the run. Run the command again; an existing report is unchanged.`,
  noAccount: (file: string, wanted: string, known: string): string =>
    `${file} has no account "${wanted}". Accounts: ${known}.`,
} as const;

export const QUERY_ERRORS = {
  giveAccount: (known: string): string =>
    `--account is missing. Give the name or ID of an account: ${known}.`,
  oneSubject: 'Give exactly one of --list, --user and --role.',
  destaccount: '--destaccount requires --destrole.',
  destrole: '--destrole requires --user or --role.',
  unknownPrincipal: (
    type: PrincipalType,
    name: string,
    account: string,
    close: readonly string[],
    file: string,
  ): string =>
    `Account ${account} has no ${type} "${name}".${close.length === 0 ? '' : ` Did you mean ${close.join(', ')}?`} ` +
    `If the ${type} is newer than ${file}, export the file again: aws iam get-account-authorization-details > ${file}`,
} as const;

export const INGEST_ERRORS = {
  /** Where a folder was named. */
  argument: 'an argument of ingest',
  noElasticsearch: (file: string): string =>
    `${file} has no elasticsearch section, which ingest requires: its logs are in files.`,
  keyPrefix: (file: string): string =>
    `ingest stores records as CloudTrail writes them. Remove key_prefix from the elasticsearch section of ${file}.`,
  timestampField: (file: string): string =>
    `ingest stores the time of a record in eventTime. Remove timestamp_field from the elasticsearch section of ${file}.`,
  ecs: (file: string): string =>
    `ingest stores records with the field names of CloudTrail. Remove mapping: ecs from the elasticsearch section of ${file}.`,
  notOneIndex: (index: string, configuredIn: string | undefined): string =>
    `${configuredIn === undefined ? `"${index}"` : `The index "${index}" in the elasticsearch section of ${configuredIn}`} is not the name of a single index. Give one to write to: --index cloudtrail-2026`,
  foreignIndex: (name: string): string =>
    `The index ${name} was not created by cloudtracker ingest: it may reject records or leave fields unindexed. Give another name with --index, or delete the index first.`,
} as const;

/** Reasons of the file system, and others that commands give for a file. */
export const DISK_REASONS = {
  full: 'the disk is full',
  quota: 'the disk quota is used up',
  readOnly: 'the disk is read-only',
  permission: 'no permission',
  fileInPath: 'a part of the path is a file',
  openFiles: 'too many open files',
  symbolicLink: 'a symbolic link',
  tooLong: (bytes: number): string => `longer than ${bytes} bytes`,
} as const;

/** Errors about the place of a report (--output). */
export const OUTPUT_ERRORS = {
  disk: (what: string, reason: string): string => `${what}: ${reason}. An existing report is unchanged.`,
  cannotWrite: (folder: string): string => `Cannot write to ${folder}`,
  cannotReplace: (place: string): string => `Cannot move the report to ${place}`,
  changed: (path: string): string => `${path} was changed or removed during the run.`,
  notFolder: (place: string): string => `${place} is not a folder. Choose another --output.`,
  noReport: (place: string): string =>
    `${place} is not empty and does not contain a CloudTracker report. Choose another --output.`,
  exists: (place: string): string =>
    `${place} already contains a report. Replace it with --force, or choose another --output.`,
  foreignFiles: (place: string, count: number): string =>
    `${place} contains ${plural(count, 'file')} that changed after the report was written:`,
  more: (count: number): string => `  … ${count} more`,
  decisions: (file: string): string =>
    `${file} may contain decisions. Copy it, and pass the copy to --decisions.`,
  moveFiles:
    'Move them out of the folder, or choose another --output. To delete them, use --discard-changes.',
  left: (folder: string): string =>
    `${folder} contains files of the earlier report that changed while it was replaced. Move them to where they belong.`,
  anotherRun: (place: string, pid: number, host: string, startedAt: string, folder: string): string =>
    `Another run is writing ${place} (process ${pid} on ${host}, since ${startedAt}, in ${folder}). Wait for it to end, or choose another --output.`,
} as const;
