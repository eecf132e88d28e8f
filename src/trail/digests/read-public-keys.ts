import { describeError } from '../../base/describe-error.js';
import type { KeyObject } from 'node:crypto';
import { decodeText } from '../../base/decode-text.js';
import { readRegularFile } from '../../base/read-file.js';
import { parsePublicKeys, type PublicKeys } from './public-keys.js';
import { TrailError } from '../errors.js';
import { DIGEST_PROBLEMS, LOG_FOLDER_ERRORS } from '../../wording/log-files.js';

/** @throws TrailError for a file that cannot be read or contains no public keys */
export async function readPublicKeys(files: readonly string[]): Promise<PublicKeys> {
  const all = new Map<string, KeyObject>();
  for (const file of files) {
    const keys = await readRegularFile(file).then(
      (bytes) => parsePublicKeys(decodeText(bytes)),
      (error: unknown) => DIGEST_PROBLEMS.keysUnreadable(describeError(error)),
    );
    if (typeof keys === 'string') throw new TrailError(LOG_FOLDER_ERRORS.publicKeys(file, keys));
    for (const [fingerprint, key] of keys) all.set(fingerprint, key);
  }
  return all;
}
