/**
 * API operations whose name is not the IAM action's, by IAM prefix: event name → actions. A list is `all` of them;
 * `{any}` is one or more of them, which one the record does not tell; `{first}` is the first, and in rarer cases another. Source: Service Authorization Reference, "Actions
 * defined by …", and AWS's API references. Names are compared without case; targets the action list lacks are ignored.
 */
export type Target =
  readonly string[] | { readonly any: readonly string[] } | { readonly first: readonly string[] };

const S3_CONFIGURATIONS = ['Analytics', 'Inventory', 'Metrics', 'IntelligentTiering'].flatMap(
  (kind): [string, Target][] => [
    [`GetBucket${kind}Configuration`, [`Get${kind}Configuration`]],
    [`ListBucket${kind}Configurations`, [`Get${kind}Configuration`]],
    [`PutBucket${kind}Configuration`, [`Put${kind}Configuration`]],
    [`DeleteBucket${kind}Configuration`, [`Put${kind}Configuration`]],
  ],
);

const PARTIQL: Target = { any: ['PartiQLSelect', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'] };

export const EVENTS: Readonly<Record<string, readonly (readonly [string, Target])[]>> = {
  s3: [
    ['ListBuckets', ['ListAllMyBuckets']],
    ['HeadBucket', ['ListBucket']],
    ['ListObjects', ['ListBucket']],
    ['ListObjectsV2', ['ListBucket']],
    ['ListObjectVersions', ['ListBucketVersions']],
    ['ListMultipartUploads', ['ListBucketMultipartUploads']],
    ['ListParts', ['ListMultipartUploadParts']],
    ['HeadObject', { first: ['GetObject', 'GetObjectVersion'] }],
    ['GetObject', { first: ['GetObject', 'GetObjectVersion'] }],
    ['CreateMultipartUpload', ['PutObject']],
    ['UploadPart', ['PutObject']],
    ['CompleteMultipartUpload', ['PutObject']],
    ['CopyObject', ['PutObject', 'GetObject']],
    ['UploadPartCopy', ['PutObject', 'GetObject']],
    ['DeleteObject', { first: ['DeleteObject', 'DeleteObjectVersion'] }],
    ['DeleteObjects', { first: ['DeleteObject', 'DeleteObjectVersion'] }],
    ['SelectObjectContent', ['GetObject']],
    ['PostObject', ['PutObject']],
    ['GetBucketEncryption', ['GetEncryptionConfiguration']],
    ['PutBucketEncryption', ['PutEncryptionConfiguration']],
    ['DeleteBucketEncryption', ['PutEncryptionConfiguration']],
    ['GetBucketLifecycle', ['GetLifecycleConfiguration']],
    ['GetBucketLifecycleConfiguration', ['GetLifecycleConfiguration']],
    ['PutBucketLifecycle', ['PutLifecycleConfiguration']],
    ['PutBucketLifecycleConfiguration', ['PutLifecycleConfiguration']],
    ['DeleteBucketLifecycle', ['PutLifecycleConfiguration']],
    ['GetBucketReplication', ['GetReplicationConfiguration']],
    ['PutBucketReplication', ['PutReplicationConfiguration']],
    ['DeleteBucketLifecycleConfiguration', ['PutLifecycleConfiguration']],
    ['DeleteBucketReplication', ['PutReplicationConfiguration']],
    ['GetBucketAccelerateConfiguration', ['GetAccelerateConfiguration']],
    ['PutBucketAccelerateConfiguration', ['PutAccelerateConfiguration']],
    ...S3_CONFIGURATIONS,
    ['GetBucketNotificationConfiguration', ['GetBucketNotification']],
    ['PutBucketNotificationConfiguration', ['PutBucketNotification']],
    ['GetBucketCors', ['GetBucketCORS']],
    ['PutBucketCors', ['PutBucketCORS']],
    ['DeleteBucketCors', ['PutBucketCORS']],
    ['DeleteBucketTagging', ['PutBucketTagging']],
    ['GetPublicAccessBlock', { any: ['GetBucketPublicAccessBlock', 'GetAccountPublicAccessBlock'] }],
    ['PutPublicAccessBlock', { any: ['PutBucketPublicAccessBlock', 'PutAccountPublicAccessBlock'] }],
    ['DeletePublicAccessBlock', { any: ['PutBucketPublicAccessBlock', 'PutAccountPublicAccessBlock'] }],
    ['DeleteBucketPublicAccessBlock', ['PutBucketPublicAccessBlock']],
    ['DeleteAccountPublicAccessBlock', ['PutAccountPublicAccessBlock']],
    ['GetObjectLockConfiguration', ['GetBucketObjectLockConfiguration']],
    ['PutObjectLockConfiguration', ['PutBucketObjectLockConfiguration']],
    ['DeleteBucketOwnershipControls', ['PutBucketOwnershipControls']],
    ['GetBucketAccessControlPolicy', ['GetBucketAcl']],
    ['SetBucketAccessControlPolicy', ['PutBucketAcl']],
    ['GetBucketLoggingStatus', ['GetBucketLogging']],
    ['SetBucketLoggingStatus', ['PutBucketLogging']],
  ],
  lambda: [
    ['Invoke', ['InvokeFunction']],
    ['InvokeAsync', { any: ['InvokeAsync', 'InvokeFunction'] }],
    ['InvokeWithResponseStream', ['InvokeFunction']],
    ['GetLayerVersionByArn', ['GetLayerVersion']],
  ],
  kms: [['ReEncrypt', ['ReEncryptFrom', 'ReEncryptTo']]],
  dynamodb: [
    ['ExecuteStatement', PARTIQL],
    ['BatchExecuteStatement', PARTIQL],
    ['ExecuteTransaction', PARTIQL],
    ['TransactGetItems', ['GetItem']],
    ['TransactWriteItems', { any: ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] }],
  ],
  glue: [
    ['BatchUpdatePartition', { any: ['BatchUpdatePartition', 'UpdatePartition'] }],
    ['CreatePartitionIndex', { any: ['CreatePartitionIndex', 'UpdateTable'] }],
    ['DeletePartitionIndex', { any: ['DeletePartitionIndex', 'UpdateTable'] }],
    ['GetPartitionIndexes', { any: ['GetPartitionIndexes', 'GetTable'] }],
    ['GetColumnStatisticsForTable', { any: ['GetColumnStatisticsForTable', 'GetTable'] }],
    ['UpdateColumnStatisticsForTable', { any: ['UpdateColumnStatisticsForTable', 'UpdateTable'] }],
    ['DeleteColumnStatisticsForTable', { any: ['DeleteColumnStatisticsForTable', 'UpdateTable'] }],
    ['GetColumnStatisticsForPartition', { any: ['GetColumnStatisticsForPartition', 'GetPartition'] }],
    [
      'UpdateColumnStatisticsForPartition',
      { any: ['UpdateColumnStatisticsForPartition', 'UpdatePartition'] },
    ],
    [
      'DeleteColumnStatisticsForPartition',
      { any: ['DeleteColumnStatisticsForPartition', 'UpdatePartition'] },
    ],
  ],
  sqs: [
    ['SendMessageBatch', ['SendMessage']],
    ['DeleteMessageBatch', ['DeleteMessage']],
    ['ChangeMessageVisibilityBatch', ['ChangeMessageVisibility']],
  ],
  sns: [['PublishBatch', ['Publish']]],
  timestream: [['Query', ['Select']]],
  mediapackage: [['ConfigureLogs', { any: ['ConfigureLogs', 'UpdateChannel'] }]],
  bedrock: [
    ['Converse', ['InvokeModel']],
    ['ConverseStream', ['InvokeModelWithResponseStream']],
    ['InvokeModelWithBidirectionalStream', ['InvokeModel']],
    ['StartAsyncInvoke', ['InvokeModel']],
  ],
  cloudfront: [['CreateDistributionWithTags', ['CreateDistribution', 'TagResource']]],
  dms: [
    ['DescribeDataProviders', ['ListDataProviders']],
    ['DescribeExtensionPackAssociations', ['ListExtensionPacks']],
    ['DescribeInstanceProfiles', ['ListInstanceProfiles']],
    ['DescribeMetadataModelAssessments', ['ListMetadataModelAssessments']],
    ['DescribeMetadataModelConversions', ['ListMetadataModelConversions']],
    ['DescribeMetadataModelExportsAsScript', ['ListMetadataModelExports']],
    ['DescribeMetadataModelExportsToTarget', ['ListMetadataModelExports']],
    ['DescribeMigrationProjects', ['ListMigrationProjects']],
  ],
  quicksight: [
    ['DescribeAnalysisDefinition', ['DescribeAnalysis']],
    ['DescribeDashboardDefinition', ['DescribeDashboard']],
    ['DescribeTemplateDefinition', ['DescribeTemplate']],
  ],
  's3-outposts': [
    ['CompleteMultipartUpload', ['PutObject']],
    ['CopyObject', ['PutObject', 'GetObject']],
    ['CreateMultipartUpload', ['PutObject']],
    ['DeleteObjects', ['DeleteObject']],
    ['HeadObject', ['GetObject']],
    ['ListMultipartUploads', ['ListBucketMultipartUploads']],
    ['ListObjects', ['ListBucket']],
    ['ListObjectsV2', ['ListBucket']],
    ['ListParts', ['ListMultipartUploadParts']],
    ['UploadPart', ['PutObject']],
    ['UploadPartCopy', ['PutObject', 'GetObject']],
  ],
  // A directory bucket's object calls are authorized by the session (Amazon S3 User Guide, "CreateSession").
  s3express: [
    'AbortMultipartUpload',
    'CompleteMultipartUpload',
    'CopyObject',
    'CreateMultipartUpload',
    'DeleteObject',
    'DeleteObjects',
    'GetObject',
    'GetObjectAttributes',
    'HeadBucket',
    'HeadObject',
    'ListMultipartUploads',
    'ListObjectsV2',
    'ListParts',
    'PutObject',
    'UploadPart',
    'UploadPartCopy',
  ].map((name): [string, Target] => [name, ['CreateSession']]),
  verifiedpermissions: [
    ['BatchIsAuthorized', ['IsAuthorized']],
    ['BatchIsAuthorizedWithToken', ['IsAuthorizedWithToken']],
  ],
};

/** Whole services whose calls need only a few actions, by the event name's first verb. */
export const VERBS: ReadonlyMap<string, readonly (readonly [RegExp, string])[]> = new Map([
  [
    'apigateway',
    [
      [/^(Get|List|Export)/i, 'GET'],
      [/^(Create|Import|Generate|Test|Flush|TestInvoke)/i, 'POST'],
      [/^Put/i, 'PUT'],
      [/^(Update|Reimport)/i, 'PATCH'],
      [/^(Delete|Reset)/i, 'DELETE'],
      [/^Tag/i, 'PUT'],
      [/^Untag/i, 'DELETE'],
    ],
  ],
  [
    'budgets',
    [
      [/^Describe/i, 'ViewBudget'],
      [/^(Create|Update|Delete)/i, 'ModifyBudget'],
    ],
  ],
  [
    'cassandra',
    [
      [/^(Get|List)/i, 'Select'],
      [/^Create/i, 'Create'],
      [/^Update/i, 'Alter'],
      [/^Delete/i, 'Drop'],
      [/^Restore/i, 'Restore'],
    ],
  ],
] satisfies [string, [RegExp, string][]][]);

/** Events that need no IAM permission, with the reason; sign-in sources are matched whole. */
export const NO_PERMISSION_SOURCES: ReadonlyMap<string, string> = new Map([
  ['signin', 'sign-in to the console'],
  ['portal.sso', 'sign-in through IAM Identity Center'],
]);

export const NO_PERMISSION: ReadonlyMap<string, string> = new Map([
  ['sts:getcalleridentity', 'allowed to everyone (AWS STS API reference: GetCallerIdentity)'],
  ['sts:getsessiontoken', 'allowed to every user (AWS STS API reference: GetSessionToken)'],
  ['sso:authenticate', 'sign-in through IAM Identity Center'],
  ['sso:federate', 'sign-in through IAM Identity Center'],
  ['sso:getrolecredentials', 'authorized by an IAM Identity Center token'],
  ['sso:listaccountroles', 'authorized by an IAM Identity Center token'],
  ['sso:listaccounts', 'authorized by an IAM Identity Center token'],
  ['sso:logout', 'authorized by an IAM Identity Center token'],
  ['sso-oauth:createtoken', 'sign-in through IAM Identity Center'],
  ['sso-oauth:registerclient', 'sign-in through IAM Identity Center'],
  ['sso-oauth:startdeviceauthorization', 'sign-in through IAM Identity Center'],
  ['secretsmanager:startsecretversiondelete', 'made by Secrets Manager itself'],
  ['secretsmanager:endsecretversiondelete', 'made by Secrets Manager itself'],
  ['ec2:sharedsnapshotvolumecreated', 'made by Amazon EBS itself'],
]);
