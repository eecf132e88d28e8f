import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { ElasticsearchSource } from '../../src/trail/elasticsearch/engine.js';
import { ENGINES } from '../../src/trail/engines.js';
import type { LogSource } from '../../src/trail/source.js';
import { UserError, type Config } from '../../src/config/types.js';

const folder = await mkdtemp(join(tmpdir(), 'config-'));
let number = 0;

async function write(text: string): Promise<string> {
  const file = join(folder, `${(number += 1)}.yaml`);
  await writeFile(file, text);
  return file;
}
const read = async (text: string, env: Record<string, string> = {}): Promise<Config<LogSource>> =>
  loadConfig(await write(text), ENGINES, env);
async function messageOf(text: string, env: Record<string, string> = {}): Promise<string> {
  const error: unknown = await read(text, env).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error(`no UserError but ${String(error)}`);
  return error.message.replaceAll(/\S*\/\d+\.yaml/g, 'F');
}

const ACCOUNTS = `accounts:
  - name: demo
    id: 012345678901
    iam: iam/demo.json
`;
const FILES = 'files:\n  path: logs\n';
const elastic = (...lines: string[]): string =>
  `${ACCOUNTS}elasticsearch:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const elasticOf = ({ source }: Config) => (source instanceof ElasticsearchSource ? source.config : undefined);

describe('a configuration of the original', () => {
  it('works unchanged', async () => {
    const config = await read(`elasticsearch:
  host: localhost
  port: 9201
  index: "cloudtrail-*"
  key_prefix: "cloudtrail."
  timestamp_field: "@timestamp"
accounts:
  - name: demo
    id: 012345678901
    iam: account-data/demo_iam.json
`);
    expect(config.accounts).toEqual([
      { name: 'demo', id: '012345678901', iam: join(folder, 'account-data/demo_iam.json') },
    ]);
    expect(elasticOf(config)).toEqual({
      nodes: ['http://localhost:9201'],
      index: 'cloudtrail-*',
      keyPrefix: 'cloudtrail',
      timestampField: '@timestamp',
      mapping: 'auto',
    });
  });

  it('has the defaults of the original', async () => {
    expect(elasticOf(await read(elastic('host: es.example.org')))).toEqual({
      nodes: ['http://es.example.org:9200'],
      index: 'cloudtrail',
      keyPrefix: '',
      timestampField: 'eventTime',
      mapping: 'auto',
    });
  });

  it('takes the index from the top too, and elasticsearch before athena', async () => {
    const config = await read(`index: trail\nathena:\n  s3_bucket: b\n${elastic('host: h')}`);
    expect(elasticOf(config)?.index).toBe('trail');
  });
});

describe('elasticsearch', () => {
  it.each([
    ['https://es.example.org', undefined, 'https://es.example.org:9200'],
    ['https://es.example.org', '443', 'https://es.example.org'],
    ['https://es.example.org:443', undefined, 'https://es.example.org'],
    ['http://localhost:9300', undefined, 'http://localhost:9300'],
    ['localhost:9300', undefined, 'http://localhost:9300'],
    ['[::1]', '9300', 'http://[::1]:9300'],
  ])('reads host %s with port %s', async (host, port, node) => {
    const lines = [`host: "${host}"`, ...(port === undefined ? [] : [`port: ${port}`])];
    expect(elasticOf(await read(elastic(...lines)))?.nodes).toEqual([node]);
  });

  it('takes secrets from the environment and out of URLs', async () => {
    const env = { KEY: 's3cr3t', PW: 'p:w', ENCODED: 'p%40w' };
    expect(elasticOf(await read(elastic('node: https://h:9', 'api_key: ${KEY}'), env))?.auth).toEqual({
      kind: 'api_key',
      apiKey: 's3cr3t',
    });
    const basic = await read(elastic('nodes: [https://a, https://b]', 'username: u', 'password: ${PW}'), env);
    expect(elasticOf(basic)).toMatchObject({
      nodes: ['https://a', 'https://b'],
      auth: { kind: 'basic', username: 'u', password: 'p:w' },
    });
    const inUrl = await read(elastic('node: https://u:${ENCODED}@h:9243/es'), env);
    expect(elasticOf(inUrl)).toMatchObject({
      nodes: ['https://h:9243/es'],
      auth: { kind: 'basic', username: 'u', password: 'p@w' },
    });
  });

  it('reads cloud_id, ca and mapping', async () => {
    expect(
      elasticOf(
        await read(
          elastic(
            'cloud_id: "x:ZXUtd2VzdC0xLmF3cy5leGFtcGxlLmNvbSRhYmMxMjMkZGVmNDU2"',
            'ca: ca.pem',
            'mapping: ecs',
          ),
        ),
      ),
    ).toMatchObject({
      nodes: [],
      cloudId: 'x:ZXUtd2VzdC0xLmF3cy5leGFtcGxlLmNvbSRhYmMxMjMkZGVmNDU2',
      ca: join(folder, 'ca.pem'),
      mapping: 'ecs',
    });
  });

  it('reads times in milliseconds', async () => {
    const config = await read(elastic('host: h', 'request_timeout: 90s', 'retry_for: 500ms', 'deadline: 2h'));
    expect(elasticOf(config)).toMatchObject({ requestTimeout: 90_000, retryFor: 500, deadline: 7_200_000 });
    expect(elasticOf(await read(elastic('host: h', 'deadline: none')))).toMatchObject({ deadline: null });
  });
});

it('reads files, per-account files, exemptions and data events', async () => {
  const config = await read(`${FILES}accounts:
  - &one
    name: one
    id: '111111111111'
    iam: /abs/one.json
    scp: scp.json
    credential_report: cr.csv
    boundary: null
    owner: platform
  - <<: *one
    name: two
    id: 222222222222
    scp: [root.json, /abs/account.json]
    boundary: documents.json
exemptions:
  - {id: E1, arn: "arn:aws:iam::*:user/break-glass", owner: sec, reason: emergency, expires: 2026-12-31}
  - {id: E2, arn: "*", owner: sec, reason: r, expires:}
data_events: [s3, lambda]
owner_tags: [Cost Owner, owner]
`);
  expect(config.ownerTags).toEqual(['Cost Owner', 'owner']);
  expect(config.source).toMatchObject({ kind: 'files', path: join(folder, 'logs') });
  expect(config.accounts[0]).toEqual({
    name: 'one',
    id: '111111111111',
    iam: '/abs/one.json',
    scp: [join(folder, 'scp.json')],
    credentialReport: join(folder, 'cr.csv'),
    owner: 'platform',
  });
  expect(config.accounts[1]).toMatchObject({
    name: 'two',
    scp: [join(folder, 'root.json'), '/abs/account.json'],
    boundary: [join(folder, 'documents.json')],
  });
  expect(config.exemptions.map((exemption) => exemption.expires)).toEqual(['2026-12-31', null]);
  expect(config.dataEvents).toEqual(['lambda', 's3']);
});

describe('mistakes are named with file, line and key', () => {
  it.each<[string, string, string]>([
    ['no source', ACCOUNTS, 'F: The configuration has no source. Add the location'],
    ['both sources', `${FILES}${elastic('host: h')}`, 'F:1: files cannot be combined with elasticsearch'],
    ['athena', `athena:\n  s3_bucket: b\n${ACCOUNTS}`, 'F:1: athena is not supported.'],
    [
      'unknown key',
      `acounts: []\n${FILES}${ACCOUNTS}`,
      'F:1: acounts is not a known key: did you mean accounts?',
    ],
    [
      'unknown key below',
      elastic('host: h', 'keyprefix: x'),
      'F:7: elasticsearch.keyprefix is not a known key: did you mean key_prefix?',
    ],
    [
      'unknown key of an account',
      `${ACCOUNTS}    aim: x\n${FILES}`,
      'F:5: accounts[1].aim is not a known key: did you mean iam?',
    ],
    [
      'unknown key like nothing',
      `${FILES}  zzzzzz: x\n${ACCOUNTS}`,
      'F:3: files.zzzzzz is not a known key. Known keys: path',
    ],
    ['__proto__', `${FILES}${ACCOUNTS}__proto__: {a: b}\n`, 'F:7: __proto__ is not a known key'],
    [
      'use_ssl',
      elastic('host: h', 'use_ssl: True'),
      'F:7: elasticsearch.use_ssl is not a key of this version: write the scheme',
    ],
    ['no accounts', FILES, 'F:1: accounts is missing'],
    ['empty accounts', `${FILES}accounts: []\n`, 'F:3: accounts is empty'],
    [
      'missing iam',
      `${FILES}accounts:\n  - name: a\n    id: '111111111111'\n`,
      'F:4: accounts[1].iam is missing',
    ],
    [
      'blank iam',
      `${FILES}accounts:\n  - name: a\n    iam:\n    id: '111111111111'\n`,
      'F:5: accounts[1].iam is missing',
    ],
    [
      'short id',
      `${FILES}accounts:\n  - {name: a, id: 12345, iam: i}\n`,
      'F:4: accounts[1].id "12345" must be 12 digits',
    ],
    ['long id', `${FILES}accounts:\n  - {name: a, id: 1234567890123, iam: i}\n`, 'must be 12 digits'],
    [
      'same name',
      `${FILES}${ACCOUNTS}  - {name: demo, id: '111111111111', iam: i}\n`,
      'F:7: accounts[2].name is the same as in accounts[1]',
    ],
    [
      'same id',
      `${FILES}${ACCOUNTS}  - name: x\n    id: 012345678901\n    iam: i\n`,
      'F:8: accounts[2].id is the same as in accounts[1]',
    ],
    ['empty list of SCPs', `${ACCOUNTS}    scp: []\n${FILES}`, 'F:5: accounts[1].scp is empty'],
    [
      'keys for SCPs',
      `${ACCOUNTS}    scp: {a: b}\n${FILES}`,
      'F:5: accounts[1].scp must be a path or a list of paths',
    ],
    [
      'list for text',
      `${FILES}accounts:\n  - {name: [a], id: '111111111111', iam: i}\n`,
      'F:4: accounts[1].name must be text',
    ],
    ['text for mapping', `files: logs\n${ACCOUNTS}`, 'F:1: files must be a mapping with the key path'],
    ['bad port', elastic('host: h', 'port: 99999'), 'F:7: elasticsearch.port is not a port number'],
    ['bad node', elastic('node: nonsense'), 'F:6: elasticsearch.node is not the URL of a server'],
    [
      'two places',
      elastic('host: h', 'cloud_id: c'),
      'F:7: elasticsearch.cloud_id is a second address of the cluster',
    ],
    ['no place', elastic('index: i'), 'F:5: elasticsearch needs one of host, node, nodes and cloud_id'],
    ['half a login', elastic('host: h', 'username: u'), 'F:7: elasticsearch.username needs both'],
    ['bad mapping', elastic('host: h', 'mapping: x'), 'F:7: elasticsearch.mapping must be auto, raw or ecs'],
    ...['90', '0s', '1d', '-1s', '1.5h'].map((time): [string, string, string] => [
      `a time of ${time}`,
      elastic('host: h', `deadline: '${time}'`),
      'F:7: elasticsearch.deadline must be none or a duration like 90s, 5m or 2h',
    ]),
    ['index with files', `index: x\n${FILES}${ACCOUNTS}`, 'F:1: index requires elasticsearch'],
    [
      'impossible expiry',
      `${FILES}${ACCOUNTS}exemptions:\n  - {id: E, arn: a, owner: o, reason: r, expires: 2026-02-30}\n`,
      'F:8: exemptions[1].expires is not an existing date',
    ],
    ['not YAML', 'accounts: [\n', 'F:2: not valid YAML:'],
    ['same key twice', `${FILES}${FILES}${ACCOUNTS}`, 'F:3: not valid YAML: duplicated mapping key'],
    ['empty', '', 'F: not valid YAML: the file is empty'],
    ['only comments', '# x\n', 'F: '],
    ['a list', '- a\n', 'F: The configuration has no keys'],
    ['windows lines', `files:\r\n  path: l\r\nx: y\r\n`, 'F:3: x is not a known key'],
  ])('%s', async (_, text, message) => {
    expect(await messageOf(text)).toContain(message);
  });

  it('names an unset variable and prints no other one', async () => {
    const text = elastic('host: h', 'username: ${ES_USER}', 'password: ${ES_PASSWORD}');
    const message = await messageOf(text, { ES_USER: 'hunter2' });
    expect(message).toBe(
      'F:8: elasticsearch.password needs the environment variable ES_PASSWORD, which is not set or empty',
    );
  });

  it('never prints what came from the environment', async () => {
    const env = { X: 'hunter2', EMPTY: '' };
    for (const text of [
      elastic('node: ${X}', 'port: ${X}', 'mapping: ${X}'),
      `${FILES}accounts:\n  - {name: a, id: '\${X}', iam: i}\n`,
      elastic('host: h', 'password: ${X}'),
    ]) {
      expect(await messageOf(text, env)).not.toContain('hunter2');
    }
    expect(await messageOf(elastic('host: h', 'api_key: ${EMPTY}'), env)).toContain('not set or empty');
  });

  it('says all mistakes at once', async () => {
    expect((await messageOf(`${FILES}acounts: x\nindx: y\n`)).split('\n')).toHaveLength(3);
  });

  it('explains a file that is not there', async () => {
    await expect(loadConfig(join(folder, 'none.yaml'), ENGINES)).rejects.toThrow('does not exist');
    await expect(loadConfig(folder, ENGINES)).rejects.toThrow(UserError);
  });
});

describe('what trails record', () => {
  it('is read for all accounts and for each, whose keys win', async () => {
    const config = await read(`${FILES}recording: { management: all, exclude: [], global: true }
accounts:
  - { name: one, id: '111111111111', iam: a.json }
  - { name: two, id: '222222222222', iam: b.json, quiet: true, recording: { management: write-only, exclude: [kms] } }
`);
    expect(config.accounts.map(({ quiet, recording }) => ({ quiet, recording }))).toEqual([
      { quiet: undefined, recording: { management: 'all', exclude: [], global: true } },
      { quiet: true, recording: { management: 'write-only', exclude: ['kms'], global: true } },
    ]);
    expect((await read(ACCOUNTS + FILES)).accounts[0]).not.toHaveProperty('recording');
  });

  it('is refused with the key and what it may be', async () => {
    const account = (more: string): string =>
      `${FILES}accounts: [{ name: one, id: '111111111111', iam: a.json, ${more} }]\n`;
    expect(await messageOf(account('recording: { management: writes }'))).toContain(
      'accounts[1].recording.management must be all, read-only or write-only',
    );
    expect(await messageOf(account('recording: { exclude: [s3] }'))).toContain('must be kms or rds-data');
    expect(await messageOf(account('recording: { globl: true }'))).toContain('did you mean global?');
    expect(await messageOf(account('quiet: sometimes'))).toContain('quiet must be true or false');
  });
});
