/** Connections to Elasticsearch: errors of files and servers, and warnings about unprotected connections. */

/** The server in messages. */
export const SERVER_NAMES = {
  cloud: (deployment: string): string => `Elastic Cloud deployment ${deployment}`,
  invalid: 'an invalid address',
} as const;

/** Files that keys of the elasticsearch section name. */
export const CONNECTION_FILES = {
  noCode: 'unreadable',
  unreadable: (path: string, key: string, reason: string): string =>
    `The file ${path} (elasticsearch.${key}) cannot be read (${reason}). Check the path and its permissions.`,
  empty: (path: string, key: string): string =>
    `The file ${path} (elasticsearch.${key}) is empty. Write the value on one line.`,
  severalLines: (path: string, key: string): string =>
    `The file ${path} (elasticsearch.${key}) has more than one line. Write only the value, on one line.`,
  noCertificate: (reason: string): string =>
    `The file of elasticsearch.ca contains no certificate in PEM format (${reason}).`,
  badKeyPair: (reason: string): string =>
    `The files of elasticsearch.cert and elasticsearch.key cannot be used (${reason}). ` +
    'Both must be in PEM format and belong together. An encrypted key requires key_passphrase.',
} as const;

export const UNPROTECTED = {
  notVerified: (host: string): string =>
    `The certificate of Elasticsearch at ${host} was not verified (tls_verify: false). ` +
    'Someone between could have read the credentials or changed the answers. Set ca or ca_fingerprint instead.',
  noTls: (host: string): string =>
    `The credentials were sent to Elasticsearch at ${host} without TLS. Use https:// if the server supports it.`,
} as const;

const PRIVILEGES = {
  read: 'Grant the privileges read and view_index_metadata on the index.',
  write:
    'Grant the privileges create_index, create_doc, read, view_index_metadata and maintenance on the index, ' +
    'and manage_index_templates on the cluster.',
} as const;

/** Failures of TLS: what is wrong, and what to do. */
const TLS_FAILURES = {
  expired: 'the certificate has expired. Renew it on the server.',
  notYetValid: 'the certificate is not valid yet. Check the clocks of this machine and of the server.',
  untrusted:
    'this machine does not trust the authority that signed the certificate. ' +
    'Set ca to the certificate file of the authority (Elasticsearch writes config/certs/http_ca.crt), or set ca_fingerprint.',
  otherHost:
    'the certificate is for another host name. Configure the host name of the certificate, or install a certificate for this name.',
  noClientCertificate: 'the server requires a client certificate that it trusts. Set cert and key.',
  notTls: 'the port does not use TLS. Write http://, or configure the port that uses TLS.',
} as const;

export type TlsFailure = keyof typeof TLS_FAILURES;

/** Place of an error, or its subject. */
interface Place {
  readonly index: string;
  readonly host: string;
}

const noAccess = ({ index, host }: Place): string =>
  `Cannot access index ${index} of Elasticsearch at ${host}`;

export const CONNECTION_ERRORS = {
  badCredentials: ({ index, host }: Place): string =>
    `Elasticsearch at ${host} rejected the credentials for index ${index}. Check api_key, bearer_token, or username and password.`,
  noPrivilege: ({ index, host }: Place, to: 'read' | 'write'): string =>
    `Elasticsearch at ${host} does not allow these credentials to ${to === 'write' ? 'write to' : 'read'} index ${index}. ${PRIVILEGES[to]}`,
  noIndex: ({ index, host }: Place): string =>
    `Elasticsearch at ${host} has no index ${index}. Check the name of the index.`,
  noMatch: ({ index, host }: Place): string =>
    `Elasticsearch at ${host} has no index that matches ${index}. Check elasticsearch.index.`,
  otherProduct: ({ index, host }: Place): string =>
    `Cannot access index ${index} at ${host}: the server is not Elasticsearch 8 or newer. Configure the address of such a server.`,
  redirected: (place: Place, reason: string): string =>
    `${noAccess(place)}: ${reason}. Redirects are not followed: configure the address of Elasticsearch itself.`,
  tls: (place: Place, failure: TlsFailure): string => `${noAccess(place)}: ${TLS_FAILURES[failure]}`,
  failed: (place: Place, reason: string): string => `${noAccess(place)}: ${reason}.`,
  maybeClientCertificate: 'If the server requires a client certificate, set cert and key.',
  unreachable: (host: string, reason: string): string =>
    `Elasticsearch at ${host} cannot be reached: ${reason}. Check the address and the network.`,
  noNode: 'ca_fingerprint requires the address of a node. Set node or host in the elasticsearch section.',
  noSuchFingerprint: (host: string): string =>
    `Elasticsearch at ${host} sent no certificate with the fingerprint in ca_fingerprint. Check the host. ` +
    'If the certificate authority was replaced, set ca to its certificate file, or ca_fingerprint to its fingerprint ' +
    '(openssl x509 -fingerprint -sha256 -noout -in http_ca.crt).',
} as const;
