/**
 * Calls that exist in both Auto Scaling and Application Auto Scaling; the latter always have a namespace (API
 * Reference).
 */
const SCALING = [
  'DeleteScheduledAction',
  'DescribeScalingActivities',
  'DescribeScheduledActions',
  'GetPredictiveScalingForecast',
  'PutScalingPolicy',
].map((name) => ({
  operations: `autoscaling:${name}`,
  actions: `application-autoscaling:${name}`,
  shownBy: 'ServiceNamespace',
  instead: `autoscaling:${name}`,
}));

/** Parameters according to the API reference of each service. */
export const PARAMETERS = [
  ...SCALING,
  {
    operations: 'lambda:CreateFunction lambda:UpdateFunctionConfiguration',
    actions: 'lambda:GetLayerVersion',
    shownBy: 'Layers',
  },
  {
    operations: 'lambda:CreateFunction lambda:UpdateFunctionConfiguration',
    actions: 'lambda:PassCapacityProvider',
    shownBy: 'CapacityProviderConfig',
  },
  {
    operations: 'secretsmanager:BatchGetSecretValue',
    actions: 'secretsmanager:ListSecrets',
    shownBy: 'Filters[Key]',
  },
  {
    operations: 'secretsmanager:CreateSecret',
    actions: 'secretsmanager:ReplicateSecretToRegions',
    shownBy: 'AddReplicaRegions[Region]',
  },
  { operations: 'sts:AssumeRole', actions: 'sts:TagSession', shownBy: 'Tags[Key] TransitiveTagKeys' },
  { operations: 'sts:AssumeRole', actions: 'sts:SetSourceIdentity', shownBy: 'SourceIdentity' },
  { operations: 'sts:AssumeRole', actions: 'sts:SetContext', shownBy: 'ProvidedContexts[ProviderArn]' },
  { operations: 'sns:CreateTopic', actions: 'sns:PutDataProtectionPolicy', shownBy: 'DataProtectionPolicy' },
  { operations: 'kms:CreateKey', actions: 'kms:PutKeyPolicy', shownBy: 'Policy' },
  {
    operations: 'states:CreateStateMachine states:UpdateStateMachine',
    actions: 'states:PublishStateMachineVersion',
    shownBy: 'publish',
  },
  {
    operations: 'cloudformation:UpdateStack',
    actions: 'cloudformation:SetStackPolicy',
    shownBy: 'StackPolicyBody StackPolicyURL StackPolicyDuringUpdateBody StackPolicyDuringUpdateURL',
  },
  { operations: 'dynamodb:CreateTable', actions: 'dynamodb:PutResourcePolicy', shownBy: 'ResourcePolicy' },
  {
    operations: 'ecr:CreateRepositoryCreationTemplate ecr:UpdateRepositoryCreationTemplate',
    actions: 'ecr:PutLifecyclePolicy',
    shownBy: 'lifecyclePolicy',
  },
  {
    operations: 'ecr:CreateRepositoryCreationTemplate ecr:UpdateRepositoryCreationTemplate',
    actions: 'ecr:SetRepositoryPolicy',
    shownBy: 'repositoryPolicy',
  },
  {
    operations: 'rds:DeleteDBInstance',
    actions: 'rds:CreateDBSnapshot',
    shownBy: 'FinalDBSnapshotIdentifier',
  },
  { operations: 'rds:StopDBInstance', actions: 'rds:CreateDBSnapshot', shownBy: 'DBSnapshotIdentifier' },
  {
    operations: 'rds:DeleteDBCluster',
    actions: 'rds:CreateDBClusterSnapshot',
    shownBy: 'FinalDBSnapshotIdentifier',
  },
  {
    operations: 'rds:DeleteDBInstance rds:DeleteDBCluster rds:DeleteTenantDatabase',
    actions: 'rds:AddTagsToResource',
    hidden: 'copied-tags',
    when: 'FinalDBSnapshotIdentifier',
  },
  {
    operations: 'rds:StopDBInstance',
    actions: 'rds:AddTagsToResource',
    hidden: 'copied-tags',
    when: 'DBSnapshotIdentifier',
  },
  {
    operations: 'redshift:DeleteCluster',
    actions: 'redshift:CreateClusterSnapshot',
    shownBy: 'FinalClusterSnapshotIdentifier',
  },
  {
    operations: 'elasticache:DeleteCacheCluster elasticache:DeleteReplicationGroup',
    actions: 'elasticache:CreateSnapshot',
    shownBy: 'FinalSnapshotIdentifier',
  },
  {
    operations: 'elasticache:DeleteServerlessCache',
    actions: 'elasticache:CreateServerlessCacheSnapshot',
    shownBy: 'FinalSnapshotName',
  },
  { operations: 'memorydb:DeleteCluster', actions: 'memorydb:CreateSnapshot', shownBy: 'FinalSnapshotName' },
  {
    operations: 's3tables:CreateTableBucket',
    actions: 's3tables:PutTableBucketEncryption',
    shownBy: 'encryptionConfiguration.sseAlgorithm',
  },
  {
    operations: 's3tables:CreateTable',
    actions: 's3tables:PutTableEncryption',
    shownBy: 'encryptionConfiguration.sseAlgorithm',
  },
  {
    operations: 's3tables:CreateTableBucket',
    actions: 's3tables:PutTableBucketStorageClass',
    shownBy: 'storageClassConfiguration.storageClass',
  },
  {
    operations: 's3tables:CreateTable',
    actions: 's3tables:PutTableStorageClass',
    shownBy: 'storageClassConfiguration.storageClass',
  },
  { operations: 'apigateway:CreateRestApi', actions: 'apigateway:UpdateRestApiPolicy', shownBy: 'policy' },
  {
    operations: 'logs:PutAccountPolicy',
    actions: 'logs:PutDataProtectionPolicy',
    shownBy: 'policyType~DATA_PROTECTION',
  },
  {
    operations: 'logs:PutAccountPolicy',
    actions: 'logs:PutSubscriptionFilter',
    shownBy: 'policyType~SUBSCRIPTION_FILTER',
  },
  { operations: 'logs:PutAccountPolicy', actions: 'logs:PutIndexPolicy', shownBy: 'policyType~FIELD_INDEX' },
  { operations: 'logs:PutAccountPolicy', actions: 'logs:PutTransformer', shownBy: 'policyType~TRANSFORMER' },
  {
    operations: 'sqs:StartMessageMoveTask',
    actions: 'sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes sqs:SendMessage',
    shownBy: 'SourceArn',
  },
  {
    operations: 'cloudfront:CopyDistribution',
    actions: 'cloudfront:CreateDistribution cloudfront:GetDistribution',
    shownBy: 'PrimaryDistributionId',
  },
  {
    operations: 'cloudfront:UpdateDistributionWithStagingConfig',
    actions: 'cloudfront:GetDistribution',
    shownBy: 'StagingDistributionId',
  },
  // Headers of Bedrock runtime calls are not in events (Amazon Bedrock User Guide, "Monitor API calls using
  // CloudTrail").
  {
    operations:
      'bedrock:Converse bedrock:ConverseStream bedrock:InvokeModel bedrock:InvokeModelWithResponseStream',
    actions: 'bedrock:ApplyGuardrail',
    hidden: 'parameter',
  },
];
