import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import type { Config, ElasticsearchConfig, Secret } from './types.js';
import { SECRET_SOURCES } from '../wording/configuration.js';

/** Path relative to `folder` with `/`, or only the name of a file elsewhere: reports do not show local folders. */
export function nameOf(path: string, folder: string): string {
  const name = relative(folder, path);
  if (name === '') return '.';
  if (isAbsolute(name) || name === '..' || name.startsWith(`..${sep}`)) return basename(path);
  return name.split(sep).join('/');
}

/** Effective configuration for the manifest, without secrets and local folders. */
export function describeConfig({ file, accounts, source, ...rest }: Config): Record<string, unknown> {
  const folder = dirname(file);
  const name = (path: string): string => nameOf(path, folder);
  return {
    accounts: accounts.map(({ iam, scp, boundary, credentialReport, ...account }) => ({
      ...account,
      iam: name(iam),
      ...(scp === undefined ? {} : { scp: scp.map(name) }),
      ...(boundary === undefined ? {} : { boundary: boundary.map(name) }),
      ...(credentialReport === undefined ? {} : { credentialReport: name(credentialReport) }),
    })),
    source: { kind: source.kind, ...source.describe(name) },
    ...rest,
  };
}

/** @param name path as shown in reports */
export function describeServer(
  { nodes, auth, ca, clientCertificate, ...rest }: ElasticsearchConfig,
  name: (path: string) => string,
): Record<string, unknown> {
  // Only scheme, host and port of a URL: the rest may be a token.
  const origins = nodes.map((node) => new URL(node).origin);
  return {
    nodes: origins,
    ...(auth === undefined
      ? {}
      : { auth: auth.kind === 'basic' ? { kind: auth.kind, username: auth.username } : { kind: auth.kind } }),
    ...(ca === undefined ? {} : { ca: name(ca) }),
    ...(clientCertificate === undefined
      ? {}
      : {
          clientCertificate: {
            cert: name(clientCertificate.cert),
            key: name(clientCertificate.key),
            ...(clientCertificate.passphrase === undefined
              ? {}
              : { passphrase: describeSecret(clientCertificate.passphrase, name) }),
          },
        }),
    ...rest,
  };
}

const describeSecret = (secret: Secret, name: (path: string) => string): string =>
  typeof secret === 'string' ? SECRET_SOURCES.environment : SECRET_SOURCES.file(name(secret.file));
