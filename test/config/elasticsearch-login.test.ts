import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/load.js';
import { ElasticsearchSource } from '../../src/trail/elasticsearch/engine.js';
import { ENGINES } from '../../src/trail/engines.js';
import { UserError, type ElasticsearchConfig } from '../../src/config/types.js';

const ENV = { A: 'env-a', B: 'env-b' };
const FINGERPRINT = 'ab:'.repeat(31) + 'cd';

function text(...lines: string[]): string {
  const section = lines.map((line) => `  ${line}\n`).join('');
  return `elasticsearch:\n${section}accounts:\n  - { name: a, id: '111111111111', iam: i.json }\n`;
}

function read(...lines: string[]): ElasticsearchConfig {
  const { source } = parseConfig(text(...lines), '/conf/config.yaml', ENGINES, ENV);
  if (!(source instanceof ElasticsearchSource)) throw new Error('no elasticsearch');
  return source.config;
}

function messageOf(...lines: string[]): string {
  try {
    read(...lines);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('no mistake was found');
}

describe('logging in', () => {
  it.each<[string, string[], ElasticsearchConfig['auth']]>([
    ['an API key', ['api_key: ${A}'], { kind: 'api_key', apiKey: 'env-a' }],
    ['id and key apart', ['api_key: "${A}:${B}"'], { kind: 'api_key', apiKey: 'env-a:env-b' }],
    ['a file', ['api_key_file: key'], { kind: 'api_key', apiKey: { file: '/conf/key' } }],
    ['a token', ['bearer_token: ${A}'], { kind: 'bearer', token: 'env-a' }],
    ['a file of a token', ['bearer_token_file: /t'], { kind: 'bearer', token: { file: '/t' } }],
    [
      'name and file',
      ['username: u', 'password_file: pw'],
      { kind: 'basic', username: 'u', password: { file: '/conf/pw' } },
    ],
  ])('takes %s', (_, lines, auth) => {
    expect(read('node: https://h', ...lines).auth).toEqual(auth);
  });

  it('takes certificates, a fingerprint with or without colons, and no verification', () => {
    expect(
      read(
        'node: https://h',
        'cert: c.pem',
        'key: k.pem',
        'key_passphrase: ${A}',
        `ca_fingerprint: ${FINGERPRINT}`,
      ),
    ).toMatchObject({
      clientCertificate: { cert: '/conf/c.pem', key: '/conf/k.pem', passphrase: 'env-a' },
      caFingerprint: `${'AB'.repeat(31)}CD`,
    });
    expect(read('node: https://h', 'cert: c', 'key: k', 'key_passphrase_file: p').clientCertificate).toEqual({
      cert: '/conf/c',
      key: '/conf/k',
      passphrase: { file: '/conf/p' },
    });
    expect(read('node: https://h', 'tls_verify: false').tlsVerify).toBe(false);
    expect(read('node: https://h', 'tls_verify: true')).not.toHaveProperty('tlsVerify');
  });
});

describe('a secret in the file itself is refused, without showing it', () => {
  it.each([
    ['api_key', 'api_key: hunter2', 'api_key: ${NAME}'],
    ['part of one', 'api_key: "hunter2:${A}"', 'api_key_file'],
    ['bearer_token', 'bearer_token: hunter2', 'bearer_token_file'],
    ['key_passphrase', 'key_passphrase: hunter2', 'key_passphrase_file'],
  ])('%s', (_, line, advice) => {
    const message = messageOf('node: https://h', line);
    expect(message).toMatch(
      /^\/conf\/config\.yaml:3: elasticsearch\.\w+ contains a secret in plain text: write /,
    );
    expect(message).toContain(advice);
    expect(message).not.toContain('hunter2');
  });

  it('password, also where other mistakes are', () => {
    const message = messageOf('node: https://h', 'username: u', 'password: hunter2', 'prot: 1');
    expect(message).toContain('config.yaml:4: elasticsearch.password contains a secret in plain text');
    expect(message).not.toContain('hunter2');
  });

  it.each([
    'node: https://u:hunter2@h',
    'host: u:hunter2@h',
    'node: https://hunter2@h',
    'nodes: ["https://u:hunter2@h"]',
  ])('in the URL: %s', (line) => {
    const message = messageOf(line);
    expect(message).toContain('contains a password in plain text');
    expect(message).not.toContain('hunter2');
  });

  it('but not one from the environment', () => {
    expect(read('node: "https://${A}:${B}@h"')).toMatchObject({
      nodes: ['https://h'],
      auth: { kind: 'basic', username: 'env-a', password: 'env-b' },
    });
  });
});

describe('mistakes', () => {
  it.each<[string[], string]>([
    [['node: https://h', 'api_key: ${A}', 'api_key_file: f'], 'api_key_file gives api_key a second time'],
    [
      ['node: https://h', 'api_key: ${A}', 'bearer_token: ${B}'],
      'bearer_token is a second login besides api_key',
    ],
    [
      ['node: https://h', 'api_key: ${A}', 'username: u', 'password: ${B}'],
      'api_key is a second login besides username',
    ],
    [['node: https://u:${A}@h', 'api_key: ${A}'], 'api_key is a second login besides the URL'],
    [['node: https://h', 'password_file: f'], 'password needs both username and password'],
    [['node: https://${A}@h', 'index: i'], 'needs both a user name and a password'],
    [['node: https://h', 'cert: c'], 'cert needs both cert and key'],
    [['node: https://h', 'key_passphrase: ${A}'], 'key_passphrase requires key'],
    [['node: http://h', 'ca: c'], 'ca needs TLS: begin node with https://'],
    [['host: h', 'tls_verify: false'], 'tls_verify needs TLS: begin host with https://'],
    [['node: https://h', 'tls_verify: false', 'ca: c'], 'tls_verify is false, so ca has no effect'],
    [['node: https://h', 'tls_verify: no'], 'tls_verify must be true or false'],
    [['node: https://h', 'ca_fingerprint: abc'], 'ca_fingerprint is not a SHA-256 fingerprint'],
    [['cloud_id: "production"'], 'cloud_id is not a Cloud ID'],
    [['cloud_id: "production:eQ=="'], 'cloud_id is not a Cloud ID'],
    [
      [
        'cloud_id: "x:ZXUtd2VzdC0xLmF3cy5leGFtcGxlLmNvbSRhYmMxMjMkZGVmNDU2"',
        `ca_fingerprint: ${FINGERPRINT}`,
      ],
      'ca_fingerprint requires host, node or nodes',
    ],
  ])('%j', (lines, message) => {
    expect(messageOf(...lines)).toContain(message);
  });
});
