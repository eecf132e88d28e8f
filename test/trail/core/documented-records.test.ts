import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import type { ActivityRow } from '../../../src/trail/types.js';
import { logFile, recordOf } from '../../support/cloudtrail.js';
import { answersOf } from '../../support/trail-answers.js';

const ACCOUNT = '111122223333';
const TIME = '2026-07-19T21:44:40Z';
const anaya = `arn:aws:iam::${ACCOUNT}:user/Anaya`;
const role = `arn:aws:iam::${ACCOUNT}:role/team/deploy`;

/** The activity row of a log with one record. */
async function rowOf(record: unknown): Promise<ActivityRow | undefined> {
  const path = await mkdtemp(join(tmpdir(), 'cloudtracker-documented-'));
  await writeFile(join(path, 'log.json'), logFile(record));
  const period = { start: '2026-07-01T00:00:00Z', end: '2026-08-01T00:00:00Z' };
  const request = { period, accountIds: [ACCOUNT], concurrency: 1 };
  const { activity } = await answersOf(await openFilesTrail({ path }, request));
  expect(activity.length).toBeLessThanOrEqual(1);
  return activity[0];
}

const signIn = (eventName: string, answer: string, more: object = {}): Record<string, unknown> => ({
  ...recordOf({ time: TIME, caller: anaya, source: 'signin.amazonaws.com', name: eventName }),
  responseElements: { [eventName]: answer },
  additionalEventData: { LoginTo: 'https://console.aws.amazon.com/console/home', MFAUsed: 'No' },
  eventType: 'AwsConsoleSignIn',
  ...more,
});
const call = (source: string, name: string, error?: string, more: object = {}): object => ({
  ...recordOf({ time: TIME, caller: anaya, source: `${source}.amazonaws.com`, name, error }),
  ...more,
});

describe('outcomes of records in the CloudTrail User Guide', () => {
  test.each<[string, string, object, string, boolean]>([
    ['CloudTrail log file examples', 'a call', call('ec2', 'StartInstances'), 'succeeded', true],
    [
      'CloudTrail log file examples: Error code and message log example',
      'TrailNotFoundException',
      call('cloudtrail', 'UpdateTrail', 'TrailNotFoundException'),
      'failed',
      true,
    ],
    [
      'CloudTrail log file examples: IAM',
      'no error code at all, and none that is null',
      call('iam', 'CreateUser', undefined, { errorCode: null }),
      'succeeded',
      true,
    ],
    [
      'Logging Amazon S3 API calls using AWS CloudTrail',
      'AccessDenied',
      call('s3', 'GetBucketAcl', 'AccessDenied'),
      'denied',
      true,
    ],
    [
      'Amazon EC2 API Reference: Error codes',
      'Client.UnauthorizedOperation',
      call('ec2', 'RunInstances', 'Client.UnauthorizedOperation'),
      'denied',
      true,
    ],
    [
      'Amazon EC2 API Reference: Error codes',
      'Client.DryRunOperation',
      call('ec2', 'RunInstances', 'Client.DryRunOperation'),
      'failed',
      true,
    ],
    [
      'CloudTrail record contents: errorCode',
      'VpceAccessDenied of a VPC endpoint policy',
      call('kms', 'Decrypt', 'VpceAccessDenied', {
        eventType: 'AwsVpceEvent',
        eventCategory: 'NetworkActivity',
        vpcEndpointId: 'vpce-EXAMPLE8c1b6b9b7',
      }),
      'denied',
      true,
    ],
    [
      'AWS service events captured by CloudTrail',
      'an event of a service, which is no call',
      call('kms', 'RotateKey', undefined, {
        eventType: 'AwsServiceEvent',
        userIdentity: { accountId: ACCOUNT, invokedBy: 'AWS Internal' },
      }),
      'succeeded',
      false,
    ],
    [
      'AWS Management Console sign-in events',
      'IAM user, successful sign-in without MFA',
      signIn('ConsoleLogin', 'Success'),
      'succeeded',
      false,
    ],
    [
      'AWS Management Console sign-in events',
      'a switch of roles',
      signIn('SwitchRole', 'Success'),
      'succeeded',
      false,
    ],
    [
      'AWS Management Console sign-in events',
      'IAM user, unsuccessful sign-in, without an error code',
      signIn('ConsoleLogin', 'Failure', { errorMessage: 'Failed authentication' }),
      'failed',
      false,
    ],
    [
      'AWS Management Console sign-in events',
      'a check for MFA that failed',
      signIn('CheckMfa', 'Failure'),
      'failed',
      false,
    ],
    [
      'AWS Sign-In User Guide: sign-in denied by a resource-based policy',
      'AccessDenied',
      signIn('ConsoleLogin', 'Failure', { errorCode: 'AccessDenied' }),
      'denied',
      false,
    ],
  ])('%s: %s', async (_page, _what, record, outcome, apiCall) => {
    expect(await rowOf(record)).toMatchObject({ outcome, apiCall });
  });
});

describe('callers of records in the CloudTrail User Guide (CloudTrail userIdentity element)', () => {
  const by = (userIdentity: object): object => call('s3', 'ListBuckets', undefined, { userIdentity });
  test.each<[string, object, object | undefined]>([
    ['IAMUser', call('s3', 'ListBuckets'), { kind: 'user', arn: anaya, id: 'AIDAANAYA', accountId: ACCOUNT }],
    [
      'AssumedRole',
      recordOf({ time: TIME, caller: role, source: 's3.amazonaws.com', name: 'ListBuckets' }),
      { kind: 'role', arn: role, id: 'AROADEPLOY', accountId: ACCOUNT },
    ],
    [
      'Root',
      by({ type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT }),
      { kind: 'root', arn: `arn:aws:iam::${ACCOUNT}:root` },
    ],
    [
      'AWSService',
      by({ type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }),
      { kind: 'service', arn: 'autoscaling.amazonaws.com' },
    ],
    [
      'AWSAccount',
      by({ type: 'AWSAccount', principalId: 'AIDAQRSTUVWXYZEXAMPLE', accountId: '777777777777' }),
      { kind: 'external', id: 'AIDAQRSTUVWXYZEXAMPLE', accountId: '777777777777' },
    ],
    [
      'WebIdentityUser',
      by({
        type: 'WebIdentityUser',
        principalId: 'accounts.google.com:application-id.apps.googleusercontent.com:user-id',
        userName: 'user-id',
        identityProvider: 'accounts.google.com',
      }),
      { kind: 'web-identity', accountId: null },
    ],
    [
      'SAMLUser',
      by({
        type: 'SAMLUser',
        principalId: 'samlNameQualifier:JaneDoe',
        userName: 'JaneDoe',
        identityProvider: 'samlNameQualifier',
      }),
      { kind: 'saml', arn: 'samlNameQualifier:JaneDoe' },
    ],
    [
      'FederatedUser, credited to the user who issued the session',
      by({
        type: 'FederatedUser',
        principalId: `${ACCOUNT}:example-session`,
        arn: `arn:aws:sts::${ACCOUNT}:federated-user/example-session`,
        accountId: ACCOUNT,
        sessionContext: {
          sessionIssuer: { type: 'IAMUser', principalId: 'AIDAANAYA', arn: anaya, accountId: ACCOUNT },
        },
      }),
      { kind: 'user', arn: anaya, id: 'AIDAANAYA' },
    ],
    [
      'IdentityCenterUser',
      by({
        type: 'IdentityCenterUser',
        accountId: ACCOUNT,
        onBehalfOf: { userId: '544894e8-80c1-707f-60e3-3ba6510dfac1' },
        credentialId: 'EXAMPLEVHULjJdTUdPJfofVa1sufHDoj7aYcOYcxFVllWR_Whr1fEXAMPLE',
      }),
      { kind: 'identity-center', accountId: ACCOUNT },
    ],
  ])('%s', async (_type, record, actor) => {
    expect((await rowOf(record))?.actor).toMatchObject(actor ?? {});
  });
});
