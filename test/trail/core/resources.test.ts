import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromParameter, isListed, resourcesOf } from '../../../src/trail/resources/extract.js';
import {
  merge,
  ResourceCollector,
  resourceSet,
  type Call,
  type Resources,
} from '../../../src/trail/resources/set.js';
import { parametersOf, RESOURCE_PARAMETERS } from '../../../src/trail/resources/table.js';
import { MAX_RESOURCES, type Actor } from '../../../src/trail/types.js';

const actor: Actor = {
  kind: 'user',
  arn: 'arn:aws:iam::111111111111:user/alice',
  id: 'AIDAA',
  accountId: '111111111111',
};
const call = (service: string, eventName: string): Call => ({
  actor,
  recipientAccountId: '111111111111',
  eventSource: `${service}.amazonaws.com`,
  eventName,
});
const none = (): undefined => undefined;
const whole = (...arns: string[]): Resources => arns;

describe('the resources that a record lists', () => {
  it('are the ARNs, without S3 objects', () => {
    const listed = [
      'arn:aws:s3:::bucket/path/to/key',
      'arn:aws:s3:::bucket',
      'arn:aws:kms:eu-west-1:1:key/k',
      'AWS::S3::Object',
    ];
    expect(resourcesOf(call('s3', 'GetObject'), listed, none)).toEqual(
      whole('arn:aws:kms:eu-west-1:1:key/k', 'arn:aws:s3:::bucket'),
    );
    expect(isListed('arn:aws-cn:s3:::bucket/key\nwith a line end')).toBe(false);
    expect(isListed('arn:aws:s3:eu-west-1:1:accesspoint/ap')).toBe(true);
  });

  it('win over request parameters, which count where only an object is listed', () => {
    const bucket = (name: string): string | undefined => (name === 'bucketName' ? 'named' : undefined);
    const get = call('s3', 'GetObject');
    expect(resourcesOf(get, ['arn:aws:s3:::listed'], bucket)).toEqual(whole('arn:aws:s3:::listed'));
    expect(resourcesOf(get, ['arn:aws:s3:::named/key'], bucket)).toEqual(whole('arn:aws:s3:::named'));
    expect(resourcesOf(get, ['arn:aws:s3:::named/key'], none)).toBeNull();
  });
});

describe('the resource that a request parameter names', () => {
  const account = '111111111111';
  it.each([
    ['lambda', 'GetFunction20150331v2', 'functionName', 'f', `arn:aws:lambda:*:${account}:function:f`],
    ['lambda', 'GetFunction', 'functionName', 'f:live', `arn:aws:lambda:*:${account}:function:f:live`],
    ['dynamodb', 'DescribeTable', 'tableName', 't', `arn:aws:dynamodb:*:${account}:table/t`],
    [
      'sqs',
      'SendMessage',
      'queueUrl',
      'https://sqs.eu-west-1.amazonaws.com/222222222222/q',
      'arn:aws:sqs:*:222222222222:q',
    ],
    ['kms', 'Decrypt', 'keyId', 'alias/app', `arn:aws:kms:*:${account}:alias/app`],
    [
      'kms',
      'Decrypt',
      'keyId',
      '3fa85f64-5717-4562-b3fc-2c963f66afa6',
      `arn:aws:kms:*:${account}:key/3fa85f64-5717-4562-b3fc-2c963f66afa6`,
    ],
    [
      'secretsmanager',
      'GetSecretValue',
      'secretId',
      'db',
      `arn:aws:secretsmanager:*:${account}:secret:db-??????`,
    ],
    ['ssm', 'GetParameter', 'name', '/app/key', `arn:aws:ssm:*:${account}:parameter/app/key`],
    ['ssm', 'GetParameter', 'name', 'key', `arn:aws:ssm:*:${account}:parameter/key`],
    // AWS Systems Manager API Reference, GetParameter: a version or label follows the name.
    ['ssm', 'GetParameter', 'name', '/app/key:3', `arn:aws:ssm:*:${account}:parameter/app/key`],
    ...['', ':live'].map((label) => {
      const arn = `arn:aws:ssm:eu-west-1:${account}:parameter/app/key`;
      return ['ssm', 'GetParameter', 'name', `${arn}${label}`, arn];
    }),
    // AWS Secrets Manager API Reference, GetSecretValue: an ARN without the last six characters is accepted.
    ...[
      ['db', 'db-??????'],
      ['db-AbCd12', 'db-AbCd12*'],
      ['db-secret', 'db-secret*'],
    ].map(([given = '', needed = '']) => {
      const arn = `arn:aws:secretsmanager:eu-west-1:${account}:secret:`;
      return ['secretsmanager', 'GetSecretValue', 'secretId', `${arn}${given}`, `${arn}${needed}`];
    }),
    ['ssm', 'GetDocument', 'name', 'doc', `arn:aws:ssm:*:${account}:document/doc`],
    ['iam', 'GetRole', 'roleName', 'r', `arn:aws:iam::${account}:role/*r`],
    ['logs', 'DescribeLogStreams', 'logGroupName', '/aws/x', `arn:aws:logs:*:${account}:log-group:/aws/x:*`],
    ['eks', 'DescribeCluster', 'name', 'c', `arn:aws:eks:*:${account}:cluster/c`],
    ['route53', 'GetHostedZone', 'hostedZoneId', '/hostedzone/Z1', 'arn:aws:route53:::hostedzone/Z1'],
    ['sns', 'GetTopicAttributes', 'topicArn', 'arn:aws:sns:eu-west-1:1:t', 'arn:aws:sns:eu-west-1:1:t'],
    [
      'lambda',
      'Invoke',
      'functionName',
      'arn:aws:lambda:eu-west-1:2:function:f',
      'arn:aws:lambda:eu-west-1:2:function:f',
    ],
  ])('%s %s %s=%s', (service, event, name, value, arn) => {
    expect(fromParameter(call(service, event), name, value)).toEqual(whole(arn));
  });

  it.each([
    ['sns', 'Publish', 'topicArn', 'no-arn'],
    ['sqs', 'SendMessage', 'queueUrl', 'q'],
    ['kms', 'Decrypt', 'keyId', 'not a key'],
    ['lambda', 'Invoke', 'functionName', '222222222222:function:f'],
    ['ssm', 'SendCommand', 'name', 'x'],
    ['s3', 'ListObjects', 'bucketName', ''],
    ['s3', 'ListObjects', 'bucketName', '*'],
    ['s3', 'ListObjects', 'bucketName', 'arn:aws:s3:::*'],
    ['s3', 'ListObjects', 'bucketName', '${aws:username}'],
    ['s3', 'ListObjects', 'bucketName', 'a\nb'],
    ['s3', 'ListObjects', 'bucketName', 'HIDDEN_DUE_TO_SECURITY_REASONS'],
    ['ec2', 'RunInstances', 'constructor', 'x'],
  ])('is none in %s %s %s=%s', (service, event, name, value) => {
    expect(fromParameter(call(service, event), name, value)).toBeNull();
  });

  it('takes the partition of the actor and every parameter of the service', () => {
    const china = {
      ...call('iam', 'AttachRolePolicy'),
      actor: { ...actor, arn: 'arn:aws-cn:iam::1:user/a' },
    };
    const values: Record<string, string> = { roleName: 'r', policyArn: 'arn:aws-cn:iam::1:policy/p' };
    expect(resourcesOf(china, [], (name) => values[name])).toEqual(
      whole('arn:aws-cn:iam::111111111111:role/*r', 'arn:aws-cn:iam::1:policy/p'),
    );
    const service = { ...china, actor: { ...actor, kind: 'service' as const, arn: 'ec2.amazonaws.com' } };
    expect(fromParameter(service, 'roleName', 'r')).toEqual(['arn:aws:iam::111111111111:role/*r']);
  });

  it('is not all where IAM checks the call against other resources too', () => {
    expect(fromParameter(call('ecs', 'RunTask'), 'cluster', 'c')).toBeNull();
  });

  it('is missing as soon as one parameter cannot be used', () => {
    const values: Record<string, string> = { roleName: '', policyArn: 'arn:aws:iam::1:policy/p' };
    expect(resourcesOf(call('iam', 'AttachRolePolicy'), [], (name) => values[name])).toBeNull();
  });

  it('has a whole ARN template wherever there is one', () => {
    for (const [source, rules] of Object.entries(RESOURCE_PARAMETERS)) {
      expect(source).toMatch(/^[a-z0-9-]+\.amazonaws\.com$/);
      expect(parametersOf(source).length).toBeGreaterThan(0);
      for (const { arn } of rules) if (arn !== null) expect(arn).toMatch(/^arn:\{p\}:[a-z0-9-]+:\*?:.*\{v\}/);
    }
    expect(parametersOf('kms.amazonaws.com')).toEqual(['keyId']);
    expect(parametersOf('none.amazonaws.com')).toEqual([]);
  });
});

const resources = fc
  .tuple(fc.array(fc.nat(30), { maxLength: 30 }), fc.boolean())
  .map(([numbers, known]) => (known ? resourceSet(numbers.map((n) => `arn:aws:s3:::b${n}`)) : null));

describe('merging resources', () => {
  it('is associative, takes any order and any repetition', () => {
    fc.assert(
      fc.property(resources, resources, resources, (a, b, c) => {
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(a, a)).toEqual(a);
        expect(merge(a, b)?.length ?? 0).toBeLessThanOrEqual(MAX_RESOURCES);
      }),
    );
  });

  it('collects the same in one collector or several, in any order', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('ListObjects', 'PutObject'), resources), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, fc.nat(12), (calls, at) => {
        const one = new ResourceCollector();
        for (const [name, found] of calls.toReversed()) one.add(call('s3', name), found);
        const both = new ResourceCollector();
        for (const part of [calls.slice(at), calls.slice(0, at)]) {
          const collector = new ResourceCollector();
          for (const [name, found] of part) collector.add(call('s3', name), found);
          for (const { call: what, resources: found } of collector.parts()) both.add(what, found);
        }
        expect(both.rows()).toEqual(one.rows());
      }),
    );
  });

  it('is complete up to the cap, and without calls that name none', () => {
    const row = (
      count: number,
      ...more: Resources[]
    ): { resources: readonly string[]; complete: boolean } => {
      const collector = new ResourceCollector();
      for (let i = 0; i < count; i += 1)
        collector.add(call('s3', 'ListObjects'), resourceSet([`arn:aws:s3:::b${100 + i}`]));
      for (const found of more) collector.add(call('s3', 'ListObjects'), found);
      const [first] = collector.rows();
      if (first === undefined) throw new Error('no row');
      return first;
    };
    expect(row(MAX_RESOURCES)).toMatchObject({ complete: true });
    expect(row(MAX_RESOURCES).resources).toHaveLength(MAX_RESOURCES);
    expect(row(MAX_RESOURCES + 5)).toMatchObject({ resources: [], complete: false });
    expect(row(1, null)).toMatchObject({ resources: [], complete: false });
  });
});
