const ACL =
  'x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp x-amz-grant-write x-amz-grant-write-acp';
const S3_WRITES = 's3:PutObject s3:CopyObject s3:CreateMultipartUpload';
const VERSION = 'versionId';
const SOURCE_VERSION = 'x-amz-copy-source~versionId=';

/**
 * Amazon S3 API reference, "Permissions" of each operation. Parameters are headers and query strings, as CloudTrail
 * writes them (Amazon S3 User Guide, "CloudTrail log file entries").
 */
export const S3 = [
  { operations: S3_WRITES, actions: 's3:PutObjectAcl', shownBy: `x-amz-acl ${ACL}` },
  { operations: S3_WRITES, actions: 's3:PutObjectTagging', shownBy: 'x-amz-tagging' },
  { operations: 's3:CopyObject', actions: 's3:PutObjectTagging', hidden: 'copied-tags' },
  {
    operations: S3_WRITES,
    actions: 's3:PutObjectRetention',
    shownBy: 'x-amz-object-lock-mode x-amz-object-lock-retain-until-date',
  },
  { operations: S3_WRITES, actions: 's3:PutObjectLegalHold', shownBy: 'x-amz-object-lock-legal-hold' },
  { operations: 's3:CreateBucket', actions: 's3:PutBucketAcl', shownBy: `x-amz-acl!=private ${ACL}` },
  {
    operations: 's3:CreateBucket',
    actions: 's3:PutBucketObjectLockConfiguration s3:PutBucketVersioning',
    shownBy: 'x-amz-bucket-object-lock-enabled',
  },
  {
    operations: 's3:CreateBucket',
    actions: 's3:PutBucketOwnershipControls',
    shownBy: 'x-amz-object-ownership',
  },
  {
    operations: 's3:CreateBucket',
    actions: 's3:TagResource',
    shownBy: 'CreateBucketConfiguration.Tags[Tag.Key]',
  },
  {
    operations: 's3:DeleteObject s3:DeleteObjects s3:PutObjectRetention',
    actions: 's3:BypassGovernanceRetention',
    shownBy: 'x-amz-bypass-governance-retention',
  },
  {
    operations: 's3:GetObject s3:HeadObject',
    actions: 's3:GetObjectVersion',
    shownBy: VERSION,
    instead: 's3:GetObject',
  },
  { operations: 's3:GetObjectAttributes', actions: 's3:GetObject', shownBy: 'bucketName' },
  {
    operations: 's3:GetObjectAttributes',
    actions: 's3:GetObjectVersion',
    shownBy: VERSION,
    instead: 's3:GetObject',
  },
  {
    operations: 's3:GetObjectAttributes',
    actions: 's3:GetObjectVersionAttributes',
    shownBy: VERSION,
    instead: 's3:GetObjectAttributes',
  },
  {
    operations: 's3:GetObjectAcl',
    actions: 's3:GetObjectVersionAcl',
    shownBy: VERSION,
    instead: 's3:GetObjectAcl',
  },
  {
    operations: 's3:PutObjectAcl',
    actions: 's3:PutObjectVersionAcl',
    shownBy: VERSION,
    instead: 's3:PutObjectAcl',
  },
  {
    operations: 's3:GetObjectTagging',
    actions: 's3:GetObjectVersionTagging',
    shownBy: VERSION,
    instead: 's3:GetObjectTagging',
  },
  {
    operations: 's3:PutObjectTagging',
    actions: 's3:PutObjectVersionTagging',
    shownBy: VERSION,
    instead: 's3:PutObjectTagging',
  },
  {
    operations: 's3:DeleteObjectTagging',
    actions: 's3:DeleteObjectVersionTagging',
    shownBy: VERSION,
    instead: 's3:DeleteObjectTagging',
  },
  ...['Get', 'Put', 'Delete'].map((verb) => ({
    operations: `s3:${verb}ObjectAnnotation`,
    actions: `s3:${verb}ObjectVersionAnnotation`,
    shownBy: VERSION,
    instead: `s3:${verb}ObjectAnnotation`,
  })),
  {
    operations: 's3:ListObjectAnnotations',
    actions: 's3:ListObjectVersionAnnotations',
    shownBy: VERSION,
    instead: 's3:ListObjectAnnotations',
  },
  {
    operations: 's3:GetObjectTorrent',
    actions: 's3:GetObjectVersionTorrent',
    shownBy: VERSION,
    instead: 's3:GetObjectTorrent',
  },
  {
    operations: 's3:DeleteObject',
    actions: 's3:DeleteObjectVersion',
    shownBy: VERSION,
    instead: 's3:DeleteObject',
  },
  { operations: 's3:DeleteObjects', actions: 's3:DeleteObjectVersion', hidden: 'versions' },
  {
    operations: 's3:CopyObject s3:UploadPartCopy',
    actions: 's3:GetObjectVersion',
    shownBy: SOURCE_VERSION,
    instead: 's3:GetObject',
  },
  {
    operations: 's3:CopyObject',
    actions: 's3:GetObjectTagging s3:GetObjectVersionTagging',
    hidden: 'copied-tags',
  },
  { operations: 's3:CopyObject s3:UploadPartCopy', actions: 's3:GetObject', shownBy: 'x-amz-copy-source' },
];
