import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import type { Config, ElasticsearchConfig, Secret } from './types.js';

/** Relative to `folder` with `/`, or the bare name of what lies elsewhere: evidence says nothing of a machine's folders. */
export function nameOf(path: string, folder: string): string {
  const name = relative(folder, path);
  if (name === '') return '.';
  if (isAbsolute(name) || name === '..' || name.startsWith(`..${sep}`)) return basename(path);
  return name.split(sep).join('/');
}

/** The configuration as it took effect, for the manifest: no secret, no folder of this machine. */
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

/** @param name what evidence calls a path */
export function describeServer(
  { nodes, auth, ca, clientCertificate, ...rest }: ElasticsearchConfig,
  name: (path: string) => string,
): Record<string, unknown> {
  // Of a URL only scheme, host and port: what follows may be a token.
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
  typeof secret === 'string' ? 'from the environment' : `from the file ${name(secret.file)}`;
