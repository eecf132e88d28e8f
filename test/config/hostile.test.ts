import { truncate, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ElasticsearchSource } from '../../src/trail/elasticsearch/engine.js';
import { ENGINES } from '../../src/trail/engines.js';
import { loadConfig, parseConfig } from '../../src/config/load.js';
import { UserError, type Config } from '../../src/config/types.js';
import { makeSpecialFiles } from '../support/special-files.js';

vi.setConfig({ testTimeout: 20_000 });

const folder = await mkdtemp(join(tmpdir(), 'config-'));
const HEAD = `files: {path: logs}
accounts: [{name: a, id: '111111111111', iam: a.json}]
`;
const read = (text: string): Config => parseConfig(text, 'F', ENGINES, {});

function messageOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('no error');
}

/** Each level an anchor of its own, that names the level before `times` times. */
const levels = (count: number, times: number, open = '[', close = ']'): string =>
  Array.from({ length: count }, (_, i) => {
    const inner = Array.from({ length: times }, () => (i === 0 ? 'x' : `*l${i - 1}`)).join(', ');
    return `  l${i}: &l${i} ${open}${inner}${close}\n`;
  }).join('');

const special = await makeSpecialFiles();

describe('YAML that stands for too much', () => {
  const size = 'stand for more than 5,000,000 characters: replace the alias with its value';
  it.each<[string, string, string]>([
    ['a list in itself', `${HEAD}exemptions: &a [*a]\n`, 'F:3: YAML aliases must not contain themselves'],
    ['a mapping in itself', `${HEAD}athena: &a {x: [*a]}\n`, 'F:3: YAML aliases must not contain themselves'],
    ['a merge of itself', `${HEAD}athena: &a\n  <<: *a\n`, 'F:4: YAML aliases must not contain themselves'],
    ['eleven levels of nine', `${HEAD}athena:\n${levels(11, 9)}`, `F:10: YAML aliases must not ${size}`],
    ['99 levels of two', `${HEAD}athena:\n${levels(99, 2)}`, 'F:21: YAML aliases must not nest more than 20'],
    ['99 levels of one', `${HEAD}athena:\n${levels(99, 1)}`, 'F:21: YAML aliases must not nest more than 20'],
    [
      'deep values in each other',
      `${HEAD}athena:\n${levels(90, 1, '[[[[[[[[[[', ']]]]]]]]]]')}`,
      'F:5: YAML aliases must not nest more than 20',
    ],
    [
      'long text many times',
      `${HEAD}athena:\n  - &a ${'x'.repeat(100_000)}\n  - [${Array(50).fill('*a').join(', ')}]\n`,
      `F:5: YAML aliases must not ${size}`,
    ],
    [
      'merges of merges',
      `${HEAD}athena:\n${levels(11, 9, '{<<: [', ']}').replace(/<<: \[x.*\]/, 'x: y')}`,
      `F:11: YAML aliases must not ${size}`,
    ],
  ])('%s', (_, text, message) => {
    expect(messageOf(text)).toContain(message);
  });
});

describe('YAML that is nested too deeply', () => {
  it.each(['[', '{a: ', '- ', '? ', '[{a: '])('100,000 times %j', (open) => {
    expect(messageOf(`athena:\n  ${open.repeat(100_000)}`)).toBe(
      'F:2: not valid YAML: values are nested more than 20 levels deep',
    );
  });
});

describe('aliases that people write go on working', () => {
  const many = Array.from({ length: 500 }, (_, i) => i + 1);
  const idOf = (i: number): string => String(i).padStart(12, '0');
  it('one list of SCPs for 500 accounts', () => {
    const accounts = many.map((i) => `  - {name: n${i}, id: '${idOf(i)}', iam: ${i}.json, scp: *scp}\n`);
    const first = `  - {name: first, id: '999999999999', iam: a.json, scp: &scp [root.json, ou.json]}\n`;
    const config = read(`files: {path: logs}\naccounts:\n${first}${accounts.join('')}`);
    expect(config.accounts).toHaveLength(501);
    expect(config.accounts.at(-1)?.scp).toEqual(config.accounts[0]?.scp);
  });

  it('one mapping merged into 500 accounts, and text', () => {
    const keys = ['scp: s.json', 'boundary: b.json', 'credential_report: c.csv', 'iam: i.json'];
    const first = `  - &base {name: &name first, id: '999999999999', ${keys.join(', ')}, owner: *name}\n`;
    const accounts = many.map((i) => `  - {<<: *base, name: n${i}, id: '${idOf(i)}'}\n`);
    const config = read(`files: {path: logs}\naccounts:\n${first}${accounts.join('')}`);
    expect(config.accounts.map(({ owner }) => owner)).toEqual(Array(501).fill('first'));
  });
});

describe('text that takes long to look at', () => {
  it.each<[string, string]>([
    ['an alias of nothing', `${HEAD}athena: *a\n`],
    ['100,000 unknown keys', `${HEAD}${Array.from({ length: 100_000 }, (_, i) => `key${i}: x\n`).join('')}`],
    ['a key of a million letters', `${HEAD}? ${'elasticsearch'.repeat(100_000)}\n: x\n`],
    ['100,000 accounts that are none', `files: {path: l}\naccounts: [${'x, '.repeat(100_000)}]\n`],
  ])('%s', (_, text) => {
    expect(messageOf(text).split('\n').length).toBeLessThanOrEqual(51);
  });

  it('a key prefix of a million dots', () => {
    const dots = '.'.repeat(1_000_000);
    const { source } = read(
      `elasticsearch: {host: h, key_prefix: "${dots}x."}\n${HEAD.split('\n')[1] ?? ''}\n`,
    );
    expect(source instanceof ElasticsearchSource && source.config.keyPrefix).toBe(`${dots}x`);
  });

  it('20,000 exemptions', () => {
    const exemptions = Array.from(
      { length: 20_000 },
      (_, i) => `  - {id: E${i}, arn: "arn:aws:iam::*:user/u${i}", owner: security, reason: break glass}\n`,
    );
    expect(read(`${HEAD}exemptions:\n${exemptions.join('')}`).exemptions).toHaveLength(20_000);
    const [last] = exemptions.splice(19_999);
    expect(
      messageOf(`${HEAD}exemptions:\n${exemptions.join('')}${last?.replace('owner', 'owners') ?? ''}`),
    ).toContain('F:20003: exemptions[20000]');
  });
});

describe('a configuration that is no text file', () => {
  it('of more than 5 MB', async () => {
    const file = join(folder, 'large.yaml');
    await writeFile(file, HEAD);
    await truncate(file, 6_000_000);
    await expect(loadConfig(file, ENGINES)).rejects.toThrow(`${file} cannot be read: it is larger than 5 MB`);
  });

  it.each(special)('$kind $path', async ({ kind, path }) => {
    await expect(loadConfig(path, ENGINES)).rejects.toThrow(UserError);
    await expect(loadConfig(path, ENGINES)).rejects.toThrow(`${path} cannot be read: it is ${kind}`);
  });
});
