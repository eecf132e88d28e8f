import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { count, members } from '../../src/catalog/action-set.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { loadIamAccount, loadScps } from '../../src/iam/load.js';
import { parseManagedPolicies } from '../../src/iam/managed.js';
import { parseScpLevel } from '../../src/iam/scp.js';
import type { Principal } from '../../src/iam/types.js';
import { principalWith } from './principal.js';
import { tinyCatalog } from './tiny-catalog.js';
import { refusal } from './refusal.js';

const catalog = tinyCatalog();
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: unknown) => ({ ...allow(Action), Effect: 'Deny' });
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const described = (Name: string, content: object, Type = 'SERVICE_CONTROL_POLICY') => ({
  Policy: { PolicySummary: { Name, Type, Id: 'p-1' }, Content: JSON.stringify(content) },
});
const level = (json: unknown) => parseScpLevel(json, 'f.json', 'f.json');
const FULL = document(allow('*'));
const granted = (principal: Principal, ...levels: unknown[]) =>
  [...members(createEvaluator(catalog, { scps: levels.map(level) }).grants(principal).granted)].map(
    (action) => catalog.actions[action],
  );
const admin = principalWith('user', [FULL]);

describe('SCPs', () => {
  it('unite within a level', () => {
    const one = [document(allow('sts:*')), document(allow('ec2:Stop*'))];
    expect(granted(admin, one)).toEqual(['ec2:StopInstances', 'sts:AssumeRole']);
  });
  it('must all allow between levels', () => {
    expect(granted(admin, FULL, document(allow('sts:*')), FULL)).toEqual(['sts:AssumeRole']);
    expect(granted(admin, document(allow('ec2:*')), document(allow('sts:*')))).toEqual([]);
  });
  it('deny on every level', () => {
    const rest = [FULL, document(deny(['s3:*', 'ec2:*']))];
    expect(granted(admin, rest, FULL)).toEqual(['sts:AssumeRole']);
    expect(granted(admin, FULL, rest)).toEqual(['sts:AssumeRole']);
  });
  it('grant nothing', () => {
    expect(granted(principalWith('user', []), FULL)).toEqual([]);
  });
  it('do not apply to service-linked roles', () => {
    const role = { ...principalWith('role', [FULL]), serviceLinked: true } as Principal;
    const evaluator = createEvaluator(catalog, { scps: [level([FULL, document(deny('s3:*'))])] });
    expect(count(evaluator.grants(role).granted)).toBe(catalog.actions.length);
    expect(evaluator.grants(role).explain(4)).toMatchObject({ verdict: 'granted', deniedBy: [] });
  });
  it('leave an administrator one: they limit the account', () => {
    const region = document(allow('*'), {
      ...deny('*'),
      Condition: { Bool: { 'aws:ViaAWSService': 'false' } },
    });
    for (const scps of [[level(FULL), level(FULL)], [level(region)], [level([FULL, document(deny('s3:*'))])]])
      expect(createEvaluator(catalog, { scps }).grants(admin).admin).toBe(true);
    expect(createEvaluator(catalog, { scps: [] }).grants(admin).admin).toBe(true);
  });
});

describe('SCP files', () => {
  const namesIn = (json: unknown) => level(json).map(({ name }) => name);
  it('hold a document, what describe-policy prints, or a list of either', () => {
    expect(namesIn(FULL)).toEqual(['f.json']);
    expect(namesIn(described('FullAWSAccess', FULL))).toEqual(['FullAWSAccess']);
    expect(namesIn(described('FullAWSAccess', FULL).Policy)).toEqual(['FullAWSAccess']);
    expect(namesIn([FULL, described('guard', document(deny('s3:*'))), FULL])).toEqual([
      'f.json#1',
      'guard',
      'f.json#3',
    ]);
  });
  it('may close an account', () => {
    expect(granted(admin, document(deny('*')))).toEqual([]);
  });
  it.each<[string, unknown, RegExp]>([
    ['nothing', [], /^f\.json is an empty list/],
    ['text', 'x', /^f\.json is not a JSON object\. Export it with: aws organizations describe-policy/],
    ['a list of policies', { Policies: [{ Id: 'p-1' }] }, /is the output of list-policies/],
    ['IAM', { UserDetailList: [] }, /contains IAM authorization details/],
    ['CloudTrail', { Records: [] }, /has neither Statement nor Policy\.Content/],
    ['an RCP', described('r', FULL, 'RESOURCE_CONTROL_POLICY'), /is a RESOURCE_CONTROL_POLICY/],
    ['a bucket policy', document({ ...deny('s3:*'), Principal: '*' }), /has a Principal/],
    ['a malformed one', [FULL, document({ Effect: 'Maybe' })], /item 2 that cannot be read: Effect/],
    ['content cut off', { Policy: { Content: '{"Version":' } }, /cannot be read/],
    ['only denies', document(deny('s3:*')), /has no Allow statement.*p-FullAWSAccess/],
  ])('say what is wrong: %s', async (_, json, message) => {
    expect(await refusal(() => level(json))).toMatch(message);
  });
});

describe('documents that the details lack', () => {
  const arn = (name: string) => `arn:aws:iam::111111111111:policy/team/${name}`;
  const version = (content: object) => ({ PolicyVersion: { VersionId: 'v3', Document: content } });
  const user = {
    Arn: 'arn:aws:iam::111111111111:user/una',
    UserName: 'una',
    UserId: 'AIDAUNA',
    AttachedManagedPolicies: [
      { PolicyName: 'wide', PolicyArn: arn('wide') },
      { PolicyName: 'there', PolicyArn: arn('there') },
    ],
    PermissionsBoundary: { PermissionsBoundaryArn: arn('edge') },
  };
  const there = {
    Arn: arn('there'),
    PolicyName: 'there',
    DefaultVersionId: 'v1',
    PolicyVersionList: [{ VersionId: 'v1', Document: document(allow('sts:*')) }],
  };

  it('come from the files of boundary; what the details hold goes first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'iam-'));
    const write = async (name: string, json: unknown): Promise<string> => {
      await writeFile(join(folder, name), JSON.stringify(json));
      return join(folder, name);
    };
    const iam = await write('iam.json', { UserDetailList: [user], RoleDetailList: [], Policies: [there] });
    const account = { id: '111111111111', name: 'one' };
    const before = await loadIamAccount(iam, account);
    expect(before.principals[0]).toMatchObject({
      missingPolicies: [{ kind: 'managed', arn: arn('wide') }],
      boundary: { kind: 'missing', arn: arn('edge') },
    });
    expect(before.warnings).toEqual([
      { kind: 'missing-documents', file: 'iam.json', arns: [arn('edge'), arn('wide')] },
    ]);

    const boundary = [
      await write('one.json', { [arn('edge')]: version(document(allow('s3:*'))) }),
      await write('two.json', { [arn('wide')]: FULL, [arn('there')]: FULL }),
    ];
    const after = await loadIamAccount(iam, { ...account, boundary });
    expect(after.warnings).toEqual([]);
    const [una] = after.principals;
    if (una === undefined) throw new Error('no una');
    expect(una).toMatchObject({
      missingPolicies: [],
      boundary: { kind: 'policy', policy: { name: 'edge' } },
    });
    const grants = createEvaluator(catalog).grants(una);
    expect(count(grants.granted)).toBe(6);
    expect(grants.grantedBy(4)).toEqual(['wide']);
    expect(grants.explain(8).allowedBy.map((s) => s.policy)).toEqual(['wide', 'there']);
  });
  it('may be other authorization details', () => {
    expect([...parseManagedPolicies({ Policies: [there] }, 'f').keys()]).toEqual([arn('there')]);
  });
  it.each<[string, unknown, RegExp]>([
    ['a list', [FULL], /is not a JSON object/],
    ['a bare document', FULL, /without the ARN of its policy/],
    ['a bare version', version(FULL), /does not contain the ARN of the policy.*jq/],
    ['another key', { edge: FULL }, /has the key edge, which is not a policy ARN/],
    ['nothing', {}, /contains no policy document/],
    ['a malformed one', { [arn('edge')]: {} }, /of arn:.*edge that cannot be read/],
  ])('say what is wrong: %s', async (_, json, message) => {
    expect(await refusal(() => parseManagedPolicies(json, 'f'))).toMatch(message);
  });
});

it('names a file of SCPs that cannot be read or is not JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scp-'));
  await writeFile(join(folder, 'root.json'), '\uFEFF' + JSON.stringify(FULL));
  await writeFile(join(folder, 'two.json'), '{}\n{}');
  expect((await loadScps([join(folder, 'root.json')])).flat().map(({ name }) => name)).toEqual(['root.json']);
  expect(await loadScps([])).toEqual([]);
  expect(await refusal(() => loadScps([join(folder, 'two.json')]))).toMatch(
    /two\.json is not JSON \(line 2, column 1\).*JSON list/,
  );
  expect(await refusal(() => loadScps([join(folder, 'none.json')]))).toMatch(
    /none\.json cannot be read \(ENOENT/,
  );
});
