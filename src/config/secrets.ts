import { resolve } from 'node:path';
import type { RawElasticsearch } from './elasticsearch-shape.js';
import type { Problem } from './section.js';
import type { Secret } from './types.js';

/** Each may be given as `${NAME}`, or as `<key>_file` with the path of a file. */
export const SECRET_KEYS = ['api_key', 'password', 'bearer_token', 'key_passphrase'] as const;
export type SecretKey = (typeof SECRET_KEYS)[number];

const ADDRESS_KEYS = ['host', 'node', 'nodes'] as const;

/** Variables alone, or joined by a colon: the form `id:key` of an API key. */
const FROM_ENVIRONMENT = /^(?=.*\$)(?:\$\{[A-Za-z_][A-Za-z0-9_]*\}|:)+$/;

/**
 * Secrets that stand in the file itself, where whoever reads, copies or commits it finds them.
 * @param section the keys of `elasticsearch` as written, before variables are filled in
 */
export function literalSecrets(section: unknown): readonly Problem[] {
  const found: Problem[] = [];
  for (const key of SECRET_KEYS) {
    const written = child(section, key);
    if (typeof written !== 'string' || written === '' || FROM_ENVIRONMENT.test(written)) continue;
    found.push({
      path: ['elasticsearch', key],
      message:
        `holds a secret in clear: write ${key}: \${NAME} and set the environment variable NAME, ` +
        `or ${key}_file: and the path of a file that holds it`,
    });
  }
  for (const key of ADDRESS_KEYS) {
    const written = child(section, key);
    for (const [index, address] of (Array.isArray(written) ? written : [written]).entries()) {
      if (typeof address !== 'string' || !hasLiteralLogin(address)) continue;
      found.push({
        path: ['elasticsearch', key, ...(Array.isArray(written) ? [index] : [])],
        message: 'holds a password in clear: leave it out of the URL and use username and password: ${NAME}',
      });
    }
  }
  return found;
}

/** The secret under a key, wherever it stands; undefined where it is not given. */
export function readSecret(raw: RawElasticsearch, key: SecretKey, folder: string): Secret | undefined {
  const file = raw[`${key}_file`];
  return file === undefined ? raw[key] : { file: resolve(folder, file) };
}

function hasLiteralLogin(address: string): boolean {
  const login = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/]*)@/i.exec(address)?.[1];
  if (login === undefined) return false;
  const colon = login.indexOf(':');
  // Without a colon it may be a token.
  return !FROM_ENVIRONMENT.test(colon < 0 ? login : login.slice(colon + 1));
}

function child(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
  return (node as Readonly<Record<string, unknown>>)[key];
}
