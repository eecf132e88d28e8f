import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { parseCredentialReport } from '../../src/iam/credentials.js';
import { ENGINES } from '../../src/trail/engines.js';
import { loadIamAccount } from '../../src/iam/load.js';
import { parseAuthorizationDetails } from '../../src/iam/parse.js';
import { describeIamWarning } from '../../src/wording/iam-files.js';
import { refusal } from './refusal.js';

const account = { id: '111111111111', name: 'demo' };
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-account-files-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

const user = (name: string, more: object = {}) => ({
  ...{ UserName: name, UserId: `AIDA${name.toUpperCase()}`, Arn: `arn:aws:iam::111111111111:user/${name}` },
  ...more,
});
const role = (name: string, more: object = {}) => ({
  ...{ RoleName: name, RoleId: `AROA${name.toUpperCase()}`, Arn: `arn:aws:iam::111111111111:role/${name}` },
  AssumeRolePolicyDocument: { Statement: [] },
  ...more,
});
const parse = (users: readonly object[], more: object = {}) =>
  parseAuthorizationDetails({ UserDetailList: users, RoleDetailList: [], ...more }, 'f.json', account);

describe('a page of the details', () => {
  it.each([[{ IsTruncated: true }], [{ IsTruncated: 'true' }], [{ NextToken: 'eyJ' }], [{ Marker: 'AAA' }]])(
    'is refused: %j',
    async (page) => {
      expect(await refusal(() => parse([user('ann')], page))).toMatch(
        /f\.json is only one page of the authorization details/,
      );
    },
  );

  it.each([[{ IsTruncated: false }], [{ IsTruncated: 'False' }], [{ Marker: null }], [{ NextToken: '' }]])(
    'is not told by %j',
    (whole) => {
      expect(parse([user('ann')], whole).principals).toHaveLength(1);
    },
  );
});

describe('an entry that is not what it should be', () => {
  it('is named where it has no ARN', async () => {
    const nameless = { UserName: 'eve', UserId: 'AIDAEVE' };
    expect(await refusal(() => parse([user('ann'), nameless]))).toMatch(
      /entry without Arn: UserDetailList\[1\] \(eve\)/,
    );
    expect(await refusal(() => parse([user('ann')], { RoleDetailList: [role('r', { Arn: '' })] }))).toMatch(
      /entry without Arn: RoleDetailList\[0\] \(r\)/,
    );
  });

  it('is named with the entry of the same ARN', async () => {
    expect(await refusal(() => parse([user('ann'), user('bea'), user('ann')]))).toContain(
      'f.json contains arn:aws:iam::111111111111:user/ann twice: UserDetailList[0] and UserDetailList[2].',
    );
  });

  it.each([['arn:aws:iam::111111111111:policy/b'], [{ PermissionsBoundaryType: 'Policy' }], [[]]])(
    'is named where its boundary is %j',
    async (PermissionsBoundary) => {
      expect(await refusal(() => parse([user('ann', { PermissionsBoundary })]))).toMatch(
        /PermissionsBoundary without PermissionsBoundaryArn: UserDetailList\[0\] \(arn:.*ann\)/,
      );
    },
  );

  it('is none without a boundary', () => {
    expect(parse([user('ann', { PermissionsBoundary: null })]).principals[0]?.boundary.kind).toBe('none');
  });
});

it('tells principals with one unique id apart, and says so', () => {
  const { principals, warnings } = parse([user('ann'), user('bea', { UserId: 'AIDAANN' }), user('cat')]);
  expect(principals.map(({ id }) => id)).toEqual(['AIDAANN/ann', 'AIDAANN/bea', 'AIDACAT']);
  expect(warnings.map(describeIamWarning)).toEqual([
    'f.json: arn:aws:iam::111111111111:user/ann and arn:aws:iam::111111111111:user/bea have the same unique ID AIDAANN. Events are credited by ARN.',
  ]);
});

// AWS CLI User Guide: cli_timestamp_format; boto3 prints dates with a space; other exporters write seconds since 1970.
it.each<[string, unknown, string | null]>([
  ['AWS CLI', '2026-08-03T10:41:45Z', '2026-08-03T10:41:45Z'],
  ['AWS CLI 2', '2026-08-03T10:41:45+00:00', '2026-08-03T10:41:45Z'],
  ['boto3', '2026-08-03 10:41:45+00:00', '2026-08-03T10:41:45Z'],
  ['an offset', '2026-08-03T12:41:45+02:00', '2026-08-03T10:41:45Z'],
  ['seconds', 1785753705, '2026-08-03T10:41:45Z'],
  ['seconds with a fraction', 1785753705.0, '2026-08-03T10:41:45Z'],
  ['no date', 'yesterday', null],
  ['a number beyond all dates', 1e300, null],
  ['nothing', undefined, null],
])('CreateDate of %s', (_, CreateDate, expected) => {
  expect(parse([user('ann', { CreateDate })]).principals[0]?.createdAt).toBe(expected);
});

it.each<[string, (document: object) => unknown]>([
  ['an object', (document) => document],
  ['JSON text', (document) => JSON.stringify(document)],
  ['percent-encoded text', (document) => encodeURIComponent(JSON.stringify(document))],
])('a policy document is read as %s', (_, write) => {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  const { principals } = parse([
    user('ann', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: write(document) }] }),
  ]);
  expect(principals[0]).toMatchObject({ missingPolicies: [], policies: [{ policy: { name: 'p' } }] });
});

it('pages in a list, and keys in small letters, are refused', async () => {
  const read = (json: unknown) => () => parseAuthorizationDetails(json, 'f.json', account);
  const page = { UserDetailList: [user('ann')], RoleDetailList: [] };
  expect(await refusal(read([page, page]))).toMatch(/f\.json/);
  expect(await refusal(read({ userDetailList: [user('ann')], roleDetailList: [] }))).toMatch(/f\.json/);
});

describe('UTF-16 and UTF-8', () => {
  const text = JSON.stringify({ UserDetailList: [user('änne')], RoleDetailList: [] });
  const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

  it.each([
    ['little-endian', little],
    ['big-endian', Buffer.from(little).swap16()],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
  ])('is read: %s', async (_, bytes) => {
    const file = join(work, 'iam.json');
    writeFileSync(file, bytes);
    const { principals } = await loadIamAccount(file, account);
    expect(principals.map(({ name }) => name)).toEqual(['änne']);
  });

  it('is read in the configuration', async () => {
    const file = join(work, 'config.yaml');
    const config = `files: {path: logs}\naccounts: [{name: ä, id: '111111111111', iam: iam.json}]\n`;
    writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(config, 'utf16le')]));
    expect((await loadConfig(file, ENGINES)).accounts[0]?.name).toBe('ä');
  });
});

it('names a row of a credential report that was cut, and takes nothing from it', () => {
  const header =
    'user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated';
  const row = 'ann,arn:aws:iam::111111111111:user/ann,2025-01-02T03:04:05+00:00,true,false,true,N/A';
  const report = parseCredentialReport(`${header}\n${row}\n${row.slice(0, 70)}`, 'c.csv');
  expect(report.rows).toHaveLength(1);
  expect(report.warnings.map(describeIamWarning)).toEqual([
    'c.csv:3: This row of the credential report is skipped: it has 5 of 7 columns.',
  ]);
});
