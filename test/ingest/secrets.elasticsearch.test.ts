import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { compileCli, type CompiledCli, type Outcome } from '../support/compiled-cli.js';
import { Authority, hasOpenssl } from '../support/tls/certificates.js';
import { TlsProxy, type ProxyOptions } from '../support/tls/proxy.js';
import { record } from '../trail/contract/records.js';
import { ACCOUNT_DETAILS } from './account.js';
import { folderOf, removeIndex } from './support.js';

const url = inject('elasticsearchUrl');
const INDEX = 'ingest-secrets';
const USER = 'hannah';
const SECRETS = {
  PW: 'pw-hunter2-€',
  KEY: 'id1:key-hunter2',
  TOKEN: 'token-hunter2',
  PHRASE: 'phrase-hunter2',
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** Whatever form a secret could come out in. */
const FORBIDDEN = [
  ...Object.values(SECRETS),
  'hunter2',
  base64(SECRETS.KEY),
  base64(`${USER}:${SECRETS.PW}`),
  encodeURIComponent(SECRETS.PW),
  'PRIVATE KEY',
];

describe.skipIf(url === '' || !hasOpenssl())('Elasticsearch behind TLS and a login', () => {
  let cli: CompiledCli;
  let work: string;
  let number = 0;
  const authority = hasOpenssl() ? new Authority('Test authority') : null;
  const proxies: TlsProxy[] = [];

  beforeAll(async () => {
    cli = await compileCli();
    work = folderOf({
      'details.json': JSON.stringify(ACCOUNT_DETAILS),
      'logs/one.json': JSON.stringify({ Records: [record({}), record({ eventName: 'GetBucketAcl' })] }),
      'secrets/pw': `${SECRETS.PW}\n`,
      'secrets/key': base64(SECRETS.KEY),
      'secrets/token': SECRETS.TOKEN,
      'secrets/phrase': SECRETS.PHRASE,
    });
  });
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.stop();
  });
  afterAll(async () => {
    await cli.remove();
    await removeIndex(url, INDEX);
  });

  async function proxyWith(
    options: Omit<ProxyOptions, 'target' | 'server'> & Partial<ProxyOptions>,
  ): Promise<TlsProxy> {
    const server = options.server ?? issuer().issue('IP:127.0.0.1,DNS:localhost');
    const proxy = await TlsProxy.start({ target: url, server, ...options });
    proxies.push(proxy);
    return proxy;
  }

  function issuer(): Authority {
    if (authority === null) throw new Error('no openssl');
    return authority;
  }

  /** Runs both commands. Their output and files must not contain a secret. */
  async function runBoth(
    node: string,
    lines: readonly string[],
    between: () => void = () => undefined,
  ): Promise<{ ingest: Outcome; report: Outcome; output: string }> {
    number += 1;
    const config = join(work, `${number}.yaml`);
    const output = join(work, `report-${number}`);
    const section = [`node: ${node}`, `index: ${INDEX}`, ...lines].map((line) => `  ${line}\n`).join('');
    writeFileSync(
      config,
      `elasticsearch:\n${section}accounts:\n  - { name: a, id: '111111111111', iam: details.json }\n`,
    );
    const options = { env: SECRETS };
    const ingest = await cli.run(['ingest', '--config', config, join(work, 'logs')], options);
    between();
    const report = await cli.run(
      ['report', '--config', config, '--quarter', '2026-Q3', '--output', output],
      options,
    );
    const written = textsBelow(output);
    for (const text of [ingest.stdout, ingest.stderr, report.stdout, report.stderr, ...written])
      for (const secret of FORBIDDEN) expect(text.includes(secret), `the output holds ${secret}`).toBe(false);
    return { ingest, report, output };
  }

  const withCa = (...lines: string[]): string[] => [`ca: ${issuer().cert}`, ...lines];
  const basic = `Basic ${base64(`${USER}:${SECRETS.PW}`)}`;
  const apiKey = `ApiKey ${base64(SECRETS.KEY)}`;

  it.each<[string, string, string[]]>([
    ['an API key from a variable', apiKey, ['api_key: ${KEY}']],
    ['an encoded API key from a file', apiKey, ['api_key_file: secrets/key']],
    ['name and password', basic, [`username: ${USER}`, 'password: ${PW}']],
    ['name and password from a file', basic, [`username: ${USER}`, 'password_file: secrets/pw']],
    ['a token', `Bearer ${SECRETS.TOKEN}`, ['bearer_token: ${TOKEN}']],
    ['a token from a file', `Bearer ${SECRETS.TOKEN}`, ['bearer_token_file: secrets/token']],
  ])('takes %s, shows it nowhere, and a report only searches', async (_, authorization, lines) => {
    const proxy = await proxyWith({ authorization });
    const { ingest, report } = await runBoth(proxy.url, withCa(...lines), () => {
      expect(proxy.requests).toContain(`POST /${INDEX}/_bulk`);
      proxy.requests.length = 0;
    });
    expect(ingest).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('now has 2 documents') as string,
    });
    expect(report).toMatchObject({ code: 0, stdout: expect.stringContaining('111111111111') as string });
    expect(proxy.requests.length).toBeGreaterThan(4);
    for (const request of proxy.requests) expect(request).toMatch(READ_ONLY);
  });

  it('takes a client certificate with a locked key, and the fingerprint of the authority', async () => {
    const proxy = await proxyWith({ clientAuthority: issuer().cert, authorization: apiKey });
    const client = issuer().issue('DNS:client', { passphrase: SECRETS.PHRASE });
    const certificate = [
      `cert: ${client.cert}`,
      `key: ${client.key}`,
      'key_passphrase_file: secrets/phrase',
      'api_key: ${KEY}',
    ];
    for (const trust of [`ca: ${issuer().cert}`, `ca_fingerprint: "${issuer().fingerprint}"`]) {
      const { ingest, report } = await runBoth(proxy.url, [trust, ...certificate]);
      expect([ingest.code, report.code], ingest.stderr + report.stderr).toEqual([0, 0]);
    }
  });

  it('leaves a warning where the certificate is not verified', async () => {
    const proxy = await proxyWith({ authorization: apiKey });
    const { ingest, report, output } = await runBoth(proxy.url, ['tls_verify: false', 'api_key: ${KEY}']);
    const warning = `The certificate of Elasticsearch at 127.0.0.1:${proxy.port} was not verified (tls_verify: false)`;
    expect([ingest.code, report.code]).toEqual([0, 0]);
    expect(ingest.stdout).toContain(warning);
    expect(report.stdout).toContain(warning);
    expect(readFileSync(join(output, 'json/report.json'), 'utf8')).toContain(warning);
  });

  describe('says in one line what is wrong and what to do', () => {
    const expectError = (outcome: Outcome, ...parts: string[]): void => {
      expect(outcome.code).toBe(2);
      const line = outcome.stderr.trimEnd().split('\n').at(-1) ?? '';
      for (const part of ['error: ', ...parts]) expect(line).toContain(part);
      expect(outcome.stderr).not.toMatch(/^\s+at /m);
    };

    async function expectBoth(node: string, lines: readonly string[], ...parts: string[]): Promise<void> {
      const { ingest, report, output } = await runBoth(node, lines);
      expectError(ingest, ...parts);
      expectError(report, ...parts);
      expect(textsBelow(output)).toEqual([]);
    }

    it('a wrong password', async () => {
      const proxy = await proxyWith({ authorization: 'Basic other' });
      const lines = withCa(`username: ${USER}`, 'password: ${PW}');
      await expectBoth(proxy.url, lines, 'rejected the credentials', INDEX, 'username and password');
    });

    it('an expired certificate', async () => {
      const server = issuer().issue('IP:127.0.0.1', { expired: true });
      const proxy = await proxyWith({ server, authorization: apiKey });
      await expectBoth(proxy.url, withCa('api_key: ${KEY}'), 'the certificate has expired. Renew it');
    });

    it('an authority that is not trusted', async () => {
      const proxy = await proxyWith({ authorization: apiKey });
      await expectBoth(proxy.url, ['api_key: ${KEY}'], 'this machine does not trust the authority');
      const other = new Authority('Another authority');
      await expectBoth(
        proxy.url,
        [`ca: ${other.cert}`, 'api_key: ${KEY}'],
        'this machine does not trust the authority',
      );
    });

    it('a certificate for another host', async () => {
      const server = issuer().issue('DNS:elsewhere.example.com');
      const proxy = await proxyWith({ server, authorization: apiKey });
      await expectBoth(proxy.url, withCa('api_key: ${KEY}'), 'the certificate is for another host name');
      const lines = [`ca_fingerprint: "${issuer().fingerprint}"`, 'api_key: ${KEY}'];
      await expectBoth(proxy.url, lines, 'the certificate is for another host name');
    });

    it('another fingerprint, also of an authority with the same name', async () => {
      const imposter = new Authority('Test authority');
      const proxy = await proxyWith({ server: imposter.issue('IP:127.0.0.1'), authorization: apiKey });
      const lines = [`ca_fingerprint: "${issuer().fingerprint}"`, 'api_key: ${KEY}'];
      await expectBoth(proxy.url, lines, 'no certificate with the fingerprint in ca_fingerprint');
    });

    it('a certificate of an imposter that shows the real authority beside it', async () => {
      const imposter = new Authority('Test authority');
      const { cert, key } = imposter.issue('IP:127.0.0.1');
      const leaf = readFileSync(cert, 'utf8').split(/(?<=END CERTIFICATE-----\n)/)[0] ?? '';
      const shown = join(work, 'imposter.crt');
      writeFileSync(shown, leaf + readFileSync(issuer().cert, 'utf8'));
      const proxy = await proxyWith({ server: { cert: shown, key }, authorization: apiKey });
      const lines = [`ca_fingerprint: "${issuer().fingerprint}"`, 'api_key: ${KEY}'];
      const { ingest, report } = await runBoth(proxy.url, lines);
      expect([ingest.code, report.code]).toEqual([2, 2]);
      expect(proxy.requests).toEqual([]);
    });

    it('a client certificate that is missing', async () => {
      const proxy = await proxyWith({ clientAuthority: issuer().cert, authorization: apiKey });
      await expectBoth(
        proxy.url,
        withCa('api_key: ${KEY}'),
        'requires a client certificate, set cert and key',
      );
    });

    it('TLS to a port without it', async () => {
      const plain = url.replace('http:', 'https:');
      await expectBoth(plain, ['api_key: ${KEY}'], 'the port does not use TLS');
    });
  });
});

/**
 * What a report sends: searches and what they need (points in time, the fields of the index), and what the manifest says of
 * the server and its indices.
 */
const READ_ONLY =
  /^(?:(?:GET|POST) \/(?:[^/]+\/)?(?:_search|_count|_field_caps)|POST \/[^/]+\/_pit|DELETE \/_pit|GET \/|GET \/[^/]+\/(?:_settings\/index\.uuid|_stats\/docs))$/;

function textsBelow(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
