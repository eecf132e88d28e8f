import { ExpectedError } from '../base/expected-error.js';
import type { RecordingConfig } from './recording.js';
import type { ConfiguredSource } from './section.js';

export type { RecordingConfig };

/** config.yaml after validation: paths absolute, secrets filled in from the environment. */
export interface AccountConfig {
  readonly name: string;
  /** Always 12 digits. */
  readonly id: string;
  /** Absolute path of the authorization details. */
  readonly iam: string;
  /** Absolute paths of SCP files, one for each level of the organisation. */
  readonly scp?: readonly string[];
  /** Absolute paths of files with documents of managed policies that `iam` lacks. */
  readonly boundary?: readonly string[];
  /** Absolute path of the credential report. */
  readonly credentialReport?: string;
  /** Who answers for principals that no tag and no exemption names an owner of. */
  readonly owner?: string;
  /** Days without any event are days without any call: the logs lack nothing there. */
  readonly quiet?: true;
  /** What the account's trail records, the top-level key included; absent where nothing is said. */
  readonly recording?: RecordingConfig;
}

/** The value itself, from the environment, or the absolute path of the file that holds it. */
export type Secret = string | { readonly file: string };

export interface ElasticsearchConfig {
  /** URLs without credentials. Empty where `cloudId` says where the cluster is. */
  readonly nodes: readonly string[];
  readonly cloudId?: string;
  readonly auth?:
    | { readonly kind: 'api_key'; readonly apiKey: Secret }
    | { readonly kind: 'basic'; readonly username: string; readonly password: Secret }
    | { readonly kind: 'bearer'; readonly token: Secret };
  /** Absolute path of a CA file. */
  readonly ca?: string;
  /** SHA-256 of the certificate authority: 64 hexadecimal digits, upper case. */
  readonly caFingerprint?: string;
  /** Absolute paths of PEM files. */
  readonly clientCertificate?: { readonly cert: string; readonly key: string; readonly passphrase?: Secret };
  /** Absent: the server's certificate is verified. */
  readonly tlsVerify?: false;
  readonly index: string;
  /** Without trailing dot; '' for none. */
  readonly keyPrefix: string;
  readonly timestampField: string;
  readonly mapping: 'auto' | 'raw' | 'ecs';
  /** Milliseconds for one request, to the end of its answer. */
  readonly requestTimeout?: number;
  /** Milliseconds for which a query that fails is repeated. */
  readonly retryFor?: number;
  /** Milliseconds of a run after which nothing more is asked; what is missing then is incomplete. Null: none. A default when absent. */
  readonly deadline?: number | null;
}

export interface Exemption {
  readonly id: string;
  /** Glob on the ARN. */
  readonly arn: string;
  readonly owner: string;
  readonly reason: string;
  /** YYYY-MM-DD or null. */
  readonly expires: string | null;
}

export interface Config<Source extends ConfiguredSource = ConfiguredSource> {
  /** Absolute path of the file itself. */
  readonly file: string;
  readonly accounts: readonly AccountConfig[];
  readonly source: Source;
  readonly exemptions: readonly Exemption[];
  /** Keys of tags that name a principal's owner, the first that it has goes; compared without case. */
  readonly ownerTags: readonly string[];
  /** IAM prefixes whose data events the user says are logged. */
  readonly dataEvents: readonly string[];
}

/** A mistake of the user's that the message explains: printed without a stack trace, exit code 2. */
export class UserError extends ExpectedError {
  override name = 'UserError';
}
