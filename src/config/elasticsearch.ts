import { resolve } from 'node:path';
import type { RawElasticsearch } from './schema.js';
import type { ElasticsearchConfig } from './types.js';

/** A mistake under one key of `elasticsearch:`. Never holds a value: it may be a secret. */
export interface Mistake {
  readonly key: string;
  readonly message: string;
}

export type ElasticsearchResult =
  | { readonly ok: true; readonly config: ElasticsearchConfig }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Turns the original's keys (host, port, index, key_prefix, timestamp_field) and the newer ones into one shape.
 * @param folder what relative paths are relative to
 * @param topIndex a top-level `index`, which the original reads too
 */
export function readElasticsearch(
  raw: RawElasticsearch,
  folder: string,
  topIndex: string | undefined,
): ElasticsearchResult {
  const mistakes: Mistake[] = [];
  const fail = (key: string, message: string): void => void mistakes.push({ key, message });

  const given = (['host', 'node', 'nodes', 'cloud_id'] as const).filter((key) => raw[key] !== undefined);
  if (given.length === 0) fail('', 'needs one of host, node, nodes and cloud_id');
  for (const key of given.slice(1))
    fail(key, `says where the cluster is once more: keep one of ${given.join(', ')}`);
  if (raw.port !== undefined && raw.host === undefined)
    fail('port', 'goes with host: elsewhere the URL has the port');
  if (raw.index !== undefined && topIndex !== undefined && raw.index !== topIndex)
    fail('index', 'differs from the index at the top of the file: keep one of them');
  if (raw.api_key !== undefined && (raw.username ?? raw.password) !== undefined)
    fail('api_key', 'is a second way to log in beside username and password: keep one');
  if ((raw.username === undefined) !== (raw.password === undefined))
    fail(raw.username === undefined ? 'password' : 'username', 'needs both username and password');

  const urls = given.length === 0 ? [] : readUrls(raw, fail);
  const inUrl = urls.find((url) => url.username !== '');
  const nodes = urls.map((url) => {
    const bare = new URL(url);
    bare.username = '';
    bare.password = '';
    return bare.href.replace(/\/$/, '');
  });
  if (mistakes.length > 0) return { ok: false, mistakes };

  const auth = readAuth(raw, inUrl);
  return {
    ok: true,
    config: {
      nodes,
      ...(raw.cloud_id === undefined ? {} : { cloudId: raw.cloud_id }),
      ...(auth === undefined ? {} : { auth }),
      ...(raw.ca === undefined ? {} : { ca: resolve(folder, raw.ca) }),
      index: raw.index ?? topIndex ?? 'cloudtrail',
      keyPrefix: (raw.key_prefix ?? '').replace(/\.+$/, ''),
      timestampField: raw.timestamp_field ?? 'eventTime',
      mapping: raw.mapping ?? 'auto',
    },
  };
}

function readUrls(raw: RawElasticsearch, fail: (key: string, message: string) => void): URL[] {
  const read = (key: string, text: string): URL[] => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '') return [url];
    fail(key, 'is not the URL of a server, like https://logs.example.org:9200');
    return [];
  };
  if (raw.host !== undefined) {
    const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(raw.host) ? raw.host : `http://${raw.host}`;
    return read('host', whole).map((url) => {
      // The URL class drops a scheme's default port, so a port that is written must be looked for in the text.
      const hasPort = /^[a-z]+:\/\/[^/]*:\d+(\/|$)/i.test(whole);
      if (raw.port !== undefined) url.port = raw.port;
      else if (!hasPort) url.port = '9200';
      return url;
    });
  }
  if (raw.node !== undefined) return read('node', raw.node);
  return (raw.nodes ?? []).flatMap((node) => read('nodes', node));
}

/** Credentials inside a URL are moved out of it: node URLs appear in reports, secrets do not. */
function readAuth(raw: RawElasticsearch, url: URL | undefined): ElasticsearchConfig['auth'] {
  if (raw.api_key !== undefined) return { kind: 'api_key', apiKey: raw.api_key };
  if (raw.username !== undefined && raw.password !== undefined)
    return { kind: 'basic', username: raw.username, password: raw.password };
  if (url === undefined) return undefined;
  return {
    kind: 'basic',
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}
