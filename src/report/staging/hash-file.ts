import { constants as bufferConstants } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, constants, readSync } from 'node:fs';
import { errorCode } from '../../base/describe-error.js';
import { failure, success, type Result } from '../../base/result.js';
import { openRegularFile } from '../../base/read-file.js';
import { describeDiskError } from './errors.js';
import { DISK_REASONS } from '../../wording/commands.js';

/** Receives a file in chunks. The next chunk overwrites the bytes of the last one. */
export interface Sink {
  /** @throws Error if the content is not what the sink expects */
  take(piece: Buffer): void;
}

export interface ReadFailure {
  readonly reason: string;
  /** The file does not exist. */
  readonly absent: boolean;
}
export interface HashedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Why the sink could not read the content. */
  readonly problem?: string;
}

const PIECE = Buffer.alloc(1 << 20);
const CODES = new Map<unknown, string>([['ELOOP', DISK_REASONS.symbolicLink]]);

/**
 * Reads a regular file in chunks, never through a link; a pipe or device does not block it.
 * @param most maximum number of bytes; a longer file is not read
 */
export function hashFile(file: string, sink?: Sink, most = Infinity): Result<HashedFile, ReadFailure> {
  let descriptor: number | undefined;
  try {
    const opened = openRegularFile(file, constants.O_NOFOLLOW);
    descriptor = opened.descriptor;
    if (opened.info.size > most) return failure({ reason: DISK_REASONS.tooLong(most), absent: false });
    return success(hashPieces(descriptor, sink));
  } catch (error) {
    const code = errorCode(error);
    return failure({
      reason: CODES.get(code) ?? describeDiskError(error),
      absent: code === 'ENOENT' || code === 'ENOTDIR',
    });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function hashPieces(descriptor: number, sink: Sink | undefined): HashedFile {
  const hash = createHash('sha256');
  let bytes = 0;
  let problem: string | undefined;
  for (;;) {
    const read = readSync(descriptor, PIECE);
    if (read === 0) break;
    const piece = PIECE.subarray(0, read);
    hash.update(piece);
    bytes += read;
    try {
      if (problem === undefined) sink?.take(piece);
    } catch (error) {
      problem = describeDiskError(error);
    }
  }
  return { sha256: hash.digest('hex'), bytes, ...(problem === undefined ? {} : { problem }) };
}

/** Longest string in V8: `report` writes a file that is read as a whole from one string. */
const LONGEST_TEXT = bufferConstants.MAX_STRING_LENGTH;

export class WholeFile implements Sink {
  readonly #pieces: Buffer[] = [];
  #bytes = 0;

  /** @throws Error if the file is longer than `LONGEST_TEXT` */
  take(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#bytes > LONGEST_TEXT) throw new Error(DISK_REASONS.tooLong(LONGEST_TEXT));
    this.#pieces.push(Buffer.from(piece));
  }

  text(): string {
    return Buffer.concat(this.#pieces).toString('utf8');
  }
}

/** Reads a file into memory as a whole. */
export function readWhole(file: string): Result<HashedFile & { readonly text: string }, ReadFailure> {
  const whole = new WholeFile();
  const result = hashFile(file, whole, LONGEST_TEXT);
  if (!result.ok) return result;
  const { problem } = result.value;
  if (problem !== undefined) return failure({ reason: problem, absent: false });
  return success({ ...result.value, text: whole.text() });
}
