import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { loadIamAccount } from '../../src/iam/load.js';
import { parseAuthorizationDetails } from '../../src/iam/parse.js';
import { matchesWildcard } from '../../src/iam/patterns.js';
import { suggestPolicies } from '../../src/iam/suggest.js';
import { allowedAssumptions } from '../../src/iam/trust.js';
import { tinyCatalog } from './tiny-catalog.js';

const catalog = tinyCatalog();
const id = '111111111111';
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: unknown, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' });

function account(statements: unknown, trust: object = { Service: 'ec2.amazonaws.com' }, user: object = {}) {
  const details = {
    UserDetailList: [
      {
        Arn: `arn:aws:iam::${id}:user/alice`,
        UserName: 'alice',
        UserId: 'AIDA1',
        UserPolicyList: [
          { PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } },
        ],
        ...user,
      },
    ],
    RoleDetailList: [
      {
        Arn: `arn:aws:iam::${id}:role/r`,
        RoleName: 'r',
        AssumeRolePolicyDocument: {
          Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trust },
        },
      },
    ],
  };
  return parseAuthorizationDetails(details, 'f.json', { id, name: 'demo' });
}

function alice(statements: unknown, user: object = {}) {
  const found = account(statements, undefined, user).principals.find((p) => p.type === 'user');
  if (found === undefined) throw new Error('no alice');
  return found;
}

const names = (set: Uint32Array) =>
  catalog.actions.filter((_, i) => (((set[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1);
const granted = (statements: unknown) => names(createEvaluator(catalog).grants(alice(statements)).granted);

describe('granted actions', () => {
  it('reads wildcards, lists, NotAction and Deny', () => {
    expect(granted([allow('S3:PutObject*')])).toEqual(['s3:PutObject', 's3:PutObjectAcl']);
    expect(granted(allow('s3:?etObject'))).toEqual(['s3:GetObject']);
    expect(granted({ Effect: 'Allow', NotAction: ['s3:*', 'ec2:*'], Resource: '*' })).toEqual([
      'sts:AssumeRole',
    ]);
    expect(
      granted([allow('s3:*Bucket'), deny('s3:CreateBucket', { Resource: ['arn:aws:s3:::b', '*'] })]),
    ).toEqual(['s3:DeleteBucket', 's3:ListBucket']);
    expect(
      granted([allow('ec2:*'), deny('ec2:StopInstances', { Condition: { Bool: { a: false } } })]),
    ).toHaveLength(2);
    expect(granted([allow('s3:*'), deny('s3:*', { Resource: 'arn:aws:s3:::b' })])).toHaveLength(6);
  });
  it('recognises an administrator', () => {
    expect(createEvaluator(catalog).grants(alice(allow('*:*'))).admin).toBe(true);
  });
  it('counts the entries of the file apart from the principals that it can read', () => {
    const user = { Arn: `arn:aws:iam::${id}:user/alice`, UserName: 'alice', UserId: 'AIDA1' };
    const details = { UserDetailList: [user, 'damaged'], RoleDetailList: [] };
    const { listed, principals } = parseAuthorizationDetails(details, 'f.json', { id, name: 'demo' });
    expect([listed, principals.length]).toEqual([2, 1]);
  });
  it('matches many stars quickly', () => {
    expect(matchesWildcard(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('trust', () => {
  const root = { AWS: `arn:aws:iam::${id}:root` };
  it.each([
    ['root, no identity policy', root, allow('s3:*'), []],
    ['root, identity policy', root, allow('sts:*'), ['yes']],
    ['the user itself', { AWS: `arn:aws:iam::${id}:user/alice` }, allow('s3:*'), ['yes']],
    ['the user itself, denied', { AWS: `arn:aws:iam::${id}:user/alice` }, deny('sts:*'), []],
    ['a condition', root, allow('sts:*', { Condition: { Bool: { a: 'b' } } }), ['conditional']],
    ['a service', { Service: 'ec2.amazonaws.com' }, allow('*'), []],
  ])('%s', (_, trust, statements, expected) => {
    expect([...allowedAssumptions([account(statements, trust)])].map((a) => a.allowed)).toEqual(expected);
  });
});

describe('suggestions', () => {
  it('cuts to what is kept, with Resource and Deny', () => {
    const user = alice([allow('s3:*', { Resource: 'arn:aws:s3:::b' }), deny('s3:PutObject')]);
    const keep = new Uint32Array([1 << 4]);
    expect(
      suggestPolicies(user, { strict: keep, cautious: keep }, catalog).strict.map((p) => p.document),
    ).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b'] },
          { Effect: 'Deny', Action: ['s3:PutObject'], Resource: ['*'] },
        ],
      },
    ]);
  });
});

describe('files', () => {
  it('marks missing policies and reads percent-encoded documents', () => {
    const encoded = encodeURIComponent(
      JSON.stringify({ Version: '2012-10-17', Statement: allow('s3:GetObject') }),
    );
    const user = alice([], {
      AttachedManagedPolicies: { PolicyArn: 'arn:aws:iam::aws:policy/X', PolicyName: 'X' },
      UserPolicyList: [{ PolicyName: 'p', PolicyDocument: encoded }],
      CreateDate: '2023-03-09 10:41:45+00:00',
    });
    expect(user.missingPolicies).toEqual([{ kind: 'managed', arn: 'arn:aws:iam::aws:policy/X' }]);
    expect(user.createdAt).toBe('2023-03-09T10:41:45Z');
    expect(names(createEvaluator(catalog).grants(user).granted)).toEqual(['s3:GetObject']);
  });
  it('refuses a truncated file', () => {
    expect(() => parseAuthorizationDetails({ IsTruncated: true }, 'f.json', { id, name: 'd' })).toThrow(
      'one-page',
    );
  });
  it.each([
    ['cloudsplaining-example', '200611803367', 122],
    ['cloudmapper-demo', '123456789012', 6],
  ])('reads %s', async (folder, accountId, count) => {
    const file = new URL(`../../../shared/data/${folder}/authorization-details.json`, import.meta.url)
      .pathname;
    if (!existsSync(file)) {
      console.log(`${folder} is absent: skipped`);
      return;
    }
    const loaded = await loadIamAccount(file, { id: accountId, name: 'real' });
    expect(loaded.principals).toHaveLength(count);
    for (const p of loaded.principals) createEvaluator(catalog).grants(p);
    console.log(JSON.stringify(loaded.warnings).slice(0, 600), [...allowedAssumptions([loaded])].length);
  });
});
