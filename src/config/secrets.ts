import { resolve } from 'node:path';
import type { RawElasticsearch } from './elasticsearch-shape.js';
import type { Problem } from './section.js';
import type { Secret } from './types.js';
import { ELASTICSEARCH_CONFIG_ERRORS } from '../wording/configuration.js';

/** Each can be given as `${NAME}`, or as `<key>_file` with a path. */
export const SECRET_KEYS = ['api_key', 'password', 'bearer_token', 'key_passphrase'] as const;
export type SecretKey = (typeof SECRET_KEYS)[number];

const ADDRESS_KEYS = ['host', 'node', 'nodes'] as const;

/** Variables only, or variables joined by a colon: `id:key` of an API key. */
const FROM_ENVIRONMENT = /^(?=.*\$)(?:\$\{[A-Za-z_][A-Za-z0-9_]*\}|:)+$/;

/**
 * Finds secrets in the configuration itself, where everybody who reads, copies or commits the file sees them.
 * @param section keys of `elasticsearch` as written, before variables are replaced
 */
export function literalSecrets(section: unknown): readonly Problem[] {
  const found: Problem[] = [];
  for (const key of SECRET_KEYS) {
    const written = child(section, key);
    if (typeof written !== 'string' || written === '' || FROM_ENVIRONMENT.test(written)) continue;
    found.push({
      path: ['elasticsearch', key],
      message: ELASTICSEARCH_CONFIG_ERRORS.secret(key),
    });
  }
  for (const key of ADDRESS_KEYS) {
    const written = child(section, key);
    for (const [index, address] of (Array.isArray(written) ? written : [written]).entries()) {
      if (typeof address !== 'string' || !hasLiteralLogin(address)) continue;
      found.push({
        path: ['elasticsearch', key, ...(Array.isArray(written) ? [index] : [])],
        message: ELASTICSEARCH_CONFIG_ERRORS.passwordInUrl,
      });
    }
  }
  return found;
}

/** Reads a secret from its key or its file; undefined if neither is set. */
export function readSecret(raw: RawElasticsearch, key: SecretKey, folder: string): Secret | undefined {
  const file = raw[`${key}_file`];
  return file === undefined ? raw[key] : { file: resolve(folder, file) };
}

function hasLiteralLogin(address: string): boolean {
  const login = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/]*)@/i.exec(address)?.[1];
  if (login === undefined) return false;
  const colon = login.indexOf(':');
  // A login without a colon may be a token.
  return !FROM_ENVIRONMENT.test(colon < 0 ? login : login.slice(colon + 1));
}

function child(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
  return (node as Readonly<Record<string, unknown>>)[key];
}
