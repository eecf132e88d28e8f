import { checkDepth } from '../../base/json.js';
import { decodeText } from '../../base/decode-text.js';
import { failure, success, type Result } from '../../base/result.js';
import { NoRecordsError, parseLog, type LogContents } from './contents.js';
import { kindOfName } from './log-name.js';
import type { LogStore } from './store.js';
import { unpack, type FileChecksum } from './unpack.js';
import { FILE_REASONS } from '../../wording/log-files.js';

/** A file that could not be read is a value, not an exception: the others still count. */
export interface FailedFile {
  /** Name in the store. */
  readonly path: string;
  readonly reason: string;
  /** It contains no JSON, and its name does not say that it should. */
  readonly isOther?: boolean;
  /** Absent if the file could not be opened. */
  readonly source?: FileChecksum;
}

/** The records of one log file. */
export async function readContents(store: LogStore, path: string): Promise<Result<LogContents, FailedFile>> {
  try {
    return success(parseContents(unpack(path, await store.read(path))));
  } catch (error) {
    return failure(toFailedFile(path, error));
  }
}

/**
 * The records in the uncompressed bytes of a log file.
 * @throws an error for `toFailedFile`
 */
export function parseContents(bytes: Buffer): LogContents {
  checkDepth(bytes);
  return parseLog(decodeText(bytes));
}

export function toFailedFile(path: string, error: unknown): FailedFile {
  const isText = error instanceof SyntaxError || (error instanceof NoRecordsError && error.isText);
  const isOther = isText && kindOfName(path) === 'maybe';
  return { path, reason: describeReadError(error), ...(isOther ? { isOther } : {}) };
}

function describeReadError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SyntaxError) return FILE_REASONS.notJson;
  if (error instanceof RangeError) return FILE_REASONS.tooDeep;
  return error.message;
}
