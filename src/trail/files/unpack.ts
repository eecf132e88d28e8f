import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { crc32, gunzipSync } from 'node:zlib';
import { openRegularFile, readBytes } from '../../base/read-file.js';
import { stampOf, type Stamp } from './stamps.js';

const MB = 1024 * 1024;

/** Far above what CloudTrail delivers in a file; V8 can hold no longer text either. */
const MAX_BYTES = 512 * MB;

/** Log files shrink to a tenth. One that unpacks to more than this many times its size is damaged or hostile. */
const MAX_RATIO = 200;
/** But small files may unpack to this in any case. */
const ALWAYS_ALLOWED = 16 * MB;

/** Why a file was not read; the message goes into the report. */
class FileError extends Error {
  override name = 'FileError';
}

/** A file as it lies on the disk, packed or not. */
export interface FileSource {
  readonly sha256: string;
  readonly bytes: number;
}

export const sourceOf = (packed: Buffer): FileSource => ({
  sha256: createHash('sha256').update(packed).digest('hex'),
  bytes: packed.length,
});

export interface PackedBytes {
  /** Of the file before it was read: when it changes meanwhile, the stamp is that of the file as it was. */
  readonly stamp: Stamp;
  readonly packed: Buffer;
}

/**
 * The bytes of a log file as they lie on the disk.
 * @param placeFor where to put so many bytes, instead of memory of their own
 * @throws FileError, RefusedFileError, or what node:fs throws
 */
export function readPacked(path: string, placeFor?: (size: number) => Buffer | undefined): PackedBytes {
  const { descriptor: file, info } = openRegularFile(path);
  try {
    const stamp = stampOf(info);
    const { size } = stamp;
    if (size > MAX_BYTES) throw new FileError(`larger than ${MAX_BYTES / MB} MB`);
    const place = placeFor?.(size);
    // Files of /proc have this size whatever they hold.
    if (place === undefined || size === 0) return { stamp, packed: readBytes(file, size, MAX_BYTES) };
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(file, place, length, size - length, null);
    return { stamp, packed: place.subarray(0, length) };
  } finally {
    closeSync(file);
  }
}

/**
 * What unpacks deflate data (RFC 1951) that give so many bytes, if it can. Whether they are the right ones is seen by their checksum,
 * and what is wrong with a file is said by node:zlib.
 */
export type Inflate = (data: Buffer, size: number) => Buffer | undefined;

/**
 * The same unpacked; gzip is recognised by its first bytes, not its name.
 * @param inflate a faster way than node:zlib
 * @throws FileError, or what node:zlib throws
 */
export function unpack(path: string, packed: Buffer, inflate?: Inflate): Buffer {
  if (packed.length === 0 && !/\.(jsonl|ndjson)$/i.test(path)) throw new FileError('empty file');
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) {
    if (path.endsWith('.gz')) throw new FileError('not a gzip file');
    return packed;
  }
  const limit = Math.min(MAX_BYTES, Math.max(ALWAYS_ALLOWED, MAX_RATIO * packed.length));
  const inflated = inflate === undefined ? undefined : inflatedOf(packed, limit, inflate);
  if (inflated !== undefined) return inflated;
  try {
    return gunzipSync(packed, { maxOutputLength: limit, chunkSize: expectedSize(packed, limit) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new FileError(`unpacks to more than ${Math.floor(limit / MB)} MB: cut off`);
    if (code === 'Z_BUF_ERROR') throw new FileError('the gzip data end too early');
    throw error;
  }
}

const HEADER = 10;
const TRAILER = 8;
const HAS_NAME = 8;

/** A file as AWS or gzip writes it (RFC 1952, 2.3): one member, whose header has a name at the most. */
function inflatedOf(packed: Buffer, limit: number, inflate: Inflate): Buffer | undefined {
  const end = packed.length - TRAILER;
  const flags = packed[3] ?? 0;
  const start = flags === HAS_NAME ? packed.indexOf(0, HEADER) + 1 : HEADER;
  const isUsual = packed[2] === 8 && (flags === 0 || flags === HAS_NAME) && start >= HEADER && start < end;
  if (!isUsual) return undefined;
  const size = claimedSize(packed);
  const bytes = size > limit ? undefined : inflate(packed.subarray(start, end), size);
  return bytes !== undefined && crc32(bytes) === packed.readUInt32LE(end) ? bytes : undefined;
}

/** The last four bytes of a gzip file are its size unpacked (RFC 1952: ISIZE). */
const claimedSize = (packed: Buffer): number =>
  packed.length < HEADER + TRAILER ? 0 : packed.readUInt32LE(packed.length - 4);

/**
 * A buffer of the size that a file claims saves putting many small ones together, with a byte more, since a full one is followed by
 * another; but it is only a claim, so it stays near what such files unpack to.
 */
function expectedSize(packed: Buffer, limit: number): number {
  return Math.max(64 * 1024, Math.min(claimedSize(packed) + 1, 20 * packed.length, limit));
}
