import { at } from '../../base/checked.js';
import { createHash } from 'node:crypto';
import { failure, success, type Result } from '../../base/result.js';
import { z } from 'zod';
import { DIGEST_PROBLEMS, FILE_REASONS } from '../../wording/log-files.js';

/** A log file in a digest file. */
export interface ListedLogFile {
  /** S3 object key. */
  readonly object: string;
  /** SHA-256 of its uncompressed content, lower-case hexadecimal. */
  readonly sha256: string;
  /** Times of its events: seconds since 1970; null if unknown. */
  readonly oldest: number | null;
  readonly newest: number | null;
}

/** What a digest file says about its predecessor. */
interface PreviousDigest {
  readonly object: string;
  readonly sha256: string;
  /** Hexadecimal. */
  readonly signature: string;
}

/** A digest file (CloudTrail User Guide: CloudTrail digest file structure). */
export interface Digest {
  readonly accountId: string;
  readonly region: string;
  /** The same for consecutive digest files: of one account, Region and trail. Backfill digests are separate. */
  readonly chain: string;
  /** It lists log files that were delivered late, and proves nothing about an hour. */
  readonly isBackfill: boolean;
  /** It lists the log files delivered between these times: seconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly bucket: string;
  readonly object: string;
  /** SHA-256 of its own uncompressed content. */
  readonly sha256: string;
  readonly publicKeyFingerprint: string;
  /** Null in the first digest file after validation was turned on. */
  readonly previous: PreviousDigest | null;
  readonly logFiles: readonly ListedLogFile[];
  /** Input of its signature. */
  readonly signedText: string;
}

const sha256Text = z.string().regex(/^[0-9a-f]{64}$/i);
const signatureText = z.string().regex(/^([0-9a-f]{2})+$/i);
const time = z.iso.datetime();
const shape = z.looseObject({
  awsAccountId: z.string().regex(/^\d{12}$/),
  digestStartTime: time,
  digestEndTime: time,
  digestS3Bucket: z.string(),
  digestS3Object: z.string(),
  digestPublicKeyFingerprint: z.string(),
  digestSignatureAlgorithm: z.literal('SHA256withRSA'),
  previousDigestS3Object: z.string().nullable(),
  previousDigestHashValue: sha256Text.nullable(),
  previousDigestHashAlgorithm: z.literal('SHA-256').nullable(),
  previousDigestSignature: signatureText.nullable(),
  logFiles: z.array(
    z.looseObject({
      s3Object: z.string(),
      hashValue: sha256Text,
      hashAlgorithm: z.literal('SHA-256'),
      newestEventTime: time.nullable().optional(),
      oldestEventTime: time.nullable().optional(),
    }),
  ),
});

/**
 * `AWSLogs/[<organization>/]<account>/CloudTrail-Digest/<Region>/<date>/<name>`; the name ends in the time, and in
 * `_backfill` for late log files (CloudTrail User Guide: CloudTrail digest file structure).
 */
const OBJECT = /\/CloudTrail-Digest\/([a-z0-9-]+)\/(?:[^/]+\/)*([^/]+)_\d{8}T\d{6}Z(_backfill)?\.json\.gz$/;

/** @param content uncompressed */
export function parseDigest(content: Uint8Array): Result<Digest> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(content).toString('utf8'));
  } catch {
    return failure(FILE_REASONS.notJson);
  }
  const parsed = shape.safeParse(json);
  if (!parsed.success) {
    const { path, message } = at(parsed.error.issues, 0);
    return failure(DIGEST_PROBLEMS.notDigest(path.join('.'), message));
  }
  const { data } = parsed;
  const match = OBJECT.exec(data.digestS3Object);
  if (match === null) return failure(DIGEST_PROBLEMS.badObject(data.digestS3Object));
  const [, region = '', name = '', backfill] = match;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const {
    previousDigestS3Object: object,
    previousDigestHashValue: hash,
    previousDigestSignature: signature,
  } = data;
  return success({
    accountId: data.awsAccountId,
    region,
    chain: `${name}${backfill ?? ''}`,
    isBackfill: backfill !== undefined,
    start: secondsOf(data.digestStartTime),
    end: secondsOf(data.digestEndTime),
    bucket: data.digestS3Bucket,
    object: data.digestS3Object,
    sha256,
    publicKeyFingerprint: data.digestPublicKeyFingerprint,
    previous:
      object === null || hash === null || signature === null
        ? null
        : { object, sha256: hash.toLowerCase(), signature },
    logFiles: data.logFiles.map(({ s3Object, hashValue, oldestEventTime, newestEventTime }) => ({
      object: s3Object,
      sha256: hashValue.toLowerCase(),
      oldest: oldestEventTime == null ? null : secondsOf(oldestEventTime),
      newest: newestEventTime == null ? null : secondsOf(newestEventTime),
    })),
    // CloudTrail User Guide: Custom implementations of CloudTrail log file integrity validation, D. A starting
    // digest has `null` there, like in the AWS CLI (validate-logs).
    signedText: [
      data.digestEndTime,
      `${data.digestS3Bucket}/${data.digestS3Object}`,
      sha256,
      signature ?? 'null',
    ].join('\n'),
  });
}

const secondsOf = (text: string): number => Date.parse(text) / 1000;
