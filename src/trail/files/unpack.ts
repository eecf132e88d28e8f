import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const MB = 1024 * 1024;

/** Far above what CloudTrail delivers in a file; V8 can hold no longer text either. */
const MAX_BYTES = 512 * MB;

/** Log files shrink to a tenth. One that unpacks to more than this many times its size is damaged or hostile. */
const MAX_RATIO = 200;
/** But small files may unpack to this in any case. */
const ALWAYS_ALLOWED = 16 * MB;

/** Why a file was not read; the message goes into the report. */
export class FileError extends Error {
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

/**
 * The bytes of a log file as they lie on the disk.
 * @param size of the file, in bytes
 * @throws FileError, or what node:fs throws
 */
export function readPacked(path: string, size: number): Buffer {
  if (size > MAX_BYTES) throw new FileError(`larger than ${MAX_BYTES / MB} MB`);
  return readFileSync(path);
}

/**
 * The same unpacked; gzip is recognised by its first bytes, not its name.
 * @throws FileError, or what node:zlib throws
 */
export function unpack(path: string, packed: Buffer): Buffer {
  if (packed.length === 0 && !/\.(jsonl|ndjson)$/i.test(path)) throw new FileError('empty file');
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) {
    if (path.endsWith('.gz')) throw new FileError('not a gzip file');
    return packed;
  }
  const limit = Math.min(MAX_BYTES, Math.max(ALWAYS_ALLOWED, MAX_RATIO * packed.length));
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

/**
 * The last four bytes of a gzip file are its size unpacked (RFC 1952: ISIZE). A buffer of that size saves putting many
 * small ones together, with a byte more, since a full one is followed by another; but they are only a claim, so it stays near
 * what such files unpack to.
 */
function expectedSize(packed: Buffer, limit: number): number {
  const claimed = packed.length < 18 ? 0 : packed.readUInt32LE(packed.length - 4);
  return Math.max(64 * 1024, Math.min(claimed + 1, 20 * packed.length, limit));
}
