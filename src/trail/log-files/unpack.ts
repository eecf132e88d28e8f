import { createHash } from 'node:crypto';
import { crc32, gunzipSync } from 'node:zlib';
import { MAX_FILE_BYTES } from './store.js';
import { FILE_REASONS } from '../../wording/log-files.js';

const MB = 1024 * 1024;

/** Log files compress to a tenth. A file that expands to more than this multiple of its size is damaged or hostile. */
const MAX_RATIO = 200;
/** Bytes that node:zlib decompresses at a time. */
const CHUNK = MB;
/** Small files may always expand to this size. */
const ALWAYS_ALLOWED = 16 * MB;

/** Reason why a file was not read; part of the report. */
class FileError extends Error {
  override name = 'FileError';
}

/** The bytes of a file on disk, compressed or not. */
export interface FileChecksum {
  readonly sha256: string;
  readonly bytes: number;
  /** Of the uncompressed bytes, if they were hashed. */
  readonly contentSha256?: string;
}

export const checksum = (packed: Buffer): FileChecksum => ({
  sha256: createHash('sha256').update(packed).digest('hex'),
  bytes: packed.length,
});

/**
 * Decompresses deflate data (RFC 1951) of a known size, or returns undefined. The caller compares the checksum;
 * node:zlib reports the error.
 */
export type Inflate = (data: Buffer, size: number) => Buffer | undefined;

/**
 * Firehose can compress what CloudWatch Logs has already compressed (CloudWatch Logs User Guide: Subscription
 * filters with Amazon Data Firehose).
 */
const MOST_PACKINGS = 2;

/**
 * Decompresses a log file. Gzip is recognized by its first bytes, not its name.
 * @param inflate a faster function than node:zlib
 * @throws FileError, or an error of node:zlib
 */
export function unpack(path: string, packed: Buffer, inflate?: Inflate): Buffer {
  if (packed.length === 0 && /\.json(\.gz)?$/i.test(path)) throw new FileError(FILE_REASONS.empty);
  const limit = Math.min(MAX_FILE_BYTES, Math.max(ALWAYS_ALLOWED, MAX_RATIO * packed.length));
  let bytes = packed;
  for (let packing = 0; packing < MOST_PACKINGS && isGzip(bytes); packing += 1)
    bytes =
      (packing === 0 && inflate !== undefined ? inflatedOf(bytes, limit, inflate) : undefined) ??
      gunzip(bytes, limit);
  if (bytes.length === 0 && packed.length > 0) throw new FileError(FILE_REASONS.empty);
  return bytes;
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * All members of a gzip file, also after zeros, which tapes and block devices add as padding (gzip manual: Using
 * gzip on tapes).
 */
function gunzip(packed: Buffer, limit: number): Buffer {
  const members: Buffer[] = [];
  let left = limit;
  for (let at = 0; at !== -1;) {
    const { buffer, engine } = gunzipMember(packed.subarray(at), Math.max(1, left), limit);
    members.push(buffer);
    left -= buffer.length;
    const end = at + engine.bytesWritten;
    const next = packed.subarray(end).findIndex((byte) => byte !== 0);
    at = next === -1 ? -1 : end + next;
  }
  return members.length === 1 && members[0] !== undefined ? members[0] : Buffer.concat(members);
}

interface Member {
  readonly buffer: Buffer;
  /** `bytesWritten` is the number of compressed bytes read. */
  readonly engine: { readonly bytesWritten: number };
}

/** @param left remaining bytes to which the whole file may expand */
function gunzipMember(packed: Buffer, left: number, limit: number): Member {
  try {
    // Node's types do not include the result of `info`.
    return gunzipSync(packed, { maxOutputLength: left, chunkSize: CHUNK, info: true }) as unknown as Member;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new FileError(FILE_REASONS.tooLarge(Math.floor(limit / MB)));
    if (code === 'Z_BUF_ERROR') throw new FileError(FILE_REASONS.truncated);
    throw error;
  }
}

const HEADER = 10;
const TRAILER = 8;
const HAS_NAME = 8;

/** A file as AWS and gzip write it (RFC 1952, 2.3): one member, with at most a name in its header. */
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

/** The last four bytes of a gzip file are its uncompressed size (RFC 1952: ISIZE). */
const claimedSize = (packed: Buffer): number => packed.readUInt32LE(packed.length - 4);
