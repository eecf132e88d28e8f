import { S3_EVENTS, S3_EXPRESS_EVENTS, S3_OUTPOSTS_EVENTS } from './s3-events.js';
import type { EventTargets, Target } from './target.js';

const PARTIQL: Target = { any: ['PartiQLSelect', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'] };

/**
 * Actions with the old name still allow the renamed calls (OpenSearch Service Developer Guide, "Legacy
 * permissions").
 */
const OPENSEARCH: EventTargets = [
  ['AcceptInboundConnection', 'AcceptInboundCrossClusterSearchConnection'],
  ['CancelServiceSoftwareUpdate', 'CancelElasticsearchServiceSoftwareUpdate'],
  ['CreateDomain', 'CreateElasticsearchDomain'],
  ['CreateOutboundConnection', 'CreateOutboundCrossClusterSearchConnection'],
  ['DeleteDomain', 'DeleteElasticsearchDomain'],
  ['DeleteOutboundConnection', 'DeleteOutboundCrossClusterSearchConnection'],
  ['DescribeDomain', 'DescribeElasticsearchDomain'],
  ['DescribeDomainConfig', 'DescribeElasticsearchDomainConfig'],
  ['DescribeDomains', 'DescribeElasticsearchDomains'],
  ['DescribeInboundConnections', 'DescribeInboundCrossClusterSearchConnections'],
  ['DescribeInstanceTypeLimits', 'DescribeElasticsearchInstanceTypeLimits'],
  ['DescribeOutboundConnections', 'DescribeOutboundCrossClusterSearchConnections'],
  ['DescribeReservedInstanceOfferings', 'DescribeReservedElasticsearchInstanceOfferings'],
  ['DescribeReservedInstances', 'DescribeReservedElasticsearchInstances'],
  ['GetCompatibleVersions', 'GetCompatibleElasticsearchVersions'],
  ['ListInstanceTypeDetails', 'ListElasticsearchInstanceTypeDetails'],
  ['ListVersions', 'ListElasticsearchVersions'],
  ['PurchaseReservedInstanceOffering', 'PurchaseReservedElasticsearchInstanceOffering'],
  ['RejectInboundConnection', 'RejectInboundCrossClusterSearchConnection'],
  ['RollbackServiceSoftwareUpdate', 'RollbackElasticsearchServiceSoftwareUpdate'],
  ['StartServiceSoftwareUpdate', 'StartElasticsearchServiceSoftwareUpdate'],
  ['UpdateDomainConfig', 'UpdateElasticsearchDomainConfig'],
  ['UpgradeDomain', 'UpgradeElasticsearchDomain'],
].flatMap(([now = '', before = '']): [string, Target][] => [
  [now, { any: [now, before] }],
  [before, { any: [before, now] }],
]);

/**
 * API operations whose name differs from the IAM action, by IAM prefix: event name → actions. Source: Service
 * Authorization Reference, "Actions defined by …", and the AWS API references. Names are compared without case;
 * targets that are not in the action list are ignored.
 */
export const EVENTS: Readonly<Record<string, EventTargets>> = {
  s3: S3_EVENTS,
  's3-outposts': S3_OUTPOSTS_EVENTS,
  s3express: S3_EXPRESS_EVENTS,
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
    ['GetUnfilteredTableMetadata', ['GetTable']],
    ['GetUnfilteredPartitionMetadata', ['GetPartition']],
    ['GetUnfilteredPartitionsMetadata', ['GetPartitions']],
    ['ListDataQualityStatisticAnnotations', ['GetDataQualityResult']],
    ['ListDataQualityStatistics', ['GetDataQualityResult']],
  ],
  sqs: [
    ['SendMessageBatch', ['SendMessage']],
    ['DeleteMessageBatch', ['DeleteMessage']],
    ['ChangeMessageVisibilityBatch', ['ChangeMessageVisibility']],
  ],
  sns: [['PublishBatch', ['Publish']]],
  timestream: [
    ['Query', ['Select']],
    ['PrepareQuery', { any: ['Select', 'PrepareQuery'] }],
  ],
  mediapackage: [['ConfigureLogs', { any: ['ConfigureLogs', 'UpdateChannel'] }]],
  bedrock: [
    ['Converse', ['InvokeModel']],
    ['ConverseStream', ['InvokeModelWithResponseStream']],
    ['InvokeModelWithBidirectionalStream', ['InvokeModel']],
    ['StartAsyncInvoke', ['InvokeModel']],
    ['RetrieveAndGenerateStream', ['RetrieveAndGenerate']],
  ],
  cloudfront: [
    ['CreateDistributionWithTags', ['CreateDistribution', 'TagResource']],
    ['UpdateDistributionWithStagingConfig', ['UpdateDistribution']],
  ],
  dms: [
    ['DescribeDataProviders', ['ListDataProviders']],
    ['DescribeExtensionPackAssociations', ['ListExtensionPacks']],
    ['DescribeInstanceProfiles', ['ListInstanceProfiles']],
    ['DescribeMetadataModelAssessments', ['ListMetadataModelAssessments']],
    ['DescribeMetadataModelConversions', ['ListMetadataModelConversions']],
    ['DescribeMetadataModelExportsAsScript', ['ListMetadataModelExports']],
    ['DescribeMetadataModelExportsToTarget', ['ListMetadataModelExports']],
    ['DescribeMigrationProjects', ['ListMigrationProjects']],
    ['ModifyConversionConfiguration', ['UpdateConversionConfiguration']],
    ['ModifyDataProvider', ['UpdateDataProvider']],
    ['ModifyInstanceProfile', ['UpdateInstanceProfile']],
    ['ModifyMigrationProject', ['UpdateMigrationProject']],
    ['StartExtensionPackAssociation', ['AssociateExtensionPack']],
    ['StartMetadataModelExportAsScript', ['StartMetadataModelExportAsScripts']],
  ],
  quicksight: [
    ['DescribeAnalysisDefinition', ['DescribeAnalysis']],
    ['DescribeDashboardDefinition', ['DescribeDashboard']],
    ['DescribeTemplateDefinition', ['DescribeTemplate']],
  ],
  verifiedpermissions: [
    ['BatchIsAuthorized', ['IsAuthorized']],
    ['BatchIsAuthorizedWithToken', ['IsAuthorizedWithToken']],
  ],
  apigateway: [
    ['PutRoutingRule', ['UpdateRoutingRule']],
    ['RejectDomainNameAccessAssociation', ['RejectAccessAssociation']],
    ['TagResource', { any: ['PUT', 'POST', 'PATCH'] }],
    ['UntagResource', { any: ['DELETE', 'PATCH'] }],
  ],
  'aws-marketplace': [['BatchDescribeEntities', ['DescribeEntity']]],
  billing: [
    ['SetAdditionalContacts', ['account:PutAlternateContact']],
    ['SetContactAddress', ['account:PutContactInformation']],
    ['SetIAMAccessPreference', ['UpdateIAMAccessPreference']],
    ['CloseAccount', ['account:CloseAccount']],
    ['RedeemPromoCode', ['RedeemCredits']],
    ['SetCreditSharing', ['UpdateBillingPreferences']],
    ['SetRISharing', ['UpdateBillingPreferences']],
    ['SetFreetierBudgetsPreference', ['freetier:PutFreeTierAlertPreference']],
  ],
  cloudtrail: [['ListInsightsMetricData', ['ListInsightsData']]],
  connect: [['UpdateUserConfig', ['UpdateUserPhoneConfig']]],
  detective: [['ListOrganizationAdminAccounts', ['ListOrganizationAdminAccount']]],
  ecr: [['ListImageReferrers', ['BatchGetImage']]],
  'execute-api': [['DescribeView', ['connect:DescribeView']]],
  iam: [
    [
      'AcquireRole',
      {
        any: [
          'CreateRole',
          'GetRole',
          'GetRoleTemplateVersion',
          'AttachRolePolicy',
          'PutRolePolicy',
          'PutRolePermissionsBoundary',
          'TagRole',
        ],
      },
    ],
  ],
  iotjobsdata: [['StartCommandExecution', ['iot:StartCommandExecution']]],
  kafka: [
    ['CreateTopic', { any: ['CreateTopic', 'kafka-cluster:Connect', 'kafka-cluster:CreateTopic'] }],
    [
      'DeleteTopic',
      {
        any: [
          'DeleteTopic',
          'kafka-cluster:Connect',
          'kafka-cluster:DescribeTopic',
          'kafka-cluster:DeleteTopic',
        ],
      },
    ],
    [
      'DescribeTopic',
      {
        any: [
          'DescribeTopic',
          'kafka-cluster:Connect',
          'kafka-cluster:DescribeTopic',
          'kafka-cluster:DescribeTopicDynamicConfiguration',
        ],
      },
    ],
    [
      'DescribeTopicPartitions',
      {
        any: [
          'DescribeTopicPartitions',
          'kafka-cluster:Connect',
          'kafka-cluster:DescribeTopic',
          'kafka-cluster:DescribeTopicDynamicConfiguration',
        ],
      },
    ],
    ['ListTopics', { any: ['ListTopics', 'kafka-cluster:Connect', 'kafka-cluster:DescribeTopic'] }],
    [
      'UpdateTopic',
      {
        any: [
          'UpdateTopic',
          'kafka-cluster:Connect',
          'kafka-cluster:DescribeTopic',
          'kafka-cluster:AlterTopic',
          'kafka-cluster:AlterTopicDynamicConfiguration',
        ],
      },
    ],
  ],
  lakeformation: [['GetTemporaryDataLocationCredentials', ['GetDataAccess']]],
  lex: [
    ['ListUtteranceAnalyticsData', ['ListAggregatedUtterances']],
    ['ListUtteranceMetrics', ['ListAggregatedUtterances']],
    [
      'CreateResourcePolicyStatement',
      { any: ['CreateResourcePolicy', 'UpdateResourcePolicy', 'CreateResourcePolicyStatement'] },
    ],
    [
      'DeleteResourcePolicyStatement',
      { any: ['DeleteResourcePolicy', 'UpdateResourcePolicy', 'DeleteResourcePolicyStatement'] },
    ],
  ],
  qapps: [['CreatePresignedUrl', ['ImportDocument']]],
  redshift: [
    [
      'ModifyLakehouseConfiguration',
      { any: ['RegisterNamespace', 'DeregisterNamespace', 'AssociateDataShareConsumer'] },
    ],
  ],
  'redshift-serverless': [
    [
      'UpdateLakehouseConfiguration',
      {
        any: [
          'redshift:RegisterNamespace',
          'redshift:DeregisterNamespace',
          'redshift:AssociateDataShareConsumer',
        ],
      },
    ],
  ],
  'resource-explorer-2': [['ListResources', ['Search']]],
  sagemaker: [
    ['InvokeEndpointWithResponseStream', { any: ['InvokeEndpoint', 'InvokeEndpointWithResponseStream'] }],
  ],
  securityhub: [['GetFindingStatisticsV2', ['GetAdhocInsightResults']]],
  signin: [
    ['CreateOAuth2TokenWithIAM', ['CreateOAuth2Token']],
    ['IntrospectOAuth2TokenWithIAM', ['IntrospectOAuth2Token']],
    ['RevokeOAuth2TokenWithIAM', ['RevokeOAuth2Token']],
  ],
  tax: [
    ['BatchGetTaxExemptions', ['GetExemptions']],
    ['GetTaxExemptionTypes', ['GetExemptions']],
    ['ListTaxExemptions', ['GetExemptions']],
    ['PutTaxExemption', ['UpdateExemptions']],
  ],
  payments: [
    ['Instruments_Create', ['CreatePaymentInstrument']],
    ['Instruments_Delete', ['DeletePaymentInstrument']],
    ['Instruments_Get', ['GetPaymentInstrument']],
    ['Instruments_List', ['ListPaymentInstruments']],
    ['Instruments_Update', ['UpdatePaymentInstrument']],
  ],
  // S3 calls on a table (Amazon S3 User Guide, "Access management for S3 Tables").
  s3tables: [
    ['GetObject', ['GetTableData']],
    ['HeadObject', ['GetTableData']],
    ['ListParts', ['GetTableData']],
    ['AbortMultipartUpload', ['PutTableData']],
    ['CompleteMultipartUpload', ['PutTableData']],
    ['CreateMultipartUpload', ['PutTableData']],
    ['PutObject', ['PutTableData']],
    ['UploadPart', ['PutTableData']],
  ],
  es: OPENSEARCH,
};
