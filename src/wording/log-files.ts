import { grouped, plural } from '../base/plural.js';
import { PROGRESS } from './progress.js';

/** Log files and digest files: why one was not read, warnings, and what makes data of an account incomplete. */

export const LOG_FILES = 'CloudTrail log files';

/** Why a file, or a part of it, was not read: phrases without a period. */
export const FILE_REASONS = {
  notJson: 'not JSON',
  tooDeep: 'the JSON is nested too deeply',
  empty: 'the file is empty',
  tooLarge: (megabytes: number): string => `the decompressed content exceeds ${megabytes} MB`,
  truncated: 'the gzip data is truncated',
  noMemory: 'the content does not fit into memory',
  notOpened: 'the file cannot be opened',
  otherFormat: 'files in this format are not read: unpack it, or complete the download',
  threadEnded: 'the reader thread ended',
  crashed: (reason: string): string => `a reader thread crashed: ${reason}`,
  someInvalid: 'some records are invalid',
  line: (line: number): string => `line ${line}`,
  record: (position: number, problem: string): string => `record ${position}: ${problem}`,
  lines: (count: number, first: string): string =>
    count === 1
      ? `1 line is not JSON (${first})`
      : `${grouped(count)} lines are not JSON (the first is ${first})`,
  records: (count: number, all: number, first: string): string =>
    count === 1
      ? `1 record is invalid (${first})`
      : `${grouped(count)} of ${grouped(all)} records are invalid (the first is ${first})`,
  noRecords: (entries: number, first: string): string =>
    entries === 1
      ? `the file contains no CloudTrail record (${first})`
      : `none of the ${entries} entries is a CloudTrail record (the first is ${first})`,
} as const;

/** What is invalid in a record, or stands in its place. */
export const RECORD_PROBLEMS = {
  field: (name: string, value: string): string => `${name} is ${value}`,
  missing: 'missing',
  list: 'a list',
  object: 'an object',
  notJson: (name: string): string => `${name} is text that is not JSON`,
  emptyList: 'an empty list',
  emptyObject: 'an empty object',
  wrapped: (levels: number): string => `more than ${levels} levels of wrapping`,
  keys: (names: readonly string[], hasMore: boolean): string =>
    `an object with the ${names.length === 1 ? 'key' : 'keys'} ${names.join(', ')}${hasMore ? ' and others' : ''}`,
} as const;

type FileState = 'failed' | 'damaged';

const STATES: Readonly<Record<FileState, string>> = { failed: 'not read', damaged: 'read in part' };

/** `3 .json, 254 .json.gz` */
const fileTypes = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([extension, count]) => `${grouped(count)} ${extension}`)
    .join(', ');

export const NO_EXTENSION = 'without extension';

/** Warnings in the report. */
export const FILE_WARNINGS = {
  notRead: (path: string, state: FileState, reason: string): string =>
    `${path} was ${STATES[state]}: ${reason}.`,
  moreNotRead: (count: number, state: FileState): string =>
    `${plural(count, 'more file')} ${count === 1 ? 'was' : 'were'} ${STATES[state]}.`,
  skipped: (files: number, counts: ReadonlyMap<string, number>): string =>
    `${plural(files, 'file')} skipped, not log files: ${fileTypes(counts)}.`,
  undelivered: (object: string, type: DigestedType, state: DigestedState): string =>
    state === 'missing'
      ? `${object}: this ${type} is missing.`
      : `${object}: this ${type} differs from what CloudTrail delivered.`,
  digestNotRead: (path: string, reason: string): string =>
    `${path}: this digest file was not read: ${reason}.`,
  moreUndelivered: (count: number): string =>
    `${plural(count, 'more log or digest file')} missing, changed or not read.`,
} as const;

type DigestedType = 'log file' | 'digest file';
type DigestedState = 'missing' | 'changed';

/** Why data of an account are incomplete: phrases without a period. */
export const INCOMPLETE_FILES = {
  notRead: (count: number, state: FileState): string =>
    `${plural(count, 'log file')} could not be read${state === 'failed' ? '' : ' completely'}`,
  digestsNotRead: (count: number): string => `${plural(count, 'digest file')} could not be read`,
  undelivered: (count: number, type: DigestedType, state: DigestedState): string => {
    const files = plural(count, type);
    if (state === 'changed')
      return `${files} ${count === 1 ? 'differs' : 'differ'} from what CloudTrail delivered`;
    return `${files}${type === 'log file' ? ' that CloudTrail delivered' : ''} ${count === 1 ? 'is' : 'are'} missing`;
  },
} as const;

export const LOG_FOLDER_ERRORS = {
  origin: 'files.path in the configuration',
  missing: (folder: string, origin: string): string => `The log folder ${folder} does not exist (${origin}).`,
  notFolder: (path: string, origin: string): string => `${path} is not a folder (${origin}).`,
  noLogFiles: (folder: string, skipped: ReadonlyMap<string, number>): string =>
    `${folder} contains no CloudTrail log file (*.json.gz, *.json)${skipped.size === 0 ? '' : `, only other files (${fileTypes(skipped)})`}. ` +
    `Copy log files with: aws s3 sync s3://BUCKET/AWSLogs/ ${folder}`,
  crashed: (folder: string, reason: string): string =>
    `The log files in ${folder} could not be read: ${reason}. Increase memory or lower --concurrency.`,
  publicKeys: (file: string, problem: string): string =>
    `${file} (files.public_keys in the configuration) ${problem}. ` +
    `Export it with: aws cloudtrail list-public-keys --region REGION --start-time START --end-time END > ${file}`,
} as const;

/** What is wrong with a file of public keys, or a digest file. */
export const DIGEST_PROBLEMS = {
  keysUnreadable: (reason: string): string => `cannot be read: ${reason}`,
  keysNotJson: 'is not JSON',
  keysOfOther: 'is not the output of aws cloudtrail list-public-keys',
  badKey: (fingerprint: string): string => `contains a key that cannot be read: ${fingerprint}`,
  notDigest: (key: string, problem: string): string => `not a digest file: ${key}: ${problem}`,
  badObject: (object: string): string => `not a digest file: digestS3Object is ${object}`,
} as const;

/** `check`. */
export const FILE_FINDINGS = {
  where: (folder: string): string => `log files in ${folder}`,
  labels: { files: 'files', digests: 'digest files' },
  files: (counts: ReadonlyMap<string, number>, read: number, failed: number): string =>
    `${fileTypes(counts)}: ${grouped(read)} read, ${grouped(failed)} not readable`,
  digests: (read: number, signed: number): string =>
    `${grouped(read)} read, ${grouped(signed)} with a valid signature`,
} as const;

export const FILE_PROGRESS = {
  found: (count: number): string => `found ${plural(count, 'log file')}`,
  digests: (count: number): string => `read ${plural(count, 'digest file')}`,
  /** @param rate events per second */
  rate: (done: number, all: number, events: number, rate: number, secondsLeft: number): string =>
    `${PROGRESS.files(done, all, events)}, ${rate} per second, ${secondsLeft < 120 ? `${secondsLeft} s` : `${Math.round(secondsLeft / 60)} min`} left`,
  again: (hours: number): string =>
    `Reading all log files again: one has events from more than ${hours} hours before the file was delivered.`,
} as const;
