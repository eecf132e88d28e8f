import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { recordsOf, type Contents } from './containers.js';
import { digestContents, type FileDigest, type Scope } from './digest.js';

/** A file as it lies on the disk, packed or not. */
export interface FileSource {
  readonly sha256: string;
  readonly bytes: number;
}

interface Read {
  readonly path: string;
  readonly ok: true;
  /** Unpacked. */
  readonly bytes: number;
  readonly source: FileSource;
}

interface Failed {
  readonly path: string;
  readonly ok: false;
  readonly reason: string;
  /** Absent where its bytes could not be read at all. */
  readonly source?: FileSource;
}

/** A file that could not be read is a value, not an exception: the others still go in. */
export type FileResult = (Read & { readonly digest: FileDigest }) | Failed;

export type ContentsResult = (Read & { readonly contents: Contents }) | Failed;

/** Far above what CloudTrail delivers in a file; a file that unpacks to more is damaged or hostile. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Reads, unpacks and digests one log file. */
export function readLogFile(path: string, scope: Scope): FileResult {
  const read = readContents(path);
  if (!read.ok) return read;
  const { contents, ...rest } = read;
  return { ...rest, digest: digestContents(contents, scope) };
}

/** What one log file holds; gzip is recognised by its first bytes, not its name. */
export function readContents(path: string): ContentsResult {
  let source: FileSource | undefined;
  try {
    const packed = readFileSync(path);
    source = { sha256: createHash('sha256').update(packed).digest('hex'), bytes: packed.length };
    if (packed.length === 0 && !/\.(jsonl|ndjson)$/i.test(path)) throw new Error('empty file');
    const gzip = packed[0] === 0x1f && packed[1] === 0x8b;
    if (!gzip && path.endsWith('.gz')) throw new Error('not a gzip file');
    const bytes = gzip ? gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES }) : packed;
    return { path, ok: true, contents: recordsOf(bytes.toString('utf8')), bytes: bytes.length, source };
  } catch (error) {
    return { path, ok: false, reason: reasonOf(error), ...(source === undefined ? {} : { source }) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return `unpacks to more than ${MAX_UNPACKED_BYTES / 1024 / 1024} MB`;
  if (code === 'Z_BUF_ERROR') return 'the gzip data end too early';
  if (error instanceof SyntaxError) return 'not JSON';
  return error.message;
}
