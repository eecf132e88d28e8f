import {
  allow,
  aws,
  date,
  details,
  document,
  inline,
  own,
  policyDetail,
  roleDetail,
  saml,
  service,
  trust,
  userDetail,
} from './details.mjs';
import { ACCOUNTS, BACKUP, DEMO, STAGING, people as p } from './people.mjs';
import { stream } from './random.mjs';

function demo() {
  const bucket = 'arn:aws:s3:::example-shop-assets';
  const users = [
    userDetail(p.alice, {
      managed: [aws('SecurityAudit')],
      policies: [inline('assume-admin', allow('sts:AssumeRole', p.admin.arn))],
      tagged: { team: 'security' },
    }),
    userDetail(p.bob, { managed: [aws('AmazonEC2FullAccess'), aws('AmazonS3ReadOnlyAccess')] }),
    userDetail(p.charlie, {
      managed: [aws('IAMReadOnlyAccess')],
      policies: [inline('assume-admin', allow('sts:AssumeRole', [p.admin.arn, p.backupAdmin.arn]))],
      tagged: { team: 'platform' },
    }),
    userDetail(p.dana, { groups: ['engineers'], tagged: { team: 'shop' } }),
    userDetail(p.erin, { groups: ['engineers'], tagged: { team: 'shop' } }),
    userDetail(p.frank, {
      managed: [aws('PowerUserAccess')],
      boundary: own(DEMO, 'ContractorBoundary').PolicyArn,
      tagged: { team: 'contractors' },
    }),
  ];
  const groups = [
    {
      Path: '/',
      GroupName: 'engineers',
      GroupId: stream('group engineers').iamId('AGPA'),
      Arn: `arn:aws:iam::${DEMO}:group/engineers`,
      CreateDate: date('2021-02-01T10:00:00Z'),
      GroupPolicyList: [
        inline(
          'shop-assets',
          allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${bucket}/*`),
          allow('s3:ListBucket', bucket),
        ),
      ],
      AttachedManagedPolicies: [own(DEMO, 'ShopDevelopment')],
    },
  ];
  const roles = [
    roleDetail(p.admin, trust({ AWS: `arn:aws:iam::${DEMO}:root` }), {
      managed: [aws('AdministratorAccess')],
      lastUsed: '2026-09-24T14:08:00Z',
    }),
    roleDetail(
      p.githubDeploy,
      trust(
        { Federated: `arn:aws:iam::${DEMO}:oidc-provider/token.actions.githubusercontent.com` },
        'sts:AssumeRoleWithWebIdentity',
        {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:example/shop:*' },
        },
      ),
      {
        policies: [
          inline(
            'deploy-shop',
            allow(['cloudformation:*', 'ecs:*', 'ecr:*', 'lambda:*']),
            allow(['s3:*'], [bucket, `${bucket}/*`]),
            allow('iam:PassRole', [p.orders.arn, p.webServer.arn]),
            allow('sts:AssumeRole', p.deploy.arn),
          ),
        ],
        lastUsed: '2026-09-30T15:31:00Z',
      },
    ),
    roleDetail(p.webServer, service('ec2'), {
      managed: [aws('AmazonSSMManagedInstanceCore')],
      policies: [
        inline(
          'shop-runtime',
          allow(['s3:GetObject', 's3:ListBucket'], [bucket, `${bucket}/*`]),
          allow(['sqs:SendMessage', 'sqs:GetQueueUrl'], `arn:aws:sqs:us-east-1:${DEMO}:orders`),
          allow(['secretsmanager:GetSecretValue', 'kms:Decrypt']),
        ),
      ],
      profile: true,
      lastUsed: '2026-09-30T21:15:00Z',
    }),
    roleDetail(p.orders, service('lambda'), {
      managed: [aws('service-role/AWSLambdaBasicExecutionRole')],
      policies: [
        inline(
          'orders',
          allow('dynamodb:*', `arn:aws:dynamodb:us-east-1:${DEMO}:table/orders`),
          allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], `arn:aws:sqs:us-east-1:${DEMO}:orders`),
          allow('sns:Publish', `arn:aws:sns:us-east-1:${DEMO}:order-confirmed`),
        ),
      ],
      lastUsed: '2026-09-30T20:48:00Z',
    }),
    roleDetail(p.powerUser, saml(DEMO), {
      managed: [aws('PowerUserAccess')],
      lastUsed: '2026-09-30T16:02:00Z',
    }),
    roleDetail(p.autoScaling, service('autoscaling'), {
      managed: [aws('aws-service-role/AutoScalingServiceRolePolicy')],
      lastUsed: '2026-09-29T03:00:00Z',
    }),
    roleDetail(p.reporting, trust({ AWS: `arn:aws:iam::${DEMO}:root` }), {
      managed: [aws('AmazonS3ReadOnlyAccess')],
      policies: [
        inline('reports', allow(['athena:*', 'glue:Get*']), {
          Effect: 'Deny',
          Action: 'athena:DeleteWorkGroup',
          Resource: '*',
        }),
      ],
    }),
  ];
  const policies = [
    policyDetail(
      'ShopDevelopment',
      own(DEMO, 'ShopDevelopment').PolicyArn,
      '/',
      '2021-02-01T10:05:00Z',
      [
        document(allow('*')),
        document(
          allow(['cloudwatch:Get*', 'cloudwatch:List*', 'cloudwatch:Describe*', 'logs:*']),
          allow(['dynamodb:*', 'lambda:*', 'sqs:*']),
          allow('ec2:Describe*'),
          { Effect: 'Deny', Action: ['dynamodb:DeleteTable', 'lambda:DeleteFunction'], Resource: '*' },
        ),
      ],
      1,
    ),
    policyDetail(
      'ContractorBoundary',
      own(DEMO, 'ContractorBoundary').PolicyArn,
      '/',
      '2022-06-17T13:00:00Z',
      [document(allow(['ec2:*', 'cloudwatch:*', 'logs:*', 's3:*', 'ssm:*']))],
      0,
    ),
  ];
  return details(users, groups, roles, policies);
}

function backup() {
  const users = [
    userDetail(p.restoreTest, {
      policies: [
        inline(
          'restore-test',
          allow(['backup:Describe*', 'backup:List*', 'backup:StartRestoreJob', 'rds:Describe*']),
        ),
      ],
    }),
  ];
  const roles = [
    roleDetail(p.backupAdmin, trust({ AWS: p.charlie.arn }), {
      managed: [aws('AdministratorAccess')],
      lastUsed: '2026-09-15T09:31:00Z',
    }),
    roleDetail(p.backupRunner, service('backup'), {
      managed: [aws('service-role/AWSBackupServiceRolePolicyForBackup')],
      lastUsed: '2026-09-30T02:12:00Z',
    }),
    roleDetail(p.vaultAuditor, trust({ AWS: [`arn:aws:iam::${DEMO}:root`, p.alice.arn] }), {
      managed: [aws('SecurityAudit')],
    }),
    // IAM says that this role was used in September, in a Region whose trail is not among the files.
    roleDetail(p.nightlyExport, service('glue'), {
      managed: [aws('AmazonS3ReadOnlyAccess')],
      lastUsed: '2026-09-18T01:04:00Z',
    }),
  ];
  return details(users, [], roles);
}

function staging() {
  const users = [userDetail(p.loadTester, { managed: [aws('AmazonEC2FullAccess')] })];
  const roles = [
    roleDetail(p.deploy, trust({ AWS: [p.admin.arn, p.githubDeploy.arn] }), {
      policies: [
        inline('deploy', allow(['cloudformation:*', 'ecs:*', 'ecr:Get*', 'lambda:*', 'iam:PassRole'])),
      ],
      lastUsed: '2026-09-30T15:33:00Z',
    }),
    roleDetail(p.stagingWeb, service('ec2'), {
      managed: [aws('AmazonSSMManagedInstanceCore')],
      profile: true,
      lastUsed: '2026-09-30T20:10:00Z',
    }),
    roleDetail(p.stagingDeveloper, saml(STAGING), {
      policies: [
        inline('AwsSSOInlinePolicy', {
          Effect: 'Allow',
          NotAction: ['iam:*', 'organizations:*', 'kms:*'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
        }),
      ],
      lastUsed: '2026-09-29T13:45:00Z',
    }),
  ];
  return details(users, [], roles);
}

/** @returns {{ path: string, content: Buffer }[]} the output of get-account-authorization-details per account */
export function accountFiles() {
  const files = { [DEMO]: demo(), [BACKUP]: backup(), [STAGING]: staging() };
  return Object.entries(files).map(([id, content]) => ({
    path: `iam/${ACCOUNTS[id]}.json`,
    content: Buffer.from(`${JSON.stringify(content, null, 4)}\n`),
  }));
}
