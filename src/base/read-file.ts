import { constants as bufferConstants } from 'node:buffer';
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readSync,
  statSync,
  type ReadStream,
  type Stats,
} from 'node:fs';

const MB = 1024 * 1024;

/** Longest string in V8. UTF-8 has at least as many bytes as its text has characters. */
const MAX_BYTES = bufferConstants.MAX_STRING_LENGTH;

/** Reason why a file is not read; the caller puts the file name before it. */
export class RefusedFileError extends Error {
  override name = 'RefusedFileError';
}

export interface OpenFile {
  readonly descriptor: number;
  readonly info: Stats;
}

/** Without O_NONBLOCK, opening a FIFO waits for a writer (open(2)). Windows has neither flag. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens a regular file only. Never waits for another process.
 * @param flags additional flags of open(2)
 * @throws RefusedFileError, or errors of node:fs
 */
export function openRegularFile(path: string, flags = 0): OpenFile {
  const descriptor = open(path, FLAGS | flags);
  try {
    const info = fstatSync(descriptor);
    checkKind(info);
    return { descriptor, info };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * Reads a regular file or a symbolic link to one. Never waits for another process.
 * @param maxBytes larger files are refused
 * @throws RefusedFileError, or errors of node:fs
 */
export async function readRegularFile(path: string, maxBytes = MAX_BYTES): Promise<Buffer> {
  if (look(path).size > maxBytes) throw tooLarge(maxBytes);
  const pieces: Buffer[] = [];
  let total = 0;
  for await (const piece of streamRegularFile(path) as AsyncIterable<Buffer>) {
    pieces.push(piece);
    total += piece.length;
    if (total > maxBytes) throw tooLarge(maxBytes);
  }
  return Buffer.concat(pieces, total);
}

/** Reads a regular file of any size in chunks. @throws RefusedFileError, or errors of node:fs */
export function streamRegularFile(path: string): ReadStream {
  look(path);
  return createReadStream(path, { fd: openRegularFile(path).descriptor, highWaterMark: MB });
}

/**
 * Reads an open file from start to end.
 * @param size reported size; files in /proc report 0, and others may grow
 * @throws RefusedFileError for more than `maxBytes` bytes, or errors of node:fs
 */
export function readBytes(descriptor: number, size: number, maxBytes: number): Buffer {
  const full: Buffer[] = [];
  let total = 0;
  let piece = Buffer.allocUnsafe(Math.min(size, maxBytes) + 1);
  let used = 0;
  for (;;) {
    if (total > maxBytes || size > maxBytes) throw tooLarge(maxBytes);
    if (used === piece.length) {
      full.push(piece);
      piece = Buffer.allocUnsafe(MB);
      used = 0;
    }
    const read = readSync(descriptor, piece, used, piece.length - used, null);
    if (read === 0) break;
    used += read;
    total += read;
  }
  const last = piece.subarray(0, used);
  return full.length === 0 ? last : Buffer.concat([...full, last], total);
}

/** Call it before a file is opened: opening a device can have effects. */
function look(path: string): Stats {
  const info = statSync(path);
  checkKind(info);
  return info;
}

const tooLarge = (maxBytes: number): RefusedFileError =>
  new RefusedFileError(`it is larger than ${Math.ceil(maxBytes / MB)} MB`);

function open(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    // A socket cannot be opened at all (ENXIO, on some systems EOPNOTSUPP). With O_NOFOLLOW, a link is not
    // followed.
    const follow = (flags & constants.O_NOFOLLOW) === 0;
    const info = follow ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (info !== undefined) checkKind(info);
    throw error;
  }
}

function checkKind(info: Stats): void {
  if (info.isFile()) return;
  if (info.isFIFO())
    throw new RefusedFileError('it is a FIFO, not a regular file: write the output to a file first');
  throw new RefusedFileError(`it is ${describeKind(info)}, not a regular file`);
}

function describeKind(info: Stats): string {
  if (info.isDirectory()) return 'a folder';
  if (info.isSocket()) return 'a socket';
  if (info.isCharacterDevice()) return 'a character device';
  return info.isBlockDevice() ? 'a block device' : 'a special file';
}
