/** How a request parameter names a resource. */
export interface ResourceParameter {
  /** Top-level string key of `requestParameters`. */
  readonly name: string;
  /**
   * ARN with `{p}` (partition), `{a}` (account) and `{v}` (value), and `*` for what the record lacks (Region,
   * path). Null: the value is an ARN, or names nothing.
   */
  readonly arn: string | null;
  /** Events in which the parameter names this resource; absent: all events of the service. */
  readonly events?: RegExp;
  /** Events that also use resources that the parameter does not name. */
  readonly partial?: RegExp;
  /** Extracts the name from longer values: its groups, joined by `:`. Values that do not match name nothing. */
  readonly value?: RegExp;
  /** The ARN that a policy needs for a value that is an ARN; absent: the same. */
  readonly named?: (arn: string) => string;
}

const ALWAYS = /^/;
const MAKES = /^(Create|Restore|Modify)/;

/**
 * Parameters that name resources, by `eventSource`. Names: CloudTrail `requestParameters`, the API's parameters
 * with a small first letter. ARNs: Service Authorization Reference, "Resource types defined by …". `partial` marks
 * calls that IAM also checks against other resources.
 */
export const RESOURCE_PARAMETERS: Readonly<Record<string, readonly ResourceParameter[]>> = {
  'acm.amazonaws.com': [{ name: 'certificateArn', arn: null }],
  'athena.amazonaws.com': [{ name: 'workGroup', arn: 'arn:{p}:athena:*:{a}:workgroup/{v}' }],
  'autoscaling.amazonaws.com': [
    {
      name: 'autoScalingGroupName',
      arn: 'arn:{p}:autoscaling:*:{a}:autoScalingGroup:*:autoScalingGroupName/{v}',
      partial: /^(Create|Update)/,
    },
  ],
  'backup.amazonaws.com': [
    { name: 'backupVaultName', arn: 'arn:{p}:backup:*:{a}:backup-vault:{v}', partial: /Job|RecoveryPoint/ },
  ],
  'cloudformation.amazonaws.com': [{ name: 'stackName', arn: 'arn:{p}:cloudformation:*:{a}:stack/{v}/*' }],
  'cloudtrail.amazonaws.com': [
    { name: 'name', arn: 'arn:{p}:cloudtrail:*:{a}:trail/{v}', events: /Trail|Logging/ },
    { name: 'trailName', arn: 'arn:{p}:cloudtrail:*:{a}:trail/{v}' },
  ],
  'codebuild.amazonaws.com': [{ name: 'projectName', arn: 'arn:{p}:codebuild:*:{a}:project/{v}' }],
  'codecommit.amazonaws.com': [{ name: 'repositoryName', arn: 'arn:{p}:codecommit:*:{a}:{v}' }],
  'codepipeline.amazonaws.com': [
    { name: 'name', arn: 'arn:{p}:codepipeline:*:{a}:{v}', events: /Pipeline/ },
    { name: 'pipelineName', arn: 'arn:{p}:codepipeline:*:{a}:{v}', partial: /Stage|Approval|Job/ },
  ],
  'cognito-idp.amazonaws.com': [{ name: 'userPoolId', arn: 'arn:{p}:cognito-idp:*:{a}:userpool/{v}' }],
  'dynamodb.amazonaws.com': [
    {
      name: 'tableName',
      arn: 'arn:{p}:dynamodb:*:{a}:table/{v}',
      partial: /^(Query|Scan)$|Backup|Export|GlobalTable/,
    },
  ],
  'ecr.amazonaws.com': [{ name: 'repositoryName', arn: 'arn:{p}:ecr:*:{a}:repository/{v}' }],
  'ecs.amazonaws.com': [
    // Most calls on a cluster use a service, task or instance in it.
    { name: 'cluster', arn: 'arn:{p}:ecs:*:{a}:cluster/{v}', partial: /^(?!DeleteCluster|UpdateCluster)/ },
    { name: 'taskDefinition', arn: 'arn:{p}:ecs:*:{a}:task-definition/{v}', partial: ALWAYS },
  ],
  'eks.amazonaws.com': [
    { name: 'name', arn: 'arn:{p}:eks:*:{a}:cluster/{v}', events: /Cluster/ },
    { name: 'clusterName', arn: 'arn:{p}:eks:*:{a}:cluster/{v}', partial: /^(?!List|Create)/ },
  ],
  'elasticache.amazonaws.com': [
    { name: 'cacheClusterId', arn: 'arn:{p}:elasticache:*:{a}:cluster:{v}', partial: MAKES },
    { name: 'replicationGroupId', arn: 'arn:{p}:elasticache:*:{a}:replicationgroup:{v}', partial: MAKES },
  ],
  'elasticfilesystem.amazonaws.com': [
    { name: 'fileSystemId', arn: 'arn:{p}:elasticfilesystem:*:{a}:file-system/{v}' },
  ],
  'elasticloadbalancing.amazonaws.com': [
    { name: 'loadBalancerArn', arn: null, partial: MAKES },
    { name: 'targetGroupArn', arn: null, partial: MAKES },
    { name: 'listenerArn', arn: null, partial: MAKES },
  ],
  'es.amazonaws.com': [{ name: 'domainName', arn: 'arn:{p}:es:*:{a}:domain/{v}' }],
  'events.amazonaws.com': [
    // A rule of another bus than the default one has the bus before its name.
    { name: 'name', arn: 'arn:{p}:events:*:{a}:rule/*{v}', events: /Rule$/ },
    { name: 'rule', arn: 'arn:{p}:events:*:{a}:rule/*{v}' },
  ],
  'firehose.amazonaws.com': [
    { name: 'deliveryStreamName', arn: 'arn:{p}:firehose:*:{a}:deliverystream/{v}' },
  ],
  'glue.amazonaws.com': [
    { name: 'jobName', arn: 'arn:{p}:glue:*:{a}:job/{v}' },
    // Tables are checked against catalog, database and table.
    { name: 'databaseName', arn: 'arn:{p}:glue:*:{a}:database/{v}', partial: ALWAYS },
  ],
  'iam.amazonaws.com': [
    // The parameter is the name without path.
    { name: 'roleName', arn: 'arn:{p}:iam::{a}:role/*{v}' },
    { name: 'userName', arn: 'arn:{p}:iam::{a}:user/*{v}' },
    { name: 'groupName', arn: 'arn:{p}:iam::{a}:group/*{v}' },
    { name: 'instanceProfileName', arn: 'arn:{p}:iam::{a}:instance-profile/*{v}' },
    { name: 'policyArn', arn: null },
  ],
  'kinesis.amazonaws.com': [
    { name: 'streamName', arn: 'arn:{p}:kinesis:*:{a}:stream/{v}' },
    { name: 'streamARN', arn: null },
  ],
  'kms.amazonaws.com': [
    { name: 'keyId', arn: 'arn:{p}:kms:*:{a}:{v}', value: /^(alias\/.+)$/ },
    { name: 'keyId', arn: 'arn:{p}:kms:*:{a}:key/{v}', value: /^((?:mrk-)?[0-9a-f-]{32,36})$/ },
  ],
  'lambda.amazonaws.com': [
    {
      name: 'functionName',
      arn: 'arn:{p}:lambda:*:{a}:function:{v}',
      // A name, with or without qualifier.
      value: /^((?!\d{12}:)[^:]+(?::[^:]+)?)$/,
    },
  ],
  'logs.amazonaws.com': [
    // IAM requires `:*` after the log group (CloudWatch Logs: resources and operations); it includes the log
    // streams.
    { name: 'logGroupName', arn: 'arn:{p}:logs:*:{a}:log-group:{v}:*' },
  ],
  'monitoring.amazonaws.com': [{ name: 'alarmName', arn: 'arn:{p}:cloudwatch:*:{a}:alarm:{v}' }],
  'rds.amazonaws.com': [
    { name: 'dBInstanceIdentifier', arn: 'arn:{p}:rds:*:{a}:db:{v}', partial: MAKES },
    { name: 'dBClusterIdentifier', arn: 'arn:{p}:rds:*:{a}:cluster:{v}', partial: MAKES },
    { name: 'dBSnapshotIdentifier', arn: 'arn:{p}:rds:*:{a}:snapshot:{v}', partial: /^Restore/ },
  ],
  'redshift.amazonaws.com': [
    {
      name: 'clusterIdentifier',
      arn: 'arn:{p}:redshift:*:{a}:cluster:{v}',
      partial: /^(Create|Restore)|Credentials|Snapshot/,
    },
  ],
  'route53.amazonaws.com': [
    {
      name: 'hostedZoneId',
      arn: 'arn:{p}:route53:::hostedzone/{v}',
      value: /^(?:\/?hostedzone\/)?([^/]+)$/,
    },
  ],
  's3.amazonaws.com': [{ name: 'bucketName', arn: 'arn:{p}:s3:::{v}' }],
  'sagemaker.amazonaws.com': [
    // ARNs have these names in lower case, and creating one needs further resources.
    { name: 'endpointName', arn: 'arn:{p}:sagemaker:*:{a}:endpoint/{v}', partial: ALWAYS },
    {
      name: 'notebookInstanceName',
      arn: 'arn:{p}:sagemaker:*:{a}:notebook-instance/{v}',
      partial: ALWAYS,
    },
    { name: 'modelName', arn: 'arn:{p}:sagemaker:*:{a}:model/{v}', partial: ALWAYS },
  ],
  'secretsmanager.amazonaws.com': [
    {
      // The ARN of a secret ends in six characters that only AWS knows, and calls may omit them.
      name: 'secretId',
      arn: 'arn:{p}:secretsmanager:*:{a}:secret:{v}-??????',
      named: (arn) => (/-[A-Za-z0-9]{6}$/.test(arn) ? `${arn}*` : `${arn}-??????`),
    },
  ],
  'sns.amazonaws.com': [{ name: 'topicArn', arn: null }],
  'sqs.amazonaws.com': [
    {
      // The URL has the account of the queue.
      name: 'queueUrl',
      arn: 'arn:{p}:sqs:*:{v}',
      value: /^https?:\/\/[^/]+\/(\d{12})\/([^/]+)$/,
    },
  ],
  'ssm.amazonaws.com': [
    {
      name: 'name',
      arn: 'arn:{p}:ssm:*:{a}:parameter/{v}',
      events: /Parameter/,
      // Without the version or label that follows the name (GetParameter).
      value: /^\/?([^:]+)/,
      named: (arn) => arn.split(':').slice(0, 6).join(':'),
    },
    { name: 'name', arn: 'arn:{p}:ssm:*:{a}:document/{v}', events: /Document/ },
  ],
  'states.amazonaws.com': [{ name: 'stateMachineArn', arn: null }],
  'sts.amazonaws.com': [{ name: 'roleArn', arn: null }],
};

const NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(RESOURCE_PARAMETERS).map(([source, rules]) => [
    source,
    [...new Set(rules.map(({ name }) => name))],
  ]),
);

/** Distinct parameter names of a service, for engines that query each. */
export const parametersOf = (eventSource: string): readonly string[] => NAMES.get(eventSource) ?? [];
