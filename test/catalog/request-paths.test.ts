import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { MAX_PATHS } from '../../src/base/requests/matcher.js';
import { createCallPlans } from '../../src/base/requests/plan.js';
import { requestEvidence, rolePassingOperations } from '../support/request-evidence.js';

const catalog = await loadCatalog();
const furtherEvidence = requestEvidence(catalog);
const rolePassing = rolePassingOperations();
const name = (action: number): string => catalog.actions[action] ?? '';

function leafKeys(source: string, event: string, action: string): string[] {
  return catalog
    .furtherActions(`${source}.amazonaws.com`, event)
    .filter((further) => name(further.action) === action)
    .flatMap(({ evidence }) => (evidence.kind === 'hidden' ? evidence.when : evidence.paths))
    .flatMap((path) => path.leafKeys);
}

describe('the leaf keys of a further action', () => {
  it.each([
    ['iam', 'CreateRole', 'iam:TagRole', ['tags.key', 'Tags.Key']],
    ['sqs', 'CreateQueue', 'sqs:TagQueue', ['tags.*']],
    ['lambda', 'CreateFunction20150331', 'lambda:TagResource', ['tags.*', 'Tags.*']],
    ['lambda', 'CreateFunction20150331', 'iam:PassRole', ['role', 'Role']],
    [
      'ec2',
      'CreateVolume',
      'ec2:CreateTags',
      [
        'CreateVolumeRequest.TagSpecification.Tag.Key',
        'tagSpecifications.tags.key',
        'TagSpecifications.Tags.Key',
        'tagSpecificationSet.items.tags.key',
      ],
    ],
    ['s3', 'PutObject', 's3:PutObjectTagging', ['x-amz-tagging']],
    ['ecs', 'RegisterTaskDefinition', 'iam:PassRole', ['executionRoleArn', 'taskRoleArn']],
  ])('%s %s %s', (source, event, action, keys) => {
    expect(leafKeys(source, event, action)).toEqual(keys);
  });
});

describe('furtherActions', () => {
  it('is the same list for the same event, and empty for most', () => {
    const once = catalog.furtherActions('iam.amazonaws.com', 'CreateRole');
    expect(catalog.furtherActions('iam.amazonaws.com', 'CreateRole')).toBe(once);
    expect(catalog.furtherActions('iam.amazonaws.com', 'GetRole')).toEqual([]);
    expect(catalog.furtherActions('__proto__', 'constructor')).toEqual([]);
  });

  it('names who a role is passed to', () => {
    const [passRole] = catalog
      .furtherActions('ecs.amazonaws.com', 'RunTask')
      .filter(({ action }) => name(action) === 'iam:PassRole');
    expect(passRole).toMatchObject({
      operation: 'RunTask',
      evidence: { kind: 'role', passedTo: ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'] },
    });
    expect(rolePassing.has('ecs:RunTask')).toBe(true);
    expect(rolePassing.has('elasticbeanstalk:CreateEnvironment')).toBe(true);
    expect(rolePassing.has('sts:AssumeRole')).toBe(false);
  });
});

const REAL = '../shared/data/stratus-trail';
test.skipIf(!existsSync(REAL))('tags and roles of a real trail are seen', () => {
  const counts = new Map<string, number>();
  for (const file of readdirSync(REAL)) {
    const { Records } = JSON.parse(readFileSync(`${REAL}/${file}`, 'utf8')) as {
      Records: { eventSource: string; eventName: string; errorCode?: string; requestParameters: unknown }[];
    };
    for (const { eventSource, eventName, errorCode, requestParameters } of Records) {
      if (errorCode !== undefined) continue;
      for (const { action } of furtherEvidence(eventSource, eventName, requestParameters).shown) {
        const key = `${eventName} ${name(action)}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  expect(Object.fromEntries(counts)).toMatchObject({
    'AddRoleToInstanceProfile iam:PassRole': 3,
    'CreateFlowLogs ec2:CreateTags': 1,
    'CreateFlowLogs iam:PassRole': 1,
    'CreateFunction20150331 iam:PassRole': 2,
    'CreateFunction20150331 lambda:TagResource': 2,
    'CreateLogGroup logs:TagResource': 1,
    'CreateNatGateway ec2:CreateTags': 2,
    'CreateProfile iam:PassRole': 1,
    'CreateRole iam:TagRole': 12,
    'CreateSubnet ec2:CreateTags': 10,
    'CreateTrail cloudtrail:AddTags': 2,
    'PutParameter ssm:AddTagsToResource': 42,
    'RunInstances ec2:CreateTags': 2,
    'RunInstances iam:PassRole': 2,
  });
  expect(counts.size).toBe(31);
});

describe('requestPlan', () => {
  const planOf = createCallPlans(catalog.requestPlan);

  it('asks for all that a further action of a call is shown by', () => {
    for (const [prefix, operations] of catalog.requestPlan.services) {
      for (const event of operations.flatMap((entry) => entry.operations.split(' '))) {
        const source = `${prefix}.amazonaws.com`;
        const further = catalog.furtherActions(source, event).map(({ evidence }) => evidence);
        const plan = planOf(source, event);
        const asked = plan?.paths.map(({ id }) => id);
        for (const evidence of further) {
          for (const { id } of evidence.kind === 'hidden' ? evidence.when : evidence.paths)
            expect(asked, event).toContain(id);
          if (evidence.kind === 'role') expect(plan?.roles, event).toBe(true);
        }
        expect(asked?.length ?? 0).toBeLessThanOrEqual(MAX_PATHS);
      }
    }
  });

  it.each([
    [
      'lambda.amazonaws.com',
      'CreateFunction20150331v2',
      ['CapacityProviderConfig', 'Layers', 'Role@', 'Tags{}'],
    ],
    ['monitoring.amazonaws.com', 'PutMetricAlarm', ['Tags[Key]']],
    ['autoscaling.amazonaws.com', 'DescribeScalingActivities', ['ServiceNamespace']],
    ['iam.amazonaws.com', 'GetRole', undefined],
    ['__proto__', 'constructor', undefined],
  ])('%s %s', (source, event, paths) => {
    expect(
      planOf(source, event)
        ?.paths.map(({ id }) => id)
        .sort(),
    ).toEqual(paths);
  });
});
