import { BACKUP, DEMO, STAGING, people as p } from './people.mjs';
import { stream } from './random.mjs';
import { AGENTS, Trail, after } from './records.mjs';
import { everydayLife } from './everyday.mjs';

const OFFICE = '203.0.113.24';
const HOME = '198.51.100.77';

/** All events in the three accounts from 2026-07-01 to 2026-09-30. @returns {any[]} records */
export function tellStory() {
  const trail = new Trail();
  aliceAndCharlie(trail);
  otherPeople(trail);
  strangers(trail);
  everydayLife(trail);
  for (const record of trail.records) {
    if (record.recipientAccountId === DEMO && /^2026-08-1[0-2]/.test(record.eventTime))
      record.deliveredTwice = true;
  }
  return trail.records;
}

/** The example of the original's documentation: what alice and charlie did as themselves and as `admin`. */
function aliceAndCharlie(/** @type {Trail} */ trail) {
  const alice = trail.user(p.alice, OFFICE);
  const charlie = trail.user(p.charlie, HOME);
  const bucket = (/** @type {string} */ name) => ({
    request: { bucketName: name, Host: 's3.amazonaws.com' },
  });

  trail.call(alice, '2026-07-06T09:14:22Z', 's3:CreateBucket', bucket('alice-audit-exports'));
  trail.call(alice, '2026-07-29T10:02:51Z', 's3:CreateBucket', {
    ...bucket('alice-more-exports'),
    error: ['AccessDenied', 'Access Denied'],
  });

  const aliceAsAdmin = trail.assume(alice, '2026-08-04T13:21:07Z', p.admin, 'alice');
  trail.call(aliceAsAdmin, '2026-08-04T13:24:40Z', 's3:CreateBucket', bucket('example-shop-audit'));
  trail.call(aliceAsAdmin, '2026-08-04T13:31:15Z', 'iam:CreateUser', {
    request: { userName: 'erin' },
    response: { user: { userName: 'erin', arn: p.erin.arn, userId: p.erin.id } },
  });
  const aliceAgain = trail.assume(alice, '2026-09-09T08:40:33Z', p.admin, 'alice');
  trail.call(aliceAgain, '2026-09-09T08:47:02Z', 's3:CreateBucket', bucket('example-shop-audit-2'));

  const charlieAsAdmin = trail.assume(charlie, '2026-07-15T15:05:10Z', p.admin, 'charlie');
  trail.call(charlieAsAdmin, '2026-07-15T15:09:48Z', 's3:CreateBucket', bucket('example-shop-uploads'));

  for (const day of ['2026-07-21', '2026-08-18', '2026-09-15']) {
    const inBackup = trail.assume(charlie, `${day}T09:30:05Z`, p.backupAdmin, 'charlie');
    trail.call(inBackup, `${day}T09:31:44Z`, 'backup:ListBackupVaults');
    trail.call(inBackup, `${day}T09:33:20Z`, 'backup:ListRecoveryPointsByBackupVault');
    // The request shows a second action: iam:PassRole, for the restore role.
    trail.call(inBackup, `${day}T09:40:09Z`, 'backup:StartRestoreJob', {
      request: {
        recoveryPointArn: `arn:aws:rds:us-east-1:${BACKUP}:snapshot:awsbackup:job-${day}`,
        iamRoleArn: p.backupRunner.arn,
        resourceType: 'RDS',
      },
    });
  }

  // Role chaining: charlie's session in `admin` deploys to staging.
  const toChain = trail.assume(charlie, '2026-09-24T14:02:00Z', p.admin, 'charlie');
  const inStaging = trail.assume(toChain, '2026-09-24T14:03:30Z', p.deploy, 'charlie-hotfix');
  trail.call(inStaging, '2026-09-24T14:05:12Z', 'cloudformation:DescribeStacks');
  trail.call(inStaging, '2026-09-24T14:08:36Z', 'cloudformation:UpdateStack');
}

function otherPeople(/** @type {Trail} */ trail) {
  const dana = trail.user(p.dana, OFFICE);
  // A denied AssumeRole has no parameters: only the message names the role.
  trail.call(dana, '2026-07-23T11:17:08Z', 'sts:AssumeRole', {
    error: [
      'AccessDenied',
      `User: ${p.dana.arn} is not authorized to perform: sts:AssumeRole on resource: ${p.admin.arn}`,
    ],
  });

  // The erin of July is deleted; the erin of August has the same name and another ID.
  const before = trail.user(p.erinBefore, OFFICE);
  for (const [day, call] of [
    ['2026-07-02', 'lambda:ListFunctions20150331'],
    ['2026-07-03', 'lambda:UpdateFunctionCode20150331v2'],
    ['2026-07-07', 'iam:CreateAccessKey'],
    ['2026-07-09', 'dynamodb:DescribeTable'],
  ]) {
    trail.call(before, `${day}T14:20:10Z`, call);
  }

  const frank = trail.user(p.frank, '192.0.2.140');
  trail.call(frank, '2026-07-14T09:51:30Z', 'rds:DescribeDBInstances', {
    error: ['AccessDenied', `User: ${p.frank.arn} is not authorized to perform: rds:DescribeDBInstances`],
  });
  trail.call(frank, '2026-08-20T16:12:45Z', 'ec2:RunInstances', {
    error: [
      'Client.VcpuLimitExceeded',
      'You have requested more vCPU capacity than your current limit allows.',
    ],
  });

  trail.call(trail.user(p.restoreTest, '192.0.2.55'), '2026-08-03T04:00:12Z', 'backup:StartRestoreJob');
}

/** Callers in no account file: root, deleted principals, the account of another company. */
function strangers(/** @type {Trail} */ trail) {
  const root = trail.root();
  trail.signIn(root.identity, DEMO, '2026-09-02T07:58:13Z', root.ip);
  trail.call(root, '2026-09-02T08:03:41Z', 'account:GetContactInformation');
  trail.call(root, '2026-09-02T08:04:20Z', 'account:PutContactInformation');
  trail.call(root, '2026-09-02T08:09:55Z', 'iam:GetAccountSummary');

  const max = trail.user(p.max, '192.0.2.141');
  const random = stream('max');
  for (const day of ['01', '02', '08', '09', '13', '16', '17']) {
    const time = `2026-07-${day}T${random.between(10, 17)}:${random.between(10, 59)}:08Z`;
    trail.call(max, time, 'ec2:DescribeInstances');
    trail.call(
      max,
      after(time, 95),
      random.pick(['ec2:StopInstances', 'ec2:StartInstances', 'ec2:CreateTags']),
    );
  }

  const partner = {
    identity: { type: 'AWSAccount', principalId: 'AIDAPARTNEREXAMPLE42A', accountId: '999988887777' },
    account: DEMO,
    ip: '198.51.100.9',
    agent: AGENTS.sdk,
  };
  trail.call(partner, '2026-08-26T22:41:17Z', 's3:GetObject', {
    request: { bucketName: 'example-shop-assets', key: 'catalogue/2026-08.csv' },
  });

  for (const account of [DEMO, BACKUP, STAGING]) {
    const config = {
      identity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      account,
      ip: 'config.amazonaws.com',
      agent: 'config.amazonaws.com',
    };
    trail.call(config, '2026-08-01T00:10:00Z', 's3:GetBucketAcl');
    trail.call(config, '2026-09-01T00:10:00Z', 's3:GetBucketAcl');
  }
}
