import { textBefore } from '../../base/text-before.js';
import { errors } from '@elastic/elasticsearch';
import type { ElasticsearchConfig } from '../../config/types.js';
import { hostOf } from './client.js';
import { describeFailure, RedirectError } from './failures.js';
import { CONNECTION_ERRORS, type TlsFailure } from '../../wording/elasticsearch-connection.js';

/** Purpose of a connection. */
export interface Purpose {
  readonly config: ElasticsearchConfig;
  /** Index to read or write. */
  readonly index: string;
  readonly to: 'read' | 'write';
}

/** Messages of OpenSSL and Node. */
const TLS_FAILURES: readonly (readonly [RegExp, TlsFailure])[] = [
  [/certificate has expired/i, 'expired'],
  [/certificate is not yet valid/i, 'notYetValid'],
  [/self-signed certificate|unable to (verify the first|get (local )?issuer) certificate/i, 'untrusted'],
  [/does not match certificate's altnames/i, 'otherHost'],
  [
    /alert certificate required|alert bad certificate|alert handshake failure|alert unknown ca/i,
    'noClientCertificate',
  ],
  [/wrong version number|packet length too long/i, 'notTls'],
];

/** A TLS failure is not retried. */
export function isTlsFailure(error: unknown): boolean {
  return (
    error instanceof errors.ConnectionError && TLS_FAILURES.some(([pattern]) => pattern.test(error.message))
  );
}

/** One line for the user, without stack trace, credentials and request. */
export function explain(error: unknown, { config, index, to }: Purpose): string {
  const place = { index, host: hostOf(config) };
  if (error instanceof errors.ResponseError) {
    switch (error.statusCode) {
      case 401:
        return CONNECTION_ERRORS.badCredentials(place);
      case 403:
        return CONNECTION_ERRORS.noPrivilege(place, to);
      case 404:
        return CONNECTION_ERRORS.noIndex(place);
    }
  }
  if (error instanceof errors.ProductNotSupportedError) return CONNECTION_ERRORS.otherProduct(place);
  const { reason } = describeFailure(error);
  if (error instanceof RedirectError) return CONNECTION_ERRORS.redirected(place, reason);
  if (!(error instanceof errors.ConnectionError)) return CONNECTION_ERRORS.failed(place, reason);
  const tls = TLS_FAILURES.find(([pattern]) => pattern.test(error.message));
  if (tls !== undefined) return CONNECTION_ERRORS.tls(place, tls[1]);
  const message = CONNECTION_ERRORS.failed(place, `${reason}${causeOf(error)}`);
  return mayWantCertificate(error, config)
    ? `${message} ${CONNECTION_ERRORS.maybeClientCertificate}`
    : message;
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
