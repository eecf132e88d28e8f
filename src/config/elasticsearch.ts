import { resolve } from 'node:path';
import { failure, success, type Result } from '../base/result.js';
import type { RawElasticsearch } from './elasticsearch-shape.js';
import { readSecret, SECRET_KEYS } from './secrets.js';
import type { ElasticsearchConfig } from './types.js';
import { ELASTICSEARCH_CONFIG_ERRORS } from '../wording/configuration.js';

/** A mistake in one key of `elasticsearch:`. Never contains a value, which may be a secret. */
interface Mistake {
  readonly key: string;
  readonly message: string;
}

type Fail = (key: string, message: string) => void;

/**
 * Converts the keys of the original (host, port, index, key_prefix, timestamp_field) and newer keys to one shape.
 * @param folder base of relative paths
 * @param topIndex top-level `index`, which the original supports too
 */
export function readElasticsearch(
  raw: RawElasticsearch,
  folder: string,
  topIndex: string | undefined,
): Result<ElasticsearchConfig, readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  const fail: Fail = (key, message) => void mistakes.push({ key, message });

  const given = (['host', 'node', 'nodes', 'cloud_id'] as const).filter((key) => raw[key] !== undefined);
  if (given.length === 0) fail('', ELASTICSEARCH_CONFIG_ERRORS.noAddress);
  for (const key of given.slice(1)) fail(key, ELASTICSEARCH_CONFIG_ERRORS.secondAddress(given));
  if (raw.port !== undefined && raw.host === undefined)
    fail('port', ELASTICSEARCH_CONFIG_ERRORS.portWithoutHost);
  if (raw.index !== undefined && topIndex !== undefined && raw.index !== topIndex)
    fail('index', ELASTICSEARCH_CONFIG_ERRORS.otherIndex);
  const urls = given.length === 0 ? [] : readUrls(raw, fail);
  if (raw.cloud_id !== undefined && !isCloudId(raw.cloud_id))
    fail('cloud_id', ELASTICSEARCH_CONFIG_ERRORS.cloudId);
  checkLogin(raw, urls, fail);
  checkTls(raw, urls, fail);
  const nodes = urls.map((url) => {
    const bare = new URL(url);
    bare.username = '';
    bare.password = '';
    return bare.href.replace(/\/$/, '');
  });
  if (mistakes.length > 0) return failure(mistakes);

  const auth = readAuth(raw, folder, urls);
  const clientCertificate = readClientCertificate(raw, folder);
  return success({
    nodes,
    ...(raw.cloud_id === undefined ? {} : { cloudId: raw.cloud_id }),
    ...(auth === undefined ? {} : { auth }),
    ...(raw.ca === undefined ? {} : { ca: resolve(folder, raw.ca) }),
    ...(raw.ca_fingerprint === undefined ? {} : { caFingerprint: raw.ca_fingerprint }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(raw.tls_verify === 'false' ? { tlsVerify: false } : {}),
    index: raw.index ?? topIndex ?? 'cloudtrail',
    keyPrefix: (raw.key_prefix ?? '').replace(/(?<!\.)\.+$/, ''),
    timestampField: raw.timestamp_field ?? 'eventTime',
    mapping: raw.mapping ?? 'auto',
    ...(raw.request_timeout === undefined ? {} : { requestTimeout: raw.request_timeout }),
    ...(raw.retry_for === undefined ? {} : { retryFor: raw.retry_for }),
    ...(raw.deadline === undefined ? {} : { deadline: raw.deadline }),
  });
}

/** `name:` and the base64 of `host$elasticsearch$kibana` (Elastic Cloud: Find your Cloud ID). */
function isCloudId(text: string): boolean {
  const encoded = /^[^:]*:([^:]+)$/.exec(text)?.[1];
  if (encoded === undefined) return false;
  const [host = '', cluster = ''] = Buffer.from(encoded, 'base64').toString('utf8').split('$');
  return URL.canParse(`https://${cluster}.${host}`) && host !== '' && cluster !== '';
}

function readUrls(raw: RawElasticsearch, fail: Fail): URL[] {
  const read = (key: string, text: string): URL[] => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '') return [url];
    fail(key, ELASTICSEARCH_CONFIG_ERRORS.url);
    return [];
  };
  if (raw.host !== undefined) {
    const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(raw.host) ? raw.host : `http://${raw.host}`;
    return read('host', whole).map((url) => {
      // The URL class drops the default port of a scheme, so an explicit port must be searched in the text.
      const hasPort = /^[a-z]+:\/\/[^/]*:\d+(\/|$)/i.test(whole);
      if (raw.port !== undefined) url.port = raw.port;
      else if (!hasPort) url.port = '9200';
      return url;
    });
  }
  if (raw.node !== undefined) return read('node', raw.node);
  return (raw.nodes ?? []).flatMap((node) => read('nodes', node));
}

function checkLogin(raw: RawElasticsearch, urls: readonly URL[], fail: Fail): void {
  for (const key of SECRET_KEYS) {
    if (raw[key] !== undefined && raw[`${key}_file`] !== undefined)
      fail(`${key}_file`, ELASTICSEARCH_CONFIG_ERRORS.secondSecret(key));
  }
  const password = raw.password ?? raw.password_file;
  if ((raw.username === undefined) !== (password === undefined))
    fail(
      raw.username === undefined ? 'password' : 'username',
      ELASTICSEARCH_CONFIG_ERRORS.usernameAndPassword,
    );
  const ways = [
    ...(raw.username === undefined ? [] : ['username']),
    ...(raw.api_key === undefined ? [] : ['api_key']),
    ...(raw.api_key_file === undefined ? [] : ['api_key_file']),
    ...(raw.bearer_token === undefined ? [] : ['bearer_token']),
    ...(raw.bearer_token_file === undefined ? [] : ['bearer_token_file']),
  ];
  const inUrl = urls.some((url) => url.username !== '' || url.password !== '');
  for (const way of inUrl ? ways : ways.slice(1))
    fail(way, ELASTICSEARCH_CONFIG_ERRORS.secondLogin(inUrl ? undefined : ways[0]));
  if (urls.some((url) => (url.username === '') !== (url.password === '')))
    fail(addressKey(raw), ELASTICSEARCH_CONFIG_ERRORS.urlLogin);
  if (urls.some((url) => decoded(url.username) === null || decoded(url.password) === null))
    fail(addressKey(raw), ELASTICSEARCH_CONFIG_ERRORS.percent);
}

function checkTls(raw: RawElasticsearch, urls: readonly URL[], fail: Fail): void {
  if ((raw.cert === undefined) !== (raw.key === undefined))
    fail(raw.cert === undefined ? 'key' : 'cert', ELASTICSEARCH_CONFIG_ERRORS.certAndKey);
  const passphrase = raw.key_passphrase ?? raw.key_passphrase_file;
  if (passphrase !== undefined && raw.key === undefined)
    fail('key_passphrase', ELASTICSEARCH_CONFIG_ERRORS.passphraseWithoutKey);
  if (raw.ca_fingerprint !== undefined && raw.cloud_id !== undefined)
    fail('ca_fingerprint', ELASTICSEARCH_CONFIG_ERRORS.fingerprintWithCloudId);
  for (const key of ['ca', 'ca_fingerprint'] as const) {
    if (raw[key] !== undefined && raw.tls_verify === 'false')
      fail('tls_verify', ELASTICSEARCH_CONFIG_ERRORS.unusedTls(key));
  }
  if (!urls.some((url) => url.protocol === 'http:')) return;
  for (const key of ['ca', 'ca_fingerprint', 'cert', 'tls_verify'] as const)
    if (raw[key] !== undefined) fail(key, ELASTICSEARCH_CONFIG_ERRORS.needsTls(addressKey(raw)));
}

const addressKey = (raw: RawElasticsearch): string =>
  raw.host !== undefined ? 'host' : raw.node !== undefined ? 'node' : 'nodes';

/** Moves credentials out of a URL: node URLs appear in reports, secrets do not. */
function readAuth(
  raw: RawElasticsearch,
  folder: string,
  urls: readonly URL[],
): ElasticsearchConfig['auth'] | undefined {
  const apiKey = readSecret(raw, 'api_key', folder);
  if (apiKey !== undefined) return { kind: 'api_key', apiKey };
  const token = readSecret(raw, 'bearer_token', folder);
  if (token !== undefined) return { kind: 'bearer', token };
  const password = readSecret(raw, 'password', folder);
  if (raw.username !== undefined && password !== undefined)
    return { kind: 'basic', username: raw.username, password };
  const url = urls.find(({ username }) => username !== '');
  if (url === undefined) return undefined;
  return {
    kind: 'basic',
    username: decoded(url.username) ?? '',
    password: decoded(url.password) ?? '',
  };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function readClientCertificate(
  raw: RawElasticsearch,
  folder: string,
): ElasticsearchConfig['clientCertificate'] | undefined {
  if (raw.cert === undefined || raw.key === undefined) return undefined;
  const passphrase = readSecret(raw, 'key_passphrase', folder);
  return {
    cert: resolve(folder, raw.cert),
    key: resolve(folder, raw.key),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
}
