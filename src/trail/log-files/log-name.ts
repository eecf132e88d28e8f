import { basename } from 'node:path';
import { FILE_WARNINGS, NO_EXTENSION } from '../../wording/log-files.js';

const LOG = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;
/** Other text has such names too, and files that logrotate has numbered. */
const TEXT = /\.(?:log|txt|json|jsonl|ndjson)(?:\.gz)?(?:\.\d+)?(?:\.gz)?$/i;
/**
 * Names without an extension: of Firehose and of UNLOAD of Athena, which end in a UUID, and of exports of CloudWatch Logs, which are
 * numbers (Firehose Developer Guide: Amazon S3 object name format; CloudWatch Logs User Guide: Export log data to Amazon S3).
 */
const GENERATED = /(?:^|[-_])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.gz)?$|^\d+(?:_gz)?$/i;
const PACKED = /^[^.]+\.gz$/i;
/**
 * Log files that cannot be read: packed by other tools than gzip, or downloaded in part (CloudTrail User Guide: CloudTrail
 * log file names).
 */
const UNREADABLE =
  /\d{12}_CloudTrail_[a-z0-9-]+_\d{8}T\d{4}(?!.*\.(?:md5|sha\d+|sig|asc|etag)$)|\.(?:json|jsonl|ndjson)\.(?:7z|br|bz2|lz4|lzma|lzo|snappy|sz|xz|z|zip|zst|zstd|part|partial|crdownload|filepart)$/i;
/** Of file systems, documentation and checksums, and of AWS services that test whether they may write. */
const NEVER =
  /^\.(?:_|[^.]*$)|^(?:readme|license|notice|changelog|\w*sums)(?:\.(?:md|txt))?$|^(?:aws-logs-write-test|ConfigWritabilityCheckFile)$/i;

/**
 * What the name of a file tells: whether it is a log file, perhaps one, one in a format that is not read, another
 * file, or one that never holds logs.
 */
export function kindOfName(path: string): 'log' | 'maybe' | 'unreadable' | 'other' | 'never' {
  const name = basename(path);
  if (NEVER.test(name)) return 'never';
  if (LOG.test(name)) return 'log';
  if (TEXT.test(name) || GENERATED.test(name) || PACKED.test(name)) return 'maybe';
  return UNREADABLE.test(name) ? 'unreadable' : 'other';
}

/** `.csv`, `.tar.gz` */
export const extensionOf = (path: string): string =>
  /\.[a-z0-9]{1,10}(?:\.gz)?$/i.exec(basename(path))?.[0].toLowerCase() ?? NO_EXTENSION;

/** By extension: how many. */
export type ExtensionCounts = ReadonlyMap<string, number>;

/** A warning about files that are not log files; none without such files. */
export function describeSkipped(counts: ExtensionCounts): string[] {
  const files = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return files === 0 ? [] : [FILE_WARNINGS.skipped(files, counts)];
}
