import { describeError } from '../../base/describe-error.js';
import type { KeyObject } from 'node:crypto';
import { decodeText } from '../../base/decode-text.js';
import { readRegularFile } from '../../base/read-file.js';
import { parsePublicKeys, type PublicKeys } from './public-keys.js';
import { TrailError } from '../errors.js';

/** @throws TrailError for a file that cannot be read or holds no public keys */
export async function readPublicKeys(files: readonly string[]): Promise<PublicKeys> {
  const all = new Map<string, KeyObject>();
  for (const file of files) {
    const keys = await readRegularFile(file).then(
      (bytes) => parsePublicKeys(decodeText(bytes)),
      (error: unknown) => `cannot be read: ${describeError(error)}`,
    );
    if (typeof keys === 'string')
      throw new TrailError(
        `${file} (files.public_keys in the configuration) ${keys}. Make it with: aws cloudtrail list-public-keys --region REGION --start-time START --end-time END > ${file}`,
      );
    for (const [fingerprint, key] of keys) all.set(fingerprint, key);
  }
  return all;
}
