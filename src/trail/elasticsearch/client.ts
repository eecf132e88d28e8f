import { textBefore } from '../../base/text-before.js';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import { Client, type ClientOptions } from '@elastic/elasticsearch';
import { readRegularFile, RefusedFileError } from '../../base/read-file.js';
import type { ElasticsearchConfig, Secret } from '../../config/types.js';
import { TrailError } from '../errors.js';
import { fetchAuthority } from './pinned-authority.js';
import { CheckedTransport } from './transport.js';
import { CONNECTION_FILES, SERVER_NAMES, UNPROTECTED } from '../../wording/elasticsearch-connection.js';

export interface ClientSettings {
  /** Milliseconds. */
  readonly requestTimeout: number;
  /** Sends the requests. */
  readonly Transport?: typeof CheckedTransport;
}

/**
 * Creates a client without sending requests, except to fetch the server certificate if only the fingerprint of its
 * authority is known.
 * @throws TrailError that names the key, if a secret or certificate file is unusable
 */
export async function createClient(config: ElasticsearchConfig, settings: ClientSettings): Promise<Client> {
  const { cloudId } = config;
  const auth = await authOf(config);
  const tls = await tlsOf(config);
  return new Client({
    ...(cloudId === undefined ? { nodes: [...config.nodes] } : { cloud: { id: cloudId } }),
    ...(auth === undefined ? {} : { auth }),
    ...(tls === undefined ? {} : { tls }),
    Transport: CheckedTransport,
    ...settings,
    // Callers retry, because they know which failures are worth it.
    maxRetries: 0,
    // Errors contain the request: without this, also its Authorization header and the private key. `remove` would
    // also remove Retry-After.
    redaction: { type: 'replace', additionalKeys: ['connection', 'options'] },
    // Records contain arbitrary keys of callers, for which this protection would end the run; they are never merged
    // into objects.
    disablePrototypePoisoningProtection: true,
  });
}

/** Safety that the configuration gives up: one sentence each, for the report. */
export function securityWarnings(config: ElasticsearchConfig): string[] {
  const warnings: string[] = [];
  if (config.tlsVerify === false) {
    warnings.push(UNPROTECTED.notVerified(hostOf(config)));
  }
  const open = config.nodes.filter((node) => node.startsWith('http:') && !isLoopback(new URL(node).hostname));
  if (config.auth !== undefined && open.length > 0) warnings.push(UNPROTECTED.noTls(hostOf(config)));
  return warnings;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\./.test(host);

/** For messages: without URL path and credentials. */
export function hostOf(config: ElasticsearchConfig): string {
  if (config.cloudId !== undefined) return SERVER_NAMES.cloud(textBefore(config.cloudId, ':'));
  return config.nodes
    .map((node) => (URL.canParse(node) ? new URL(node).host : SERVER_NAMES.invalid))
    .join(', ');
}

async function authOf({ auth }: ElasticsearchConfig): Promise<ClientOptions['auth']> {
  switch (auth?.kind) {
    case undefined:
      return undefined;
    case 'basic':
      return { username: auth.username, password: await valueOf(auth.password, 'password_file') };
    case 'bearer':
      return { bearer: await valueOf(auth.token, 'bearer_token_file') };
    case 'api_key': {
      const key = await valueOf(auth.apiKey, 'api_key_file');
      // In both formats that Elasticsearch shows: ID and key, or both encoded.
      return { apiKey: key.includes(':') ? Buffer.from(key).toString('base64') : key };
    }
  }
}

async function tlsOf(config: ElasticsearchConfig): Promise<ConnectionOptions | undefined> {
  const { ca, caFingerprint, clientCertificate, tlsVerify, nodes } = config;
  const passphrase = clientCertificate?.passphrase;
  const options: ConnectionOptions = {
    ...(ca === undefined ? {} : { ca: await textOf(ca, 'ca') }),
    ...(clientCertificate === undefined
      ? {}
      : {
          cert: await textOf(clientCertificate.cert, 'cert'),
          key: await textOf(clientCertificate.key, 'key'),
        }),
    ...(passphrase === undefined ? {} : { passphrase: await valueOf(passphrase, 'key_passphrase_file') }),
    ...(tlsVerify === false ? { rejectUnauthorized: false } : {}),
  };
  checkCertificates(options);
  if (caFingerprint !== undefined) options.ca = await fetchAuthority(nodes, caFingerprint, options);
  return Object.keys(options).length === 0 ? undefined : options;
}

/** Invalid certificate files would otherwise fail during a connection. */
function checkCertificates({ ca, cert, key, passphrase }: ConnectionOptions): void {
  try {
    createSecureContext({ ca });
  } catch (error) {
    throw new TrailError(CONNECTION_FILES.noCertificate(describeReadError(error)));
  }
  try {
    createSecureContext({ cert, key, passphrase });
  } catch (error) {
    throw new TrailError(CONNECTION_FILES.badKeyPair(describeReadError(error)));
  }
}

function describeReadError(error: unknown): string {
  if (error instanceof RefusedFileError) return error.message;
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : CONNECTION_FILES.noCode;
}

async function valueOf(secret: Secret, key: string): Promise<string> {
  if (typeof secret === 'string') return secret;
  const value = (await textOf(secret.file, key)).trim();
  if (value === '') throw new TrailError(CONNECTION_FILES.empty(secret.file, key));
  if (/[\r\n]/.test(value)) throw new TrailError(CONNECTION_FILES.severalLines(secret.file, key));
  return value;
}

async function textOf(path: string, key: string): Promise<string> {
  try {
    return (await readRegularFile(path)).toString('utf8');
  } catch (error) {
    throw new TrailError(CONNECTION_FILES.unreadable(path, key, describeReadError(error)));
  }
}
