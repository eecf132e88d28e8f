import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallPlans } from '../../src/base/requests/plan.js';
import { requestReader } from '../../src/base/requests/reader.js';
import { has } from '../../src/catalog/action-set.js';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { suggestPolicies } from '../../src/iam/suggest.js';
import { creditActivity } from '../../src/review/credits.js';
import { explainCalls } from '../../src/review/explained-calls.js';
import { retainedActions } from '../../src/review/retained-actions.js';
import { statuses } from '../../src/review/status.js';
import type { ActivityRow, Outcome } from '../../src/trail/types.js';
import { principalWith } from '../iam/principal.js';
import { unseenWith } from './recorded.js';

// Actions are those of AWS's Service Reference. Parameters are spelled as CloudTrail records them, according to the
// documentation of each service, not according to data/catalog.

const REFERENCE = '../shared/data/service-reference.json';
const isThere = existsSync(REFERENCE);
if (!isThere) console.warn(`SKIPPED: actions inside calls are not compared with AWS: no ${REFERENCE}`);

const catalog = await loadCatalog();
const evaluator = createEvaluator(catalog);
const services = catalog.services.map(({ prefix }) => `${prefix}.amazonaws.com`);
/** Logs that show events of every kind. */
const unseen = unseenWith(catalog, services);
const planOf = createCallPlans(catalog.requestPlan);

/** How the requests of a service show tags. */
type Spelling = (tags: readonly (readonly [string, string])[]) => object;
const list =
  (name: string, key = 'key', value = 'value'): Spelling =>
  (tags) => ({ [name]: tags.map(([k, v]) => ({ [key]: k, [value]: v })) });
const map =
  (name = 'tags'): Spelling =>
  (tags) => ({ [name]: Object.fromEntries(tags) });
const EC2: Spelling = (tags) => ({
  tagSpecificationSet: {
    items: [{ resourceType: 'instance', tags: tags.map(([key, value]) => ({ key, value })) }],
  },
});

// The page "Tagging" and the API reference of each service.
const TAGS: Readonly<Record<string, Spelling>> = {
  ec2: EC2,
  ...Object.fromEntries(
    'acm athena autoscaling cloudwatch dms dynamodb ecr ecs elasticache elasticfilesystem elasticloadbalancing events fsx iam kinesisanalytics memorydb organizations rds redshift route53resolver sagemaker secretsmanager sns ssm states transfer wafv2 workspaces'
      .split(' ')
      .map((service) => [service, list('tags')]),
  ),
  ...Object.fromEntries(
    'apigateway appsync backup-gateway batch eks glue guardduty iotwireless kafka lambda logs mq pipes scheduler sqs signer synthetics'
      .split(' ')
      .map((service) => [service, map()]),
  ),
  kms: list('tags', 'tagKey', 'tagValue'),
  cloudtrail: list('tagsList'),
  es: list('tagList'),
};
const TAG_ACTION = /:(Tag\w*|AddTags\w*|CreateTags)$/;

/** The tags of these operations have another name or place, or the operation sets none. */
const OTHER_TAGS = new Set(
  (
    'cloudtrail:CreateChannel cloudwatch:TagResource dynamodb:UpdateTable ec2:RequestSpotFleet ecr:BatchGetImage iam:AcquireRole ' +
    'fsx:DeleteFileSystem fsx:DeleteVolume rds:DeleteDBCluster rds:DeleteDBInstance rds:DeleteTenantDatabase ' +
    'rds:ModifyDBInstance rds:PromoteReadReplica rds:StopDBInstance redshift:CreateIntegration ' +
    'workspaces:CreateStandbyWorkspaces workspaces:CreateWorkspaces'
  ).split(' '),
);

/** Parameter, an example, and the actions that it needs. */
const PARAMETERS: Readonly<Record<string, readonly (readonly [object, readonly string[]])[]>> = {
  // AWS Lambda Developer Guide, "Layer permissions".
  'lambda:CreateFunction': [
    [{ layers: ['arn:aws:lambda:eu-west-1:1:layer:l:1'] }, ['lambda:GetLayerVersion']],
  ],
  // AWS Secrets Manager API Reference, BatchGetSecretValue.
  'secretsmanager:BatchGetSecretValue': [
    [{ filters: [{ key: 'name', values: ['a'] }] }, ['secretsmanager:ListSecrets']],
  ],
  // AWS STS API Reference, AssumeRole.
  'sts:AssumeRole': [
    [{ tags: [{ key: 'a', value: 'b' }] }, ['sts:TagSession']],
    [{ sourceIdentity: 'ann' }, ['sts:SetSourceIdentity']],
  ],
  // Amazon S3 API Reference: "Permissions" of PutObject, CopyObject and CreateBucket.
  's3:PutObject': [
    [{ 'x-amz-acl': 'public-read' }, ['s3:PutObjectAcl']],
    [{ 'x-amz-grant-full-control': 'id="1"' }, ['s3:PutObjectAcl']],
    [{ 'x-amz-tagging': 'a=b' }, ['s3:PutObjectTagging']],
    [{ 'x-amz-object-lock-mode': 'GOVERNANCE' }, ['s3:PutObjectRetention']],
    [{ 'x-amz-object-lock-legal-hold': 'ON' }, ['s3:PutObjectLegalHold']],
  ],
  's3:CopyObject': [
    [{ 'x-amz-copy-source': 'a/b' }, ['s3:GetObject']],
    [{ 'x-amz-tagging': 'a=b' }, ['s3:PutObjectTagging']],
  ],
  's3:CreateBucket': [
    [{ 'x-amz-acl': 'public-read' }, ['s3:PutBucketAcl']],
    [
      { 'x-amz-bucket-object-lock-enabled': 'true' },
      ['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'],
    ],
    [{ 'x-amz-object-ownership': 'ObjectWriter' }, ['s3:PutBucketOwnershipControls']],
  ],
};

interface Parameter {
  readonly operation: string;
  /** Parts of the request, each with the actions that it shows. */
  readonly parts: readonly (readonly [object, readonly string[]])[];
  /** All actions that the operation may need. */
  readonly needs: readonly string[];
}

function parameters(): Parameter[] {
  const { operations } = JSON.parse(readFileSync(REFERENCE, 'utf8')) as {
    operations: Record<string, string[]>;
  };
  return Object.entries(operations).flatMap(([original, needs]) => {
    const operation = original.replace(/^opensearch:/, 'es:');
    const [service = ''] = operation.split(':');
    const spelling = TAGS[service];
    const tagged = needs.filter((need) => TAG_ACTION.test(need) && need !== operation);
    const [tagAction] = tagged;
    const parts: (readonly [object, readonly string[]])[] = [...(PARAMETERS[operation] ?? [])];
    if (
      spelling !== undefined &&
      tagAction !== undefined &&
      tagged.length === 1 &&
      !OTHER_TAGS.has(operation)
    )
      parts.push([
        spelling([
          ['team', 'blue'],
          ['stage', ''],
        ]),
        [tagAction],
      ]);
    if (needs.includes('iam:PassRole'))
      parts.push([
        { configuration: { serviceRoleArn: 'arn:aws:iam::111111111111:role/service-role/app' } },
        ['iam:PassRole'],
      ]);
    return parts.length === 0 ? [] : [{ operation, parts, needs }];
  });
}

/** The review of one principal with one call. */
function review(operation: string, request: object, outcome: Outcome, granted: readonly string[]) {
  const [service = '', eventName = ''] = operation.split(':');
  const eventSource = `${service}.amazonaws.com`;
  const call: ActivityRow = {
    actor: { kind: 'user', arn: 'arn:aws:iam::111111111111:user/a', id: 'AIDA', accountId: '111111111111' },
    recipientAccountId: '111111111111',
    ...{ eventSource, eventName, outcome, apiCall: true, count: 1 },
    errorCode: outcome === 'succeeded' ? null : 'AccessDenied',
    first: '2026-08-01T10:00:00Z',
    last: '2026-08-01T10:00:00Z',
  };
  const plan = planOf(eventSource, eventName);
  const contents = plan === null ? undefined : requestReader(plan)(request);
  const { first, last } = call;
  const roles = (contents?.roles ?? []).map((role) => ({ role, count: 1, first, last }));
  const rows = contents === undefined ? [] : [{ ...call, ...contents, roles, rolesComplete: true }];
  const principal = principalWith('user', [
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: granted, Resource: '*' }] },
  ]);
  const grants = evaluator.grants(principal);
  const credit = creditActivity(catalog, grants.granted, explainCalls(catalog, [call], rows));
  const status = statuses(catalog, grants.granted, credit, unseen);
  const { cautious } = suggestPolicies(principal, retainedActions(catalog, grants, status), catalog);
  const kept = evaluator.grants(
    principalWith(
      'user',
      cautious.map(({ document }) => document),
    ),
  ).granted;
  return { grants, status, kept };
}

describe.skipIf(!isThere)('an action that a call needs, and whose parameter is in its request', () => {
  const all = isThere ? parameters() : [];

  it('is looked for in many operations', () => {
    expect(all.length).toBeGreaterThan(1150);
  });

  it('is used or ungranted, and survives the cautious policy', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.infiniteStream(fc.boolean()),
        fc.constantFrom<Outcome>('succeeded', 'succeeded', 'succeeded', 'denied'),
        fc.boolean(),
        ({ operation, parts, needs }, choices, outcome, whole) => {
          const choose = (): boolean => choices.next().value === true;
          const there = parts.filter(choose);
          const request = Object.assign({ name: 'a' }, ...there.map(([part]) => part)) as object;
          const granted = [operation, 'sqs:DeleteQueue', ...needs.filter(choose)].map((action) =>
            whole ? action.replace(/:.*/, ':*') : action,
          );
          const { grants, status, kept } = review(operation, request, outcome, granted);
          for (const action of there.flatMap(([, actions]) => actions)) {
            const index = catalog.indexOf(action) ?? -1;
            const isGranted = has(grants.granted, index);
            const set = isGranted ? status.used : status.ungranted;
            if (has(set, index) !== (outcome === 'succeeded'))
              throw new Error(`${operation} ${outcome} ${JSON.stringify(request)}: ${action}`);
            if (isGranted && !has(kept, index))
              throw new Error(`${operation} ${JSON.stringify(request)}: the policy lacks ${action}`);
          }
        },
      ),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 2000) },
    );
  });
});
