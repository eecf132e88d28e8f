// AWS managed policies, shortened to what the demo needs, in AWS's wording.

const statement = (/** @type {string[]} */ actions) => ({ Effect: 'Allow', Action: actions, Resource: '*' });

const describeListGet = {
  acm: ['Describe*', 'List*'],
  apigateway: ['GET'],
  'application-autoscaling': ['Describe*'],
  athena: ['GetWorkGroup', 'List*'],
  autoscaling: ['Describe*'],
  backup: ['GetBackupPlan', 'GetBackupVaultAccessPolicy', 'ListBackupPlans', 'ListBackupVaults', 'ListTags'],
  cloudformation: ['Describe*', 'GetStackPolicy', 'GetTemplate', 'List*'],
  cloudfront: ['Get*', 'List*'],
  cloudtrail: ['DescribeTrails', 'GetEventSelectors', 'GetTrailStatus', 'ListTags', 'LookupEvents'],
  cloudwatch: ['Describe*', 'GetDashboard', 'ListDashboards', 'ListTagsForResource'],
  codebuild: ['BatchGetProjects', 'List*'],
  config: ['BatchGetResourceConfig', 'Deliver*', 'Describe*', 'Get*', 'List*'],
  dynamodb: ['DescribeContinuousBackups', 'DescribeTable', 'ListBackups', 'ListTables', 'ListTagsOfResource'],
  ec2: ['Describe*', 'GetEbsEncryptionByDefault', 'GetManagedPrefixListEntries'],
  ecr: ['DescribeImages', 'DescribeRepositories', 'GetRepositoryPolicy', 'ListImages'],
  ecs: ['Describe*', 'List*'],
  eks: ['DescribeCluster', 'DescribeNodegroup', 'ListClusters', 'ListNodegroups'],
  elasticfilesystem: ['DescribeFileSystems', 'DescribeFileSystemPolicy', 'DescribeMountTargets'],
  elasticloadbalancing: ['Describe*'],
  events: ['Describe*', 'List*', 'TestEventPattern'],
  guardduty: ['DescribePublishingDestination', 'Get*', 'List*'],
  iam: [
    'GenerateCredentialReport',
    'GenerateServiceLastAccessedDetails',
    'Get*',
    'List*',
    'SimulatePrincipalPolicy',
  ],
  kms: ['Describe*', 'GetKeyPolicy', 'GetKeyRotationStatus', 'List*'],
  lambda: ['GetAccountSettings', 'GetFunctionConfiguration', 'GetPolicy', 'List*'],
  logs: ['Describe*', 'ListTagsLogGroup'],
  organizations: ['Describe*', 'List*'],
  rds: ['Describe*', 'DownloadDBLogFilePortion', 'ListTagsForResource'],
  redshift: ['Describe*'],
  route53: ['Get*', 'List*'],
  s3: [
    'GetAccountPublicAccessBlock',
    'GetBucket*',
    'GetEncryptionConfiguration',
    'GetLifecycleConfiguration',
    'GetReplicationConfiguration',
    'ListAllMyBuckets',
    'ListBucket',
  ],
  secretsmanager: ['GetResourcePolicy', 'ListSecrets', 'ListSecretVersionIds'],
  securityhub: ['Describe*', 'Get*', 'List*'],
  sns: ['GetTopicAttributes', 'ListSubscriptions', 'ListTopics'],
  sqs: ['GetQueueAttributes', 'ListQueues', 'ListQueueTags'],
  ssm: ['Describe*', 'GetDocument', 'ListDocuments'],
  sts: ['GetAccessKeyInfo'],
  'waf-regional': ['GetWebACL', 'ListWebACLs'],
};

/** Name (with path, if any) -> statements. */
export const awsManaged = {
  AdministratorAccess: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  SecurityAudit: [
    {
      Sid: 'BaseSecurityAuditStatement',
      ...statement(
        Object.entries(describeListGet).flatMap(([service, actions]) =>
          actions.map((a) => `${service}:${a}`),
        ),
      ),
    },
  ],
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    statement(['iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles']),
  ],
  IAMReadOnlyAccess: [
    statement(['iam:GenerateCredentialReport', 'iam:Get*', 'iam:List*', 'iam:SimulateCustomPolicy']),
  ],
  AmazonS3ReadOnlyAccess: [
    statement(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*']),
  ],
  AmazonEC2FullAccess: [
    statement(['ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*']),
    {
      ...statement(['iam:CreateServiceLinkedRole']),
      Condition: {
        StringEquals: { 'iam:AWSServiceName': ['autoscaling.amazonaws.com', 'spot.amazonaws.com'] },
      },
    },
  ],
  AmazonSSMManagedInstanceCore: [
    statement([
      'ssm:DescribeAssociation',
      'ssm:GetDeployablePatchSnapshotForInstance',
      'ssm:GetDocument',
      'ssm:DescribeDocument',
      'ssm:GetManifest',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:ListAssociations',
      'ssm:ListInstanceAssociations',
      'ssm:PutInventory',
      'ssm:PutComplianceItems',
      'ssm:UpdateAssociationStatus',
      'ssm:UpdateInstanceAssociationStatus',
      'ssm:UpdateInstanceInformation',
    ]),
    statement([
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
    ]),
    statement(['ec2messages:AcknowledgeMessage', 'ec2messages:GetMessages', 'ec2messages:SendReply']),
  ],
  'service-role/AWSLambdaBasicExecutionRole': [
    statement(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  ],
  'service-role/AWSBackupServiceRolePolicyForBackup': [
    statement([
      'dynamodb:CreateBackup',
      'dynamodb:DescribeTable',
      'ec2:CreateSnapshot',
      'ec2:CreateTags',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'rds:CreateDBSnapshot',
      'rds:DescribeDBInstances',
      'tag:GetResources',
    ]),
  ],
  'aws-service-role/AutoScalingServiceRolePolicy': [
    statement([
      'cloudwatch:DeleteAlarms',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:PutMetricAlarm',
      'ec2:CreateLaunchTemplate',
      'ec2:CreateTags',
      'ec2:DescribeInstances',
      'ec2:DescribeSubnets',
      'ec2:RunInstances',
      'ec2:TerminateInstances',
      'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:Describe*',
      'elasticloadbalancing:RegisterTargets',
    ]),
  ],
};
