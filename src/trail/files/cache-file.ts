import { createHash, randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { openRegularFile, readBytes } from '../../base/read-file.js';

const CHECKSUM_BYTES = 32;
/** As node:fs reads at once. */
const MAX_BYTES = 2 ** 31 - 1;
/** The texts in it repeat. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } };

/**
 * What values in the cache depend on besides the logs: all code that makes them, so that no version of the program trusts
 * what another one wrote.
 */
export function codeVersion(): string {
  const hash = createHash('sha256');
  for (const folder of [join(import.meta.dirname, '..'), join(import.meta.dirname, '../../base')]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(js|ts)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

/** Unpacking takes twice as long as reading what is unpacked. */
type Form = 'packed' | 'plain';

/** Writes a value whole or not at all. Names of people are in it: only its owner may read it. */
export function writeCacheFile(path: string, value: unknown, form: Form): void {
  const plain = serialize(value);
  const body = form === 'packed' ? brotliCompressSync(plain, QUICK) : plain;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  writeFileSync(temporary, Buffer.concat([checksum(body), body]), { mode: 0o600 });
  renameSync(temporary, path);
}

/** @param form it was written in @returns undefined when there is none; one that is damaged is removed */
export function readCacheFile(path: string, form: Form): unknown {
  let bytes: Buffer;
  try {
    const { descriptor, info } = openRegularFile(path);
    try {
      bytes = readBytes(descriptor, info.size, MAX_BYTES);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
  const body = bytes.subarray(CHECKSUM_BYTES);
  if (bytes.length > CHECKSUM_BYTES && checksum(body).equals(bytes.subarray(0, CHECKSUM_BYTES))) {
    try {
      return deserialize(form === 'packed' ? brotliDecompressSync(body) : body);
    } catch {
      // Written by a Node whose format this one does not know.
    }
  }
  removeCacheFile(path);
  return undefined;
}

export function removeCacheFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed is not trusted either.
  }
}

const checksum = (body: Buffer): Buffer => createHash('sha256').update(body).digest();
