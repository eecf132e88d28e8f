/**
 * API operations whose name is not the IAM action's, by IAM prefix: event name → actions. A list is `all` of them;
 * `{any}` is one or more of them, which one the record does not tell. Source: Service Authorization Reference, "Actions
 * defined by …", and AWS's API references. Names are compared without case; targets the action list lacks are ignored.
 */
export type Target = readonly string[] | { readonly any: readonly string[] };

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
    ['HeadObject', { any: ['GetObject', 'GetObjectVersion'] }],
    ['GetObject', { any: ['GetObject', 'GetObjectVersion'] }],
    ['CreateMultipartUpload', ['PutObject']],
    ['UploadPart', ['PutObject']],
    ['CompleteMultipartUpload', ['PutObject']],
    ['CopyObject', ['PutObject', 'GetObject']],
    ['UploadPartCopy', ['PutObject', 'GetObject']],
    ['DeleteObject', { any: ['DeleteObject', 'DeleteObjectVersion'] }],
    ['DeleteObjects', { any: ['DeleteObject', 'DeleteObjectVersion'] }],
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
    ['GetPublicAccessBlock', ['GetBucketPublicAccessBlock']],
    ['PutPublicAccessBlock', ['PutBucketPublicAccessBlock']],
    ['DeletePublicAccessBlock', ['PutBucketPublicAccessBlock']],
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
    ['InvokeAsync', ['InvokeFunction']],
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
    ['BatchUpdatePartition', ['UpdatePartition']],
    ['CreatePartitionIndex', ['UpdateTable']],
    ['DeletePartitionIndex', ['UpdateTable']],
    ['GetPartitionIndexes', ['GetTable']],
    ['GetColumnStatisticsForTable', ['GetTable']],
    ['UpdateColumnStatisticsForTable', ['UpdateTable']],
    ['DeleteColumnStatisticsForTable', ['UpdateTable']],
    ['GetColumnStatisticsForPartition', ['GetPartition']],
    ['UpdateColumnStatisticsForPartition', ['UpdatePartition']],
    ['DeleteColumnStatisticsForPartition', ['UpdatePartition']],
  ],
  sqs: [
    ['SendMessageBatch', ['SendMessage']],
    ['DeleteMessageBatch', ['DeleteMessage']],
    ['ChangeMessageVisibilityBatch', ['ChangeMessageVisibility']],
  ],
  sns: [['PublishBatch', ['Publish']]],
  timestream: [['Query', ['Select']]],
  mediapackage: [['ConfigureLogs', ['UpdateChannel']]],
  cloudformation: [
    ['GetResource', ['GetResource']],
    ['ListResources', ['ListResources']],
  ],
};

/** Whole services whose calls need only a few actions, by the event name's first verb. */
export const VERBS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  apigateway: [
    [/^(Get|List|Export)/i, 'GET'],
    [/^(Create|Import|Generate|Test|Flush|TestInvoke)/i, 'POST'],
    [/^Put/i, 'PUT'],
    [/^(Update|Reimport)/i, 'PATCH'],
    [/^(Delete|Reset)/i, 'DELETE'],
    [/^Tag/i, 'PUT'],
    [/^Untag/i, 'DELETE'],
  ],
  budgets: [
    [/^Describe/i, 'ViewBudget'],
    [/^(Create|Update|Delete)/i, 'ModifyBudget'],
  ],
};

/** Events that need no IAM permission, with the reason; sign-in sources are matched whole. */
export const NO_PERMISSION_SOURCES: ReadonlyMap<string, string> = new Map([
  ['signin', 'sign-in to the console'],
  ['portal.sso', 'sign-in through IAM Identity Center'],
]);

export const NO_PERMISSION: ReadonlyMap<string, string> = new Map([
  ['sts:getcalleridentity', 'allowed to everyone (AWS STS API reference: GetCallerIdentity)'],
  ['sts:getsessiontoken', 'allowed to every user (AWS STS API reference: GetSessionToken)'],
  ['secretsmanager:startsecretversiondelete', 'made by Secrets Manager itself'],
  ['secretsmanager:endsecretversiondelete', 'made by Secrets Manager itself'],
  ['ec2:sharedsnapshotvolumecreated', 'made by Amazon EBS itself'],
]);
