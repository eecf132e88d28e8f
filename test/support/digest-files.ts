import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A key as `aws cloudtrail list-public-keys` prints it: DER of PKCS #1, in Base64 (CloudTrail API Reference: PublicKey). */
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const FINGERPRINT = '31e8b5433410dfb61a9dc45cc65b22ff';

/** The output of `aws cloudtrail list-public-keys` with one key. */
export const publicKeyList = (key = publicKey, fingerprint = FINGERPRINT): string =>
  JSON.stringify({
    PublicKeyList: [
      { Value: key.export({ format: 'der', type: 'pkcs1' }).toString('base64'), Fingerprint: fingerprint },
    ],
  });

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A log file that CloudTrail delivered: its key in S3 and its uncompressed content. */
export interface Delivered {
  readonly object: string;
  readonly content: string;
  readonly oldest?: string;
  readonly newest?: string;
}

const HOUR = 3_600_000;
const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const compact = (time: string): string => time.replaceAll(/[-:]/g, '');

export interface DigestFile {
  readonly object: string;
  readonly content: string;
  readonly signature: string;
}

interface HourOptions {
  /** The first after validation was turned on. */
  readonly starts?: boolean;
  readonly backfill?: boolean;
}

/**
 * The digest files of one trail in one Region, made as the CloudTrail User Guide documents them: CloudTrail digest file structure, and
 * Custom implementations of CloudTrail log file integrity validation.
 */
export class DigestChain {
  readonly files: DigestFile[] = [];

  constructor(
    readonly accountId: string,
    readonly region = 'us-east-1',
    readonly trail = 'audit',
  ) {}

  /** Adds the digest file of the hour that begins then. @param start ISO 8601 */
  hour(start: string, logFiles: readonly Delivered[] = [], options: HourOptions = {}): this {
    const { accountId, region, trail } = this;
    const end = timeOf(Date.parse(start) + HOUR);
    const previous = options.starts === true ? undefined : this.files.at(-1);
    const bucket = 'amzn-s3-demo-bucket';
    const name = `${accountId}_CloudTrail-Digest_${region}_${trail}_us-east-1_${compact(end)}${options.backfill === true ? '_backfill' : ''}.json.gz`;
    const object = `AWSLogs/${accountId}/CloudTrail-Digest/${region}/${end.slice(0, 10).replaceAll('-', '/')}/${name}`;
    const content = JSON.stringify({
      awsAccountId: accountId,
      digestStartTime: start,
      digestEndTime: end,
      digestS3Bucket: bucket,
      digestS3Object: object,
      digestPublicKeyFingerprint: FINGERPRINT,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: null,
      oldestEventTime: null,
      previousDigestS3Bucket: previous === undefined ? null : bucket,
      previousDigestS3Object: previous?.object ?? null,
      previousDigestHashValue: previous === undefined ? null : sha256(previous.content),
      previousDigestHashAlgorithm: previous === undefined ? null : 'SHA-256',
      previousDigestSignature: previous?.signature ?? null,
      logFiles: logFiles.map((file) => ({
        s3Bucket: bucket,
        s3Object: file.object,
        hashValue: sha256(file.content),
        hashAlgorithm: 'SHA-256',
        newestEventTime: file.newest ?? start,
        oldestEventTime: file.oldest ?? start,
      })),
    });
    const text = [end, `${bucket}/${object}`, sha256(content), previous?.signature ?? 'null'].join('\n');
    const signature = sign('sha256', Buffer.from(text), privateKey).toString('hex');
    this.files.push({ object, content, signature });
    return this;
  }

  /** Adds so many hours without log files. */
  hours(start: string, count: number): this {
    for (let i = 0; i < count; i += 1) this.hour(timeOf(Date.parse(start) + i * HOUR));
    return this;
  }

  /** By path, as in a copy of the bucket. */
  gzipped(): Record<string, Buffer> {
    return Object.fromEntries(this.files.map(({ object, content }) => [object, gzipSync(content)]));
  }
}
