import { PARAMETERS } from './known-parameters.mjs';
import { S3 } from './known-s3.mjs';

/**
 * Facts that neither the Service Reference nor the service models have, with the AWS page of each. `name!=value`:
 * any other value shows the action; `name~text`: only a value that contains the text.
 */

/**
 * Why a further action may have been used although the request does not show it. Completes "may have been used
 * inside X: …".
 */
export const REASONS = {
  inside: 'AWS authorizes it within the call, and no request parameter shows it',
  tags: 'the call may set tags that its request does not show',
  'copied-tags': 'the call may copy tags',
  'template-tags': 'the launch template may hold tags',
  'no-role': 'the call may pass a role, and its request names none',
  'task-definition': 'the task definition may name a role',
  'launch-template': 'the launch template may name a role',
  template: 'the template may name roles',
  definition: 'the definition may name roles',
  options: 'the option settings may name roles',
  either: 'another action allows the same',
  versions: 'the request does not say whether it names versions',
  replicas: 'the call changes replicas of the table',
  parameter: 'CloudTrail does not record the parameter that needs it',
};

/** Calls whose role can come from outside the request. */
export const NO_ROLE_REASONS = [
  // Amazon ECS Developer Guide, "Amazon ECS task execution IAM role" and "task IAM role".
  [
    /^ecs:(RunTask|StartTask|CreateService|UpdateService|CreateTaskSet|CreateDaemon|UpdateDaemon)$/,
    'task-definition',
  ],
  // Amazon EC2 Auto Scaling User Guide, "Launch template support": iam:PassRole for the instance profile in the template.
  [
    /^(autoscaling:(Create|Update)AutoScalingGroup|ec2:(RunInstances|RequestSpotFleet|CreateFleet|ModifyFleet))$/,
    'launch-template',
  ],
  [/^(cloudformation:|config:Put(Organization)?ConformancePack$)/, 'template'],
  [/^(apigateway:(Import|Put|Reimport)\w*Api$|datapipeline:|osis:|observabilityadmin:)/, 'definition'],
];

/**
 * Calls that use roles from elsewhere only if the request has one of these parameters and names no role. An instance
 * profile in the request replaces that of a launch template (Amazon EC2 API Reference, RunInstances).
 */
export const ROLES_FROM = { 'ec2:RunInstances': 'LaunchTemplate' };

/** Services of the reference whose events have the name of another service. */
export const LOGGED_AS = {
  // Amazon OpenSearch Service Developer Guide, "Monitoring API calls with AWS CloudTrail".
  opensearch: 'es',
};

/** Role parameters that the models do not distinguish from others. */
export const ROLES_ELSEWHERE = {
  'iam:AddRoleToInstanceProfile': 'RoleName@',
};

/** Further actions that are excluded on purpose: [operations, actions]. */
export const DROPPED = [
  // Calls through an Object Lambda access point have their own events, from s3-object-lambda.amazonaws.com.
  [/^s3:/, /^s3-object-lambda:/],
  // Amazon CloudWatch Logs User Guide, "CloudWatch Logs permissions reference": these calls need their own action only.
  [
    /^logs:(DescribeQueries|GetLogGroupFields|GetLogRecord|GetQueryResults|StartQuery|StopQuery)$/,
    /:(FilterLogEvents|DescribeLogGroups)$/,
  ],
];

const TABLE_ITEMS =
  'dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:Scan dynamodb:UpdateItem';

/** Actions that a parameter makes possible without proof. */
const POSSIBLE = [
  // Amazon EC2 User Guide, "Grant permission to tag Amazon EC2 resources during creation": tags in a launch template count.
  {
    operations: 'ec2:RunInstances',
    actions: 'ec2:CreateTags',
    hidden: 'template-tags',
    when: 'LaunchTemplate',
  },
  {
    operations: 'ec2:CreateFleet',
    actions: 'ec2:CreateTags',
    hidden: 'template-tags',
    when: 'LaunchTemplateConfigs LaunchTemplateConfigSet',
  },
  // Amazon DynamoDB Developer Guide, "Using IAM with global tables".
  {
    operations: 'dynamodb:UpdateTable',
    actions: `${TABLE_ITEMS} dynamodb:CreateTable dynamodb:CreateTableReplica dynamodb:CreateGlobalTableWitness dynamodb:DeleteGlobalTableWitness dynamodb:ReplicateSettings dynamodb:WriteDataForReplication dynamodb:TagResource`,
    hidden: 'replicas',
    when: 'ReplicaUpdates GlobalTableWitnessUpdates',
  },
  {
    operations: 'dynamodb:CreateTable',
    actions: `${TABLE_ITEMS} dynamodb:AssociateTableReplica dynamodb:CreateTableReplica`,
    hidden: 'replicas',
    when: 'GlobalTableSourceArn',
  },
];

const BEANSTALK_ROLES = {
  actions: 'iam:PassRole',
  shownBy: 'OperationsRole@ ResourceLifecycleConfig.ServiceRole@',
  passedTo: 'elasticbeanstalk.amazonaws.com ec2.amazonaws.com',
};

/** Services whose operations are empty in the reference. */
const ROLES = [
  // AWS Elastic Beanstalk Developer Guide, "Managing Elastic Beanstalk user policies": iam:PassRole.
  {
    operations:
      'elasticbeanstalk:AssociateEnvironmentOperationsRole elasticbeanstalk:CreateApplication elasticbeanstalk:UpdateApplicationResourceLifecycle',
    ...BEANSTALK_ROLES,
    hidden: 'no-role',
  },
  {
    operations:
      'elasticbeanstalk:CreateEnvironment elasticbeanstalk:UpdateEnvironment elasticbeanstalk:CreateConfigurationTemplate elasticbeanstalk:UpdateConfigurationTemplate',
    ...BEANSTALK_ROLES,
    hidden: 'options',
  },
  // Amazon EC2 User Guide, "EC2 Fleet prerequisites": iam:PassRole for a launch template with an instance profile.
  {
    operations: 'ec2:CreateFleet ec2:ModifyFleet',
    actions: 'iam:PassRole',
    shownBy: '',
    passedTo: 'ec2.amazonaws.com',
    hidden: 'launch-template',
  },
];

export const KNOWN = [...S3, ...PARAMETERS, ...POSSIBLE, ...ROLES];
