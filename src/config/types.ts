import { ExpectedError } from '../base/expected-error.js';
import type { RecordingConfig } from './recording.js';
import type { ConfiguredSource } from './section.js';

export type { RecordingConfig };

/** Validated config.yaml: paths are absolute, variables are replaced. */
export interface AccountConfig {
  readonly name: string;
  /** Always 12 digits. */
  readonly id: string;
  /** Absolute path of the authorization details. */
  readonly iam: string;
  /** Absolute paths of SCP files, one per level of the organization. */
  readonly scp?: readonly string[];
  /** Absolute paths of files with managed policies missing from `iam`. */
  readonly boundary?: readonly string[];
  /** Absolute path of the credential report. */
  readonly credentialReport?: string;
  /** Owner of principals without an owner tag and without exemption. */
  readonly owner?: string;
  /** Days without events are days without calls: no logs are missing. */
  readonly quiet?: true;
  /** What the trail of the account records, including the top-level key; absent if nothing is stated. */
  readonly recording?: RecordingConfig;
}

/** The value from the environment, or the absolute path of a file. */
export type Secret = string | { readonly file: string };

export interface ElasticsearchConfig {
  /** URLs without credentials. Empty if `cloudId` is set. */
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
  /** Absent: the server certificate is verified. */
  readonly tlsVerify?: false;
  readonly index: string;
  /** Without trailing dot; '' for none. */
  readonly keyPrefix: string;
  readonly timestampField: string;
  readonly mapping: 'auto' | 'raw' | 'ecs';
  /** Milliseconds for one request and its answer. */
  readonly requestTimeout?: number;
  /** Milliseconds to retry a failing query. */
  readonly retryFor?: number;
  /**
   * Milliseconds of a run after which no query starts; missing data are then incomplete. Null for none; a default
   * if absent.
   */
  readonly deadline?: number | null;
}

export interface Exemption {
  readonly id: string;
  /** Glob pattern for ARNs. */
  readonly arn: string;
  readonly owner: string;
  readonly reason: string;
  /** YYYY-MM-DD or null. */
  readonly expires: string | null;
}

export interface Config<Source extends ConfiguredSource = ConfiguredSource> {
  /** Absolute path of the configuration file. */
  readonly file: string;
  readonly accounts: readonly AccountConfig[];
  readonly source: Source;
  readonly exemptions: readonly Exemption[];
  /** Tag keys that name the owner; the first existing one wins, case is ignored. */
  readonly ownerTags: readonly string[];
  /** IAM prefixes whose data events are logged according to the user. */
  readonly dataEvents: readonly string[];
}

/** A mistake of the user: printed without a stack trace, exit code 2. */
export class UserError extends ExpectedError {
  override name = 'UserError';
}
