import { ESCALATION_METHODS, type EscalationMethod } from './escalation-methods.js';

interface RiskWords {
  readonly title: string;
  /** In the tables of an account. */
  readonly short: string;
  /** For readers who never saw AWS. */
  readonly meaning: string;
}
/** All actions of a method must be granted; of a list, one. */
type RiskDefinition = RiskWords &
  ({ readonly methods: readonly EscalationMethod[] } | { readonly actions: readonly string[] });

const riskTable = <Tag extends string>(table: Readonly<Record<Tag, RiskDefinition>>) => table;

/**
 * Ways in which granted actions can hurt, by tag, most dangerous first. Lists of actions: AWS Service Authorization Reference, by
 * what the reference says that each action does; the categories are those that Cloudsplaining's glossary publishes. The lists are
 * our own, and not all.
 */
export const RISKS = riskTable({
  'privilege-escalation': {
    title: 'Privilege escalation',
    short: 'escalation',
    meaning:
      'Together, these actions let a principal extend its own permissions, up to those of an administrator.',
    methods: ESCALATION_METHODS,
  },
  'credential-exposure': {
    title: 'Credential exposure',
    short: 'credentials',
    meaning: 'These actions return passwords, keys or tokens that someone else can use to sign in.',
    actions: [
      'codeartifact:GetAuthorizationToken',
      'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
      'ec2:GetPasswordData',
      'ecr:GetAuthorizationToken',
      'iam:CreateAccessKey',
      'iam:CreateLoginProfile',
      'iam:CreateServiceSpecificCredential',
      'iam:ResetServiceSpecificCredential',
      'iam:UpdateLoginProfile',
      'lightsail:DownloadDefaultKeyPair',
      'lightsail:GetInstanceAccessDetails',
      'rds-db:connect',
      'redshift:GetClusterCredentials',
      'sts:AssumeRole',
      'sts:GetFederationToken',
    ],
  },
  'data-exfiltration': {
    title: 'Data exfiltration',
    short: 'data',
    meaning: 'These actions read stored data or copy it elsewhere.',
    actions: [
      'athena:GetQueryResults',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'ebs:GetSnapshotBlock',
      'rds:DownloadDBLogFilePortion',
      's3:GetObject',
      'secretsmanager:GetSecretValue',
      'sqs:ReceiveMessage',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:GetParametersByPath',
    ],
  },
  'resource-exposure': {
    title: 'Resource exposure',
    short: 'exposure',
    meaning: 'These actions change who can access a resource, up to other accounts or everyone.',
    actions: [
      'ec2:ModifyImageAttribute',
      'ec2:ModifySnapshotAttribute',
      'ecr:SetRepositoryPolicy',
      'es:UpdateDomainConfig',
      'kms:CreateGrant',
      'kms:PutKeyPolicy',
      'lambda:AddLayerVersionPermission',
      'lambda:AddPermission',
      'ram:CreateResourceShare',
      'rds:ModifyDBSnapshotAttribute',
      's3:PutBucketAcl',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutObjectAcl',
      'secretsmanager:PutResourcePolicy',
      'sns:AddPermission',
      'sqs:AddPermission',
      'sqs:SetQueueAttributes',
    ],
  },
  'infrastructure-modification': {
    title: 'Infrastructure modification',
    short: 'infrastructure',
    meaning: 'These actions create, change or delete the infrastructure that workloads run on.',
    actions: [
      'cloudformation:DeleteStack',
      'cloudformation:UpdateStack',
      'cloudtrail:DeleteTrail',
      'cloudtrail:StopLogging',
      'dynamodb:DeleteTable',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:CreateRoute',
      'ec2:DeleteSnapshot',
      'ec2:DeleteVolume',
      'ec2:DeleteVpc',
      'ec2:RunInstances',
      'ec2:TerminateInstances',
      'ecs:DeleteService',
      'eks:DeleteCluster',
      'kms:ScheduleKeyDeletion',
      'lambda:DeleteFunction',
      'rds:DeleteDBCluster',
      'rds:DeleteDBInstance',
      'route53:ChangeResourceRecordSets',
      's3:DeleteBucket',
    ],
  },
});

export type RiskTag = keyof typeof RISKS;
/** Most dangerous first. */
export const RISK_TAGS = Object.keys(RISKS) as RiskTag[];
