import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Digest } from './digest.js';
import { DIGEST_PROBLEMS } from '../../wording/log-files.js';

/** CloudTrail's public keys by fingerprint. Each Region has its own, and they change. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

export type SignatureCheck = 'valid' | 'invalid' | 'no-key';

const keyShape = z.looseObject({ Value: z.base64(), Fingerprint: z.string() });
/** The AWS CLI prints `PublicKeyList`; the CloudTrail User Guide shows `publicKeyList`. */
const shape = z
  .looseObject({ PublicKeyList: z.array(keyShape).optional(), publicKeyList: z.array(keyShape).optional() })
  .transform(({ PublicKeyList, publicKeyList }) => PublicKeyList ?? publicKeyList)
  .pipe(z.array(keyShape));

/**
 * Parses the output of `aws cloudtrail list-public-keys`.
 * @returns the keys, or what is wrong with the text
 */
export function parsePublicKeys(text: string): PublicKeys | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return DIGEST_PROBLEMS.keysNotJson;
  }
  const parsed = shape.safeParse(json);
  if (!parsed.success) return DIGEST_PROBLEMS.keysOfOther;
  const keys = new Map<string, KeyObject>();
  for (const { Fingerprint, Value } of parsed.data) {
    const key = readKey(Buffer.from(Value, 'base64'));
    if (key === undefined) return DIGEST_PROBLEMS.badKey(Fingerprint);
    keys.set(Fingerprint, key);
  }
  return keys;
}

/** PKCS #1, as documented (API Reference: PublicKey); an example in the User Guide is an X.509 SubjectPublicKeyInfo. */
function readKey(der: Buffer): KeyObject | undefined {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      return createPublicKey({ key: der, format: 'der', type });
    } catch {
      continue;
    }
  }
  return undefined;
}

/** @param signature hexadecimal */
export function checkSignature(
  { signedText, publicKeyFingerprint }: Digest,
  signature: string,
  keys: PublicKeys,
): SignatureCheck {
  const key = keys.get(publicKeyFingerprint);
  if (key === undefined) return 'no-key';
  return verify('sha256', Buffer.from(signedText), key, Buffer.from(signature, 'hex')) ? 'valid' : 'invalid';
}
