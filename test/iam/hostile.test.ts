import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../src/iam/document.js';
import { loadCredentials, loadIamAccount, loadScps } from '../../src/iam/load.js';
import { parseAuthorizationDetails } from '../../src/iam/parse.js';
import { refusal } from './refusal.js';

const folder = await mkdtemp(join(tmpdir(), 'iam-'));
const account = { id: '111111111111', name: 'a' };
const arn = `arn:aws:iam::${account.id}:user/u`;
const details = (document: unknown) => ({
  UserDetailList: [
    { Arn: arn, UserName: 'u', UserPolicyList: [{ PolicyName: 'p', PolicyDocument: document }] },
  ],
});
const loaded = parseAuthorizationDetails(details({ Statement: [] }), 'a.json', account);

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

describe.each<[string, (file: string) => Promise<unknown>]>([
  ['iam', (file) => loadIamAccount(file, account)],
  [
    'boundary',
    async (file) => {
      const iam = await write('iam.json', JSON.stringify(details({ Statement: [] })));
      return loadIamAccount(iam, { ...account, boundary: [file] });
    },
  ],
  ['scp', (file) => loadScps([file])],
  ['credential_report', (file) => loadCredentials(file, loaded)],
])('a file of %s', (key, load) => {
  it.each<[string, string]>([
    ['brackets', '{"a":'.repeat(1_100_000)],
    ['brackets in a document', `{"Statement":${'['.repeat(1_100_000)}${']'.repeat(1_100_000)}}`],
  ])('with a million %s is refused', async (_, text) => {
    const file = await write(`${key}.json`, text);
    expect(await refusal(() => load(file))).toContain(`${file} is nested too deeply`);
  });
});

it('a document longer than IAM has any is not read, and counts as missing', () => {
  const long = `{"Statement":${' '.repeat(1_000_000)}[]}`;
  const fault = { kind: 'too-long', most: 1_000_000 };
  expect(parsePolicyDocument(long)).toEqual({ ok: false, error: fault });
  const { principals, warnings } = parseAuthorizationDetails(details(long), 'a.json', account);
  const policy = { kind: 'inline', name: 'p', owner: { kind: 'principal', arn } };
  expect(principals[0]?.missingPolicies).toEqual([policy]);
  expect(warnings).toEqual([{ kind: 'bad-policy', file: 'a.json', policy, fault }]);
});
