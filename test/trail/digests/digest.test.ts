import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/checked.js';
import { parseDigest, type Digest } from '../../../src/trail/digests/digest.js';
import { checkSignature, parsePublicKeys, type PublicKeys } from '../../../src/trail/digests/public-keys.js';
import { DigestChain, publicKeyList, sha256 } from '../../support/digest-files.js';
import awsCli from './aws-cli.json' with { type: 'json' };

const BUCKET = 'S3-bucket-name';
const FOLDER =
  'AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/17/111122223333_CloudTrail-Digest_us-east-2';
const LOG =
  'AWSLogs/111122223333/CloudTrail/us-east-2/2015/08/17/111122223333_CloudTrail_us-east-2_20150817T1445Z_9nYN7gp2eWAJHIfT.json.gz';

/** CloudTrail User Guide: CloudTrail digest file structure, sample digest file contents; the signature is shortened. */
const SAMPLE = {
  awsAccountId: '111122223333',
  digestStartTime: '2015-08-17T14:01:31Z',
  digestEndTime: '2015-08-17T15:01:31Z',
  digestS3Bucket: BUCKET,
  digestS3Object: `${FOLDER}_your-trail-name_us-east-2_20150817T150131Z.json.gz`,
  digestPublicKeyFingerprint: '31e8b5433410dfb61a9dc45cc65b22ff',
  digestSignatureAlgorithm: 'SHA256withRSA',
  newestEventTime: '2015-08-17T14:52:27Z',
  oldestEventTime: '2015-08-17T14:42:27Z',
  previousDigestS3Bucket: BUCKET,
  previousDigestS3Object: `${FOLDER}_your-trail-name_us-east-2_20150817T140131Z.json.gz`,
  previousDigestHashValue: '97fb791cf91ffc440d274f8190dbdd9aa09c34432aba82739df18b6d3c13df2d',
  previousDigestHashAlgorithm: 'SHA-256',
  previousDigestSignature: '50887ccffad4c002b97caa37cc9dc626',
  logFiles: [
    {
      s3Bucket: BUCKET,
      s3Object: LOG,
      hashValue: '9bb6196fc6b84d6f075a56548feca262bd99ba3c2de41b618e5b6e22c1fc71f6',
      hashAlgorithm: 'SHA-256',
      newestEventTime: '2015-08-17T14:52:27Z',
      oldestEventTime: '2015-08-17T14:42:27Z',
    },
  ],
};

const parse = (value: unknown): ReturnType<typeof parseDigest> =>
  parseDigest(Buffer.from(JSON.stringify(value)));

function digestOf(content: string): Digest {
  const parsed = parseDigest(Buffer.from(content));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

function keysOf(text: string): PublicKeys {
  const keys = parsePublicKeys(text);
  if (typeof keys === 'string') throw new Error(keys);
  return keys;
}

describe('a digest file', () => {
  it('is read as the CloudTrail User Guide documents it', () => {
    expect(parse(SAMPLE)).toMatchObject({
      ok: true,
      value: {
        accountId: '111122223333',
        region: 'us-east-2',
        isBackfill: false,
        start: Date.parse('2015-08-17T14:01:31Z') / 1000,
        end: Date.parse('2015-08-17T15:01:31Z') / 1000,
        sha256: sha256(JSON.stringify(SAMPLE)),
        previous: { object: SAMPLE.previousDigestS3Object, sha256: SAMPLE.previousDigestHashValue },
        logFiles: [{ object: LOG, newest: Date.parse('2015-08-17T14:52:27Z') / 1000 }],
      },
    });
  });

  it('is of one chain with the next, and not with backfill digests, other trails, Regions or accounts', () => {
    const chainOf = (chain: DigestChain, options = {}): string =>
      digestOf(chain.hour('2026-07-01T00:00:00Z', [], options).files.at(-1)?.content ?? '').chain;
    const chain = new DigestChain('111122223333');
    const first = chainOf(chain);
    expect(chainOf(chain)).toBe(first);
    const others = [
      chainOf(chain, { backfill: true }),
      chainOf(new DigestChain('111122223333', 'eu-west-1')),
      chainOf(new DigestChain('111122223333', 'us-east-1', 'other')),
      chainOf(new DigestChain('444455556666')),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
  });

  it.each([
    ['not JSON', '{', /^not JSON$/],
    ['a log file', JSON.stringify({ Records: [] }), /awsAccountId/],
    ['without end', JSON.stringify({ ...SAMPLE, digestEndTime: undefined }), /digestEndTime/],
    ['with another hash', JSON.stringify({ ...SAMPLE, previousDigestHashAlgorithm: 'MD5' }), /HashAlgorithm/],
    ['with another signature', JSON.stringify({ ...SAMPLE, digestSignatureAlgorithm: 'none' }), /Signature/],
    ['of another place', JSON.stringify({ ...SAMPLE, digestS3Object: 'a.json.gz' }), /digestS3Object is a/],
  ])('is refused when it is %s', (_, content, reason) => {
    const parsed = parseDigest(Buffer.from(content));
    expect(parsed.ok ? '' : parsed.error).toMatch(reason);
  });
});

describe('signatures', () => {
  const keys = keysOf(JSON.stringify(awsCli.publicKeys));

  it.each(awsCli.digests)('are made from the text that the AWS CLI makes, and valid (%#)', (expected) => {
    const digest = digestOf(expected.content);
    expect(digest.signedText).toBe(expected.signedText);
    expect(checkSignature(digest, expected.signature, keys)).toBe('valid');
    expect(checkSignature(digestOf(`${expected.content} `), expected.signature, keys)).toBe('invalid');
    expect(checkSignature(digest, 'ab', keys)).toBe('invalid');
    expect(checkSignature(digest, expected.signature, new Map())).toBe('no-key');
  });

  it('are invalid by another key of the same fingerprint', () => {
    const { content, signature } = at(new DigestChain('111122223333').hour('2026-07-01T00:00:00Z').files, 0);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    expect(checkSignature(digestOf(content), signature, keysOf(publicKeyList()))).toBe('valid');
    expect(checkSignature(digestOf(content), signature, keysOf(publicKeyList(other)))).toBe('invalid');
  });
});

describe('public keys', () => {
  // CloudTrail User Guide: Custom implementations of CloudTrail log file integrity validation, sample response.
  const SPKI =
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqlzPJbvZJ42UdcmLfPUqXYNfOs6I8lCfao/tOs8CmzPOEdtLWugB9xoIUz78qVHdKIqxbaG4jWHfJBiOSSFBM0lt8cdVo4TnRa7oG9io5pysS6DJhBBAeXsicufsiFJR+wrUNh8RSLxL4k6G1+BhLX20tJkZ/erT97tDGBujAelqseGg3vPZbTx9SMfOLN65PdLFudLP7Gat0Z9p5jw/rjpclKfo9Bfc3heeBxWGKwBBOKnFAaN9V57pOaosCvPKmHd9bg7jsQkI9Xp22IzGLsTFJZYVA3KiTAElDMu80iFXPHEq9hKNbt9e4URFam+1utKVEiLkR2disdCmPTK0VQIDAQAB';
  const PKCS1 =
    'MIIBCgKCAQEAn11L2YZ9h7onug2ILi1MWyHiMRsTQjfWE+pHVRLk1QjfWhirG+lpOa8NrwQ/r7Ah5bNL6HepznOU9XTDSfmmnP97mqyc7z/upfZdS/AHhYcGaz7n6Wc/RRBU6VmiPCrAUojuSk6/GjvA8iOPFsYDuBtviXarvuLPlrT9kAd4Lb+rFfR5peEgBEkhlzc5HuWO7S0y+KunqxX6jQBnXGMtxmPBPP0FylgWGNdFtks/4YSKcgqwH0YDcawP9GGGDAeCIqPWIXDLG1jOjRRzWfCmD0iJUkz8vTsn4hq/5ZxRFE7UBAUiVcGbdnDdvVfhF9C3dQiDq3k7adQIziLT0cShgQIDAQAB';

  it('are read as the CloudTrail User Guide shows them', () => {
    const keys = keysOf(
      JSON.stringify({
        publicKeyList: [
          {
            ValidityStartTime: '1436317441.0',
            Value: PKCS1,
            Fingerprint: '8eba5db5bea9b640d1c96a77256fe7f2',
          },
          { ValidityStartTime: '1434589370.0', Value: SPKI, Fingerprint: '31e8b5433410dfb61a9dc45cc65b22ff' },
        ],
      }),
    );
    expect([...keys].map(([name, key]) => [name.slice(0, 4), key.asymmetricKeyType])).toEqual([
      ['8eba', 'rsa'],
      ['31e8', 'rsa'],
    ]);
  });

  it.each([
    ['{', 'is not JSON'],
    ['{}', 'is not the output of aws cloudtrail list-public-keys'],
    ['{"PublicKeyList":[{"Value":"AAAA","Fingerprint":"ab"}]}', 'contains a key that cannot be read: ab'],
  ])('are refused: %s', (text, reason) => {
    expect(parsePublicKeys(text)).toBe(reason);
  });
});
