import { textBefore } from '../../base/text-before.js';
import { errors } from '@elastic/elasticsearch';
import type { ElasticsearchConfig } from '../../config/types.js';
import { hostOf } from './client.js';
import { describeFailure, Redirected } from './failures.js';

/** Purpose of a connection. */
export interface Purpose {
  readonly config: ElasticsearchConfig;
  /** Index to read or write. */
  readonly index: string;
  readonly to: 'read' | 'write';
}

const PRIVILEGES = {
  read: 'read and view_index_metadata on it',
  write:
    'create_index, create_doc, read, view_index_metadata and maintenance on it, and manage_index_templates on the cluster',
} as const;

/** Connection failures (messages of OpenSSL and Node), and what to do. */
const TLS_FAILURES: readonly (readonly [RegExp, string])[] = [
  [/certificate has expired/i, 'its certificate has expired: renew it on the server'],
  [
    /certificate is not yet valid/i,
    "its certificate is not yet valid: check the clocks of this machine and the server's",
  ],
  [
    /self-signed certificate|unable to (verify the first|get (local )?issuer) certificate/i,
    'its certificate is signed by an authority that this machine does not trust: set ca to the file of that authority (Elasticsearch writes config/certs/http_ca.crt), or ca_fingerprint',
  ],
  [
    /does not match certificate's altnames/i,
    'its certificate is for another host name: write the host as the certificate names it, or give the server a certificate for this name',
  ],
  [
    /alert certificate required|alert bad certificate|alert handshake failure|alert unknown ca/i,
    'it wants a client certificate that it trusts: set cert and key',
  ],
  [
    /wrong version number|packet length too long/i,
    'it does not speak TLS there: write http://, or name the port that does',
  ],
];

/** A TLS failure is not retried. */
export function isTlsFailure(error: unknown): boolean {
  return (
    error instanceof errors.ConnectionError && TLS_FAILURES.some(([pattern]) => pattern.test(error.message))
  );
}

/** One line for the user, without stack trace, credentials and request. */
export function explain(error: unknown, { config, index, to }: Purpose): string {
  const host = hostOf(config);
  if (error instanceof errors.ResponseError) {
    switch (error.statusCode) {
      case 401:
        return `Elasticsearch at ${host} refused the credentials for index ${index}: check api_key, bearer_token, or username and password.`;
      case 403:
        return `Elasticsearch at ${host} does not allow these credentials to ${to} index ${index}: grant ${PRIVILEGES[to]}.`;
      case 404:
        return `Elasticsearch at ${host} has no index ${index}.`;
    }
  }
  if (error instanceof errors.ProductNotSupportedError) {
    return `What answers at ${host} is not Elasticsearch 8 or newer, so index ${index} cannot be used.`;
  }
  const { reason } = describeFailure(error);
  if (error instanceof Redirected)
    return `Elasticsearch at ${host} cannot be asked for index ${index}: ${reason}. Configure the address of Elasticsearch itself.`;
  if (!(error instanceof errors.ConnectionError))
    return `Elasticsearch at ${host} cannot be asked for index ${index}: ${reason}.`;
  const tls = TLS_FAILURES.find(([pattern]) => pattern.test(error.message));
  if (tls !== undefined) return `Elasticsearch at ${host} cannot be asked for index ${index}: ${tls[1]}.`;
  const hint = mayWantCertificate(error, config)
    ? ' If the server wants a client certificate, set cert and key.'
    : '';
  return `Elasticsearch at ${host} cannot be asked for index ${index}: ${reason}${causeOf(error)}.${hint}`;
}

/** Some servers close the connection without an alert. */
function mayWantCertificate(error: Error, { nodes, clientCertificate }: ElasticsearchConfig): boolean {
  if (clientCertificate !== undefined || nodes.some((node) => node.startsWith('http:'))) return false;
  return /other side closed|ECONNRESET|EPIPE|socket hang up/.test(error.message);
}

/** ECONNREFUSED and similar: causes that a user can fix. */
function causeOf(error: Error): string {
  const line = textBefore(error.message, '\n');
  return line === '' ? '' : ` (${line.replaceAll(/\/\/[^/@\s]*@/g, '//')})`;
}
