import { stream } from './random.mjs';

export const DEMO = '123456789012';
export const BACKUP = '210987654321';
export const STAGING = '345678901234';
export const ACCOUNTS = { [DEMO]: 'demo', [BACKUP]: 'backup', [STAGING]: 'staging' };

const SSO = '/aws-reserved/sso.amazonaws.com/us-east-1/';

/**
 * @param {'user' | 'role'} type
 * @param {string} account
 * @param {string} name
 * @param {string} created ISO 8601 UTC
 * @param {string} path
 * @param {string} generation tells re-created principals of one name apart
 */
function principal(type, account, name, created, path = '/', generation = '') {
  const id = stream(`${account}/${name}${generation}`)
    .iamId(type === 'user' ? 'AIDA' : 'AROA')
    .slice(0, 21);
  return { type, account, name, path, created, id, arn: `arn:aws:iam::${account}:${type}${path}${name}` };
}
const user = principal.bind(null, 'user');
const role = principal.bind(null, 'role');

/** All principals of the demo. */
export const people = {
  alice: user(DEMO, 'alice', '2017-09-02T18:02:14Z'),
  bob: user(DEMO, 'bob', '2018-03-14T09:20:41Z'),
  charlie: user(DEMO, 'charlie', '2019-11-21T15:47:03Z'),
  dana: user(DEMO, 'dana', '2024-02-05T08:31:55Z'),
  erin: user(DEMO, 'erin', '2026-08-10T10:12:36Z'),
  erinBefore: user(DEMO, 'erin', '2023-05-02T07:11:20Z', '/', '#before'),
  frank: user(DEMO, 'frank', '2022-06-17T13:05:29Z', '/contractors/'),
  max: user(DEMO, 'max', '2025-01-20T08:00:12Z', '/contractors/'),
  admin: role(DEMO, 'admin', '2017-09-02T18:10:47Z'),
  githubDeploy: role(DEMO, 'github-deploy', '2024-09-30T12:44:10Z', '/ci/'),
  webServer: role(DEMO, 'web-server', '2021-04-12T16:26:38Z'),
  orders: role(DEMO, 'orders-function', '2023-10-09T11:02:50Z', '/service-role/'),
  powerUser: role(DEMO, 'AWSReservedSSO_PowerUserAccess_4f1c9a7be2d05836', '2023-01-16T09:00:22Z', SSO),
  autoScaling: role(
    DEMO,
    'AWSServiceRoleForAutoScaling',
    '2021-04-12T16:40:05Z',
    '/aws-service-role/autoscaling.amazonaws.com/',
  ),
  reporting: role(DEMO, 'legacy-reporting', '2018-07-25T14:55:31Z'),
  backupAdmin: role(BACKUP, 'admin', '2019-12-03T10:33:18Z'),
  backupRunner: role(BACKUP, 'backup-runner', '2019-12-03T10:51:40Z', '/service-role/'),
  vaultAuditor: role(BACKUP, 'vault-auditor', '2022-08-29T12:14:02Z'),
  nightlyExport: role(BACKUP, 'nightly-export', '2020-02-11T10:18:09Z'),
  restoreTest: user(BACKUP, 'restore-test', '2024-05-27T09:39:44Z', '/system/'),
  deploy: role(STAGING, 'deploy', '2024-10-01T08:20:33Z', '/ci/'),
  stagingWeb: role(STAGING, 'web-server', '2024-10-01T09:12:19Z'),
  stagingDeveloper: role(STAGING, 'AWSReservedSSO_Developer_91d3e07a5b6c2f48', '2024-10-01T10:05:57Z', SSO),
  loadTester: user(STAGING, 'load-tester', '2025-03-18T15:22:26Z'),
};
