import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseCredentialReport } from '../../src/iam/credentials.js';
import { loadCredentials } from '../../src/iam/load.js';
import { parseAuthorizationDetails } from '../../src/iam/parse.js';
import { describeIamWarning } from '../../src/wording/iam-files.js';
import { refusal } from './refusal.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-credentials-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active';
const arn = (name: string) => `arn:aws:iam::111111111111:user/${name}`;
const row = (name: string, ...rest: string[]) =>
  [name, arn(name), '2025-01-02T03:04:05+00:00', ...rest].join(',');
const CSV = [
  HEADER,
  '<root_account>,arn:aws:iam::111111111111:root,2020-01-01T00:00:00+00:00,not_supported,2026-01-01T00:00:00+00:00,not_supported,not_supported,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false',
  row(
    'ann',
    'TRUE,2026-02-01T00:00:00+00:00,N/A,N/A,true,true,2026-01-05T00:00:00+00:00,2026-03-01T00:00:00+00:00,eu-west-1,s3,true,2025-12-31T00:00:00+00:00,N/A,N/A,N/A,false',
  ),
  row(
    'bob',
    'false,no_information,N/A,N/A,false,false,2020-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false',
  ),
  row('carl', 'perhaps,N/A,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false'),
  row('dora', 'false,N/A,N/A,N/A,false,true,yesterday,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false'),
  '',
].join('\n');

it.each([
  ['CSV', CSV],
  [
    'JSON of the command',
    JSON.stringify({ Content: Buffer.from(CSV).toString('base64'), ReportFormat: 'text/csv' }),
  ],
])('reads the %s, and names the rows that it cannot read', (_, text) => {
  const { rows, warnings } = parseCredentialReport(text, 'c.csv');
  expect(rows).toEqual([
    {
      arn: arn('ann'),
      createdAt: '2025-01-02T03:04:05Z',
      console: true,
      mfa: true,
      activeKeys: 2,
      oldestKeySince: '2025-12-31T00:00:00Z',
      lastUsed: '2026-03-01T00:00:00Z',
      lastUsedService: 's3',
    },
    {
      arn: arn('bob'),
      createdAt: '2025-01-02T03:04:05Z',
      console: false,
      mfa: false,
      activeKeys: 0,
      oldestKeySince: null,
      lastUsed: null,
      lastUsedService: null,
    },
  ]);
  expect(warnings.map(describeIamWarning)).toEqual([
    'c.csv:5: This row of the credential report is skipped: password_enabled "perhaps" is neither true nor false.',
    'c.csv:6: This row of the credential report is skipped: access_key_1_last_rotated "yesterday" is not a time.',
  ]);
});

it.each([
  ['', /column user, arn.* is missing/],
  ['a,b\n1,2\n', /column user.* is missing/],
  ['{"UserDetailList": []}', /no text Content/],
  ['{', /is not JSON/],
])('refuses %j', async (text, message) => {
  expect(await refusal(() => parseCredentialReport(text, 'c.csv'))).toMatch(message);
});

it('does not take an earlier user of the name for today’s, and says who has no row', async () => {
  const user = (name: string, CreateDate: string) => ({
    Arn: arn(name),
    UserName: name,
    UserId: name,
    CreateDate,
  });
  const account = parseAuthorizationDetails(
    { UserDetailList: [user('ann', '2026-05-01T00:00:00Z'), user('bob', '2025-01-02T03:04:05Z')] },
    'iam.json',
    { id: '111111111111', name: 'demo' },
  );
  const file = join(work, 'c.csv');
  writeFileSync(file, CSV);
  const { byArn, warnings } = await loadCredentials(file, account);
  expect([...byArn.keys()]).toEqual([arn('bob')]);
  expect(warnings.at(-1)).toEqual({ kind: 'users-without-row', file: 'c.csv', users: ['ann'] });
  expect(await refusal(() => loadCredentials(file, { ...account, id: '222222222222' }))).toMatch(
    /contains account 111111111111, not account 222222222222/,
  );
});
