import { describe, expect, it, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { requestEvidence } from '../support/request-evidence.js';

const catalog = await loadCatalog();
const furtherEvidence = requestEvidence(catalog);
const name = (action: number): string => catalog.actions[action] ?? '';
const evidence = (source: string, event: string, request: unknown) =>
  furtherEvidence(`${source}.amazonaws.com`, event, request);
const shown = (source: string, event: string, request: unknown): string[] =>
  evidence(source, event, request)
    .shown.map(({ action }) => name(action))
    .sort();
const possible = (source: string, event: string, request: unknown): string[] =>
  evidence(source, event, request)
    .possible.map(({ action }) => name(action))
    .sort();
const own = (source: string, event: string, request: unknown): string[] => {
  const mapping = evidence(source, event, request).own;
  return mapping.kind === 'actions' ? mapping.actions.map(name) : [];
};
const passed = (source: string, event: string, request: unknown) =>
  evidence(source, event, request)
    .shown.filter(({ action }) => name(action) === 'iam:PassRole')
    .map(({ role, passedTo }) => [role, ...passedTo]);

const TAG = [{ key: 'team', value: 'blue' }];
const ROLE = 'arn:aws:iam::123456789012:role/service/app';

// Each service's "Tag resources during creation", and the shapes that CloudTrail logs them in.
test.each([
  [
    'ec2',
    'CreateVolume',
    { tagSpecificationSet: { items: [{ resourceType: 'volume', tags: TAG }] } },
    'ec2:CreateTags',
  ],
  [
    'ec2',
    'CreateNatGateway',
    {
      CreateNatGatewayRequest: {
        TagSpecification: { ResourceType: 'natgateway', tag: 1, Tag: { Key: 'team' } },
      },
    },
    'ec2:CreateTags',
  ],
  ['iam', 'CreateUser', { userName: 'a', tags: TAG }, 'iam:TagUser'],
  ['iam', 'CreatePolicy', { policyName: 'a', tags: TAG }, 'iam:TagPolicy'],
  ['lambda', 'CreateFunction20150331', { functionName: 'f', tags: { team: '' } }, 'lambda:TagResource'],
  ['sqs', 'CreateQueue', { queueName: 'q', tags: { team: 'blue' } }, 'sqs:TagQueue'],
  ['logs', 'CreateLogGroup', { logGroupName: 'g', tags: { team: 'blue' } }, 'logs:TagResource'],
  ['rds', 'CreateDBSnapshot', { dBSnapshotIdentifier: 's', tags: TAG }, 'rds:AddTagsToResource'],
  ['kms', 'CreateKey', { tags: [{ tagKey: 'team', tagValue: 'blue' }] }, 'kms:TagResource'],
  ['ssm', 'PutParameter', { name: 'p', tags: TAG }, 'ssm:AddTagsToResource'],
  ['cloudtrail', 'CreateTrail', { name: 't', tagsList: TAG }, 'cloudtrail:AddTags'],
  ['s3', 'CreateBucket', { CreateBucketConfiguration: { Tags: { Tag: { Key: 'team' } } } }, 's3:TagResource'],
  ['elasticloadbalancing', 'CreateLoadBalancer', { name: 'l', tags: TAG }, 'elasticloadbalancing:AddTags'],
  [
    'cloudfront',
    'CreateDistributionWithTags2020_05_31',
    { distributionConfigWithTags: { tags: { items: TAG } } },
    '',
  ],
  [
    'apigateway',
    'CreateRestApi',
    { createRestApiInput: { name: 'a', tags: { team: 'blue' } } },
    'apigateway:PUT',
  ],
  ['es', 'CreateDomain', { domainName: 'd', tagList: TAG }, 'es:AddTags'],
  ['sts', 'AssumeRole', { roleArn: ROLE, transitiveTagKeys: ['team'] }, 'sts:TagSession'],
  ['sts', 'AssumeRole', { roleArn: ROLE, sourceIdentity: 'ann' }, 'sts:SetSourceIdentity'],
])('%s %s shows tags and the like: %j', (source, event, request, action) => {
  expect(shown(source, event, request)).toEqual(action === '' ? [] : [action]);
});

test.each([
  ['no tags', { queueName: 'q' }],
  ['an empty map', { queueName: 'q', tags: {} }],
  ['an empty list', { queueName: 'q', tags: [] }],
  ['null', { queueName: 'q', tags: null }],
  ['tags of something else', { queueName: 'q', filter: { tags: { team: 'blue' } } }],
])('%s in a request show nothing', (_, request) => {
  expect(shown('sqs', 'CreateQueue', request)).toEqual([]);
  expect(possible('sqs', 'CreateQueue', request)).toEqual([]);
});

// Amazon S3 API Reference: PutObject, CopyObject, CreateBucket, GetObjectAttributes ("Permissions").
test.each([
  ['PutObject', { 'x-amz-acl': 'private' }, ['s3:PutObjectAcl']],
  [
    'PutObject',
    { 'x-amz-grant-read': 'id=1', 'x-amz-tagging': 'a=b' },
    ['s3:PutObjectAcl', 's3:PutObjectTagging'],
  ],
  ['PutObject', { 'x-amz-object-lock-mode': 'GOVERNANCE' }, ['s3:PutObjectRetention']],
  ['CreateMultipartUpload', { 'x-amz-object-lock-legal-hold': 'ON' }, ['s3:PutObjectLegalHold']],
  ['CopyObject', { 'x-amz-copy-source': 'a/b?versionId=3' }, ['s3:GetObjectVersion']],
  ['CreateBucket', { 'x-amz-acl': 'private' }, []],
  ['CreateBucket', { 'x-amz-acl': 'public-read' }, ['s3:PutBucketAcl']],
  ['CreateBucket', { 'x-amz-object-ownership': 'ObjectWriter' }, ['s3:PutBucketOwnershipControls']],
  [
    'CreateBucket',
    { 'x-amz-bucket-object-lock-enabled': 'true' },
    ['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'],
  ],
  ['CreateBucket', { 'x-amz-bucket-object-lock-enabled': 'false' }, []],
  ['DeleteObject', { 'x-amz-bypass-governance-retention': 'true' }, ['s3:BypassGovernanceRetention']],
])('s3 %s %j shows %j', (event, request, actions) => {
  expect(shown('s3', event, { bucketName: 'b', key: 'k', ...request })).toEqual(actions);
});

describe('a version in a request', () => {
  const plain = { bucketName: 'b', key: 'k' };
  const version = { ...plain, versionId: 'v9' };

  it.each([
    ['GetObject', 's3:GetObject', 's3:GetObjectVersion'],
    ['GetObjectAcl', 's3:GetObjectAcl', 's3:GetObjectVersionAcl'],
    ['PutObjectTagging', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'],
    ['DeleteObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    ['GetObjectAttributes', 's3:GetObjectAttributes', 's3:GetObjectVersionAttributes'],
  ])('turns %s from %s into %s', (event, without, withVersion) => {
    expect(own('s3', event, plain)).toEqual([without]);
    expect(own('s3', event, version)).toEqual([withVersion]);
  });

  it('is left open where the request is not in the logs', () => {
    expect(evidence('s3', 'GetObject', null).own).toEqual(catalog.mapEvent('s3.amazonaws.com', 'GetObject'));
  });

  it('makes GetObjectAttributes need a read of that version, not of the object', () => {
    expect(shown('s3', 'GetObjectAttributes', plain)).toEqual(['s3:GetObject']);
    expect(shown('s3', 'GetObjectAttributes', version)).toEqual(['s3:GetObjectVersion']);
  });

  it('of the source is read in place of the object', () => {
    expect(own('s3', 'CopyObject', { 'x-amz-copy-source': 'a/b?versionId=3' })).toEqual(['s3:PutObject']);
    expect(own('s3', 'CopyObject', { 'x-amz-copy-source': 'a/b' })).toEqual(['s3:PutObject', 's3:GetObject']);
  });
});

describe('serviceNamespace', () => {
  it('tells Application Auto Scaling from Auto Scaling', () => {
    const request = { serviceNamespace: 'ecs', resourceId: 'service/c/s' };
    expect(own('autoscaling', 'PutScalingPolicy', request)).toEqual([
      'application-autoscaling:PutScalingPolicy',
    ]);
    expect(own('autoscaling', 'PutScalingPolicy', { autoScalingGroupName: 'g' })).toEqual([
      'autoscaling:PutScalingPolicy',
    ]);
    expect(own('autoscaling', 'PutScalingPolicy', null)).toEqual([
      'autoscaling:PutScalingPolicy',
      'application-autoscaling:PutScalingPolicy',
    ]);
    expect(own('autoscaling', 'RegisterScalableTarget', null)).toEqual([
      'application-autoscaling:RegisterScalableTarget',
    ]);
  });
});

// IAM User Guide, "Grant a user permissions to pass a role to an AWS service".
describe('a role in a request', () => {
  it.each([
    ['lambda', 'CreateFunction20150331', { role: ROLE }, [ROLE, 'lambda.amazonaws.com']],
    ['glue', 'CreateJob', { role: 'etl' }, ['role/etl', 'glue.amazonaws.com']],
    ['glue', 'CreateJob', { role: 'service-role/etl' }, ['role/service-role/etl', 'glue.amazonaws.com']],
    [
      'ec2',
      'RunInstances',
      { iamInstanceProfile: { name: 'web' } },
      ['instance-profile/web', 'ec2.amazonaws.com'],
    ],
    [
      'ec2',
      'RunInstances',
      { iamInstanceProfile: { arn: 'arn:aws-cn:iam::123456789012:instance-profile/web' } },
      ['arn:aws-cn:iam::123456789012:instance-profile/web', 'ec2.amazonaws.com'],
    ],
    [
      'iam',
      'AddRoleToInstanceProfile',
      { roleName: 'web', instanceProfileName: 'p' },
      ['role/web', 'ec2.amazonaws.com'],
    ],
    ['sagemaker', 'CreateNotebookInstance', { roleArn: ROLE }, [ROLE, 'sagemaker.amazonaws.com']],
    ['events', 'PutTargets', { targets: [{ id: '1', roleArn: ROLE }] }, [ROLE, 'events.amazonaws.com']],
    [
      'ec2',
      'CreateFlowLogs',
      { CreateFlowLogsRequest: { DeliverLogsPermissionArn: ROLE } },
      [ROLE, 'vpc-flow-logs.amazonaws.com'],
    ],
    ['ecs', 'RegisterTaskDefinition', { taskRoleArn: 'task' }, ['role/task', 'ecs-tasks.amazonaws.com']],
    [
      'apigateway',
      'PutIntegration',
      { putIntegrationInput: { credentials: ROLE } },
      [ROLE, 'apigateway.amazonaws.com'],
    ],
  ])('of %s %s %j is passed', (source, event, request, role) => {
    expect(passed(source, event, request)).toEqual([role]);
  });

  it('is each passed once, sorted', () => {
    const other = 'arn:aws:iam::123456789012:role/a';
    const request = { taskRoleArn: ROLE, executionRoleArn: ROLE, x: [{ y: other }] };
    expect(passed('ecs', 'RegisterTaskDefinition', request).map(([role]) => role)).toEqual([other, ROLE]);
  });

  it('that is redacted is passed without a name', () => {
    expect(passed('lambda', 'CreateFunction20150331', { role: 'HIDDEN_DUE_TO_SECURITY_REASONS' })).toEqual([
      [null, 'lambda.amazonaws.com'],
    ]);
  });

  it('may come from elsewhere', () => {
    const { shown: none, possible: maybe } = evidence('ecs', 'RunTask', { taskDefinition: 't:1' });
    expect(none).toEqual([]);
    expect(maybe.map(({ action, why }) => [name(action), why])).toEqual([
      ['iam:PassRole', 'the task definition may name a role'],
    ]);
  });

  it.each([
    ['lambda', 'CreateFunction20150331', { role: ROLE }, true],
    ['lambda', 'UpdateFunctionConfiguration20150331v2', { functionName: 'f' }, false],
    ['lambda', 'CreateFunction20150331', { role: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, false],
    ['lambda', 'CreateFunction20150331', null, false],
    ['ecs', 'RunTask', { taskDefinition: 't', overrides: { taskRoleArn: ROLE } }, false],
    ['ec2', 'RunInstances', { instanceType: 't3.micro' }, true],
    ['ec2', 'RunInstances', { launchTemplate: { launchTemplateId: 'lt-1' } }, false],
    [
      'ec2',
      'RunInstances',
      { launchTemplate: { launchTemplateId: 'lt-1' }, iamInstanceProfile: { name: 'web' } },
      true,
    ],
    ['cloudformation', 'CreateStack', { stackName: 's', roleARN: ROLE }, false],
    ['elasticbeanstalk', 'CreateEnvironment', { operationsRole: ROLE }, false],
    ['sqs', 'CreateQueue', null, true],
  ])('of %s %s %j: the request names all of them: %s', (source, event, request, named) => {
    expect(evidence(source, event, request).rolesNamed).toBe(named);
  });

  it('is none of a call that passes no roles', () => {
    expect(shown('sts', 'AssumeRole', { roleArn: ROLE })).toEqual([]);
    expect(shown('iam', 'GetRole', { roleName: 'a' })).toEqual([]);
  });
});

describe('what the request cannot show', () => {
  it('is possible: tags of a launch template, a change set, a copied snapshot', () => {
    const template = { launchTemplate: { launchTemplateId: 'lt-1' }, instanceType: 't3.micro' };
    expect(possible('ec2', 'RunInstances', template)).toEqual(['ec2:CreateTags', 'iam:PassRole']);
    expect(possible('ec2', 'RunInstances', { instanceType: 't3.micro' })).toEqual(['iam:PassRole']);
    expect(possible('cloudformation', 'ExecuteChangeSet', { changeSetName: 'c' })).toContain(
      'cloudformation:TagResource',
    );
    expect(possible('rds', 'DeleteDBInstance', { skipFinalSnapshot: true })).not.toContain(
      'rds:AddTagsToResource',
    );
  });

  it('is everything, where the logs hold no request parameters', () => {
    for (const request of [
      null,
      undefined,
      {},
      { omitted: true, originalSize: 1 },
      'HIDDEN_DUE_TO_SECURITY_REASONS',
      7,
      [],
    ]) {
      const { parameters } = evidence('ec2', 'RunInstances', request);
      expect([parameters, possible('ec2', 'RunInstances', request)]).toEqual([
        'missing',
        ['ec2:CreateTags', 'iam:PassRole'],
      ]);
    }
    expect(evidence('ec2', 'DescribeInstances', null)).toMatchObject({
      parameters: 'whole',
      shown: [],
      possible: [],
    });
  });

  it('is not a read of logs inside a query (CloudWatch Logs permissions reference)', () => {
    expect(possible('logs', 'StartQuery', { queryString: 'q' })).not.toContain('logs:FilterLogEvents');
  });
});

describe('a request', () => {
  it('is read as JSON text too', () => {
    expect(shown('sqs', 'CreateQueue', '{"queueName":"q","tags":{"a":"b"}}')).toEqual(['sqs:TagQueue']);
    expect(evidence('sqs', 'CreateQueue', '{"queueName":').parameters).toBe('missing');
  });

  it('can hold JSON text instead of objects', () => {
    const tags = JSON.stringify({ items: [{ resourceType: 'instance', tags: TAG }] });
    const request = { tagSpecificationSet: tags, iamInstanceProfile: '{"name":"web"}' };
    expect(shown('ec2', 'RunInstances', request)).toEqual(['ec2:CreateTags', 'iam:PassRole']);
    expect(shown('sqs', 'CreateQueue', { tags: '{}' })).toEqual([]);
  });

  it('shows redacted parameters, unless all of it is redacted', () => {
    const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';
    const request = { tagSpecificationSet: hidden, iamInstanceProfile: hidden };
    expect(shown('ec2', 'RunInstances', request)).toEqual(['ec2:CreateTags', 'iam:PassRole']);
    expect(evidence('ec2', 'RunInstances', request).rolesNamed).toBe(false);
    expect(evidence('ec2', 'RunInstances', { RunInstancesRequest: hidden }).parameters).toBe('missing');
  });

  it('that is hostile is not an error', () => {
    let deep: unknown = ROLE;
    for (let level = 0; level < 5000; level += 1) deep = { tags: [deep] };
    const hostile = JSON.parse('{"__proto__": {"tags": 1}, "constructor": [1], "toString": null}') as object;
    for (const request of [deep, hostile, Object.assign(Object.create(null) as object, { role: ROLE })])
      expect(() => evidence('lambda', 'CreateFunction20150331', request)).not.toThrow();
  });

  it('with the same evidence gives the same object', () => {
    const once = evidence('sqs', 'CreateQueue', { queueName: 'a', tags: { a: 'b' } });
    expect(evidence('sqs', 'CreateQueue', { queueName: 'b', tags: { c: 'd' } })).toBe(once);
  });
});
