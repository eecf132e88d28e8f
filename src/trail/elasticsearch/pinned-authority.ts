import { connect, type ConnectionOptions, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { describeError } from '../../base/describe-error.js';
import { TrailError } from '../errors.js';
import { CONNECTION_ERRORS } from '../../wording/elasticsearch-connection.js';
import { FAILURES } from '../../wording/elasticsearch-queries.js';

const TIMEOUT = 15_000;

/**
 * Finds the certificate authority with this SHA-256 fingerprint in the chain that the server sends. It is then
 * trusted like one from a file, so that signatures and host name are verified; comparing fingerprints alone would
 * verify neither. Sends only a handshake.
 * @returns PEM
 * @throws TrailError if no node is reachable, or none sends such a certificate
 */
export async function fetchAuthority(
  nodes: readonly string[],
  fingerprint: string,
  options: ConnectionOptions,
): Promise<string> {
  let failure = new TrailError(CONNECTION_ERRORS.noNode);
  for (const node of nodes) {
    const url = new URL(node);
    let chain: DetailedPeerCertificate[];
    try {
      chain = await chainOf(url, options);
    } catch (error) {
      const reason = describeError(error);
      failure = new TrailError(CONNECTION_ERRORS.unreachable(url.host, reason));
      continue;
    }
    const found = chain.find(({ fingerprint256 }) => fingerprint256.replaceAll(':', '') === fingerprint);
    if (found !== undefined) return pem(found.raw);
    throw new TrailError(CONNECTION_ERRORS.noSuchFingerprint(url.host));
  }
  throw failure;
}

function chainOf(url: URL, options: ConnectionOptions): Promise<DetailedPeerCertificate[]> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket: TLSSocket = connect(
      { ...options, host, port: Number(url.port || '443'), rejectUnauthorized: false, ...serverName(host) },
      () => {
        resolve(issuers(socket.getPeerCertificate(true)));
        socket.destroy();
      },
    );
    socket.setTimeout(TIMEOUT, () => socket.destroy(new Error(FAILURES.timeout)));
    socket.on('error', reject);
  });
}

/** Addresses have no server name (RFC 6066). */
const serverName = (host: string): ConnectionOptions => (/^[\d.]+$|:/.test(host) ? {} : { servername: host });

function issuers(first: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  // According to the types every certificate has its issuer; it has none if the server does not send it.
  let next: Partial<DetailedPeerCertificate> | undefined = first;
  // A root certificate is its own issuer.
  while (isWhole(next) && !chain.includes(next)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

const isWhole = (
  certificate: Partial<DetailedPeerCertificate> | undefined,
): certificate is DetailedPeerCertificate => certificate?.raw !== undefined;

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
