import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReportResult } from '../../src/commands/report.js';
import { wholeReport } from '../support/report.js';

const ID = '111122223333';
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-incomplete-'));
const out = join(work, 'out');
afterAll(() => {
  rmSync(work, { recursive: true });
});

const policy = (name: string, ...actions: string[]) => ({
  PolicyName: name,
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  },
});
const user = (name: string, ...actions: string[]) => ({
  ...{ UserName: name, UserId: `AIDA${name.toUpperCase()}`, Arn: `arn:aws:iam::${ID}:user/${name}` },
  ...{ Path: '/', CreateDate: '2024-01-01T00:00:00Z', UserPolicyList: [policy('own', ...actions)] },
});

let result: ReportResult;
beforeAll(async () => {
  const role = {
    ...{ RoleName: 'open', RoleId: 'AROAOPEN', Arn: `arn:aws:iam::${ID}:role/open`, Path: '/' },
    RolePolicyList: [policy('own', 'iam:PutUserPolicy', 'ec2:RunInstances')],
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ID } }],
    },
  };
  const details = {
    UserDetailList: [user('admin', '*'), user('idle', 'iam:PutUserPolicy'), user('ann', 'sts:AssumeRole')],
    RoleDetailList: [role],
  };
  writeFileSync(join(work, 'iam.json'), JSON.stringify(details));
  writeFileSync(
    join(work, 'config.yaml'),
    `files: {path: logs}\naccounts: [{name: one, id: '${ID}', iam: iam.json, quiet: true}]\n`,
  );
  const event = {
    ...{ eventTime: '2026-08-01T10:00:00Z', eventSource: 'iam.amazonaws.com', eventName: 'ListUsers' },
    ...{ eventID: 'e1', eventType: 'AwsApiCall', recipientAccountId: ID },
    userIdentity: {
      ...{ type: 'IAMUser', arn: `arn:aws:iam::${ID}:user/admin`, principalId: 'AIDAADMIN', accountId: ID },
    },
  };
  const logs = join(work, 'logs', 'AWSLogs', ID);
  mkdirSync(logs, { recursive: true });
  writeFileSync(join(logs, 'good.json'), JSON.stringify({ Records: [event] }));
  writeFileSync(join(logs, 'bad.json'), '{"Records": [{"eventTime');
  result = await wholeReport({ config: join(work, 'config.yaml'), quarter: '2026-Q3', output: out });
});

const csv = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(out, 'csv', name)), { columns: true });

it('calls nothing of an incomplete principal unused, in no file', () => {
  expect(result.incomplete).toBe(true);
  const privileges = csv(`privileges/${ID}.csv`);
  expect(new Set(privileges.map(({ status }) => status))).toEqual(new Set(['used', 'unknown']));
  expect(
    new Set(privileges.filter(({ status }) => status === 'unknown').map((row) => row['status_reason'])),
  ).toEqual(new Set(['The data of this principal are incomplete.']));
  for (const row of csv('access-review.csv')) {
    expect(row).toMatchObject({ actions_unused: '0', data_completeness: 'incomplete' });
    expect(row['risk_tags']).not.toContain('unused');
  }
  expect(csv('services.csv').filter(({ unused }) => unused !== '0')).toEqual([]);
  expect(csv('risks.csv').filter(({ unused }) => unused !== 'no')).toEqual([]);
  expect(csv('suggestions.csv').map(({ decision, change }) => [decision, change])).toEqual(
    Array(4).fill(['investigate', '']),
  );
  expect(csv('trust.csv').map(({ findings }) => findings)).toEqual(['']);
  expect(csv('assumptions.csv').map(({ assumed }) => assumed)).toEqual(['unknown', 'unknown']);
  const sarif = JSON.parse(readFileSync(join(out, 'json/findings.sarif'), 'utf8')) as {
    runs: { results: { ruleId: string }[] }[];
  };
  expect(new Set(sarif.runs[0]?.results.map(({ ruleId }) => ruleId))).toEqual(new Set(['incomplete']));
  const { accounts } = JSON.parse(readFileSync(join(out, 'json/report.json'), 'utf8')) as {
    accounts: { counts: { unused: number } }[];
  };
  expect(accounts[0]?.counts.unused).toBe(0);
});

it('nor on a page', () => {
  const pages = readdirSync(join(out, 'accounts'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(users|roles)\/.*\.html$/.test(name),
  );
  expect(pages).toHaveLength(4);
  for (const page of pages) {
    const html = readFileSync(join(out, 'accounts', page), 'utf8');
    const body = html.slice(html.indexOf('<main'));
    expect(body, page).not.toMatch(/class="(mark )?unused">−\s*[1-9]/);
    expect(body, page).not.toContain('<li><span class="mark unused">');
  }
});
