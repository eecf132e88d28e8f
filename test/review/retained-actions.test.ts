import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { Catalog } from '../../src/catalog/types.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { retainedActions } from '../../src/review/retained-actions.js';
import { creditActivity, type CreditedCall } from '../../src/review/credits.js';
import { actionNames, statuses } from '../../src/review/status.js';
import { principalWith } from '../iam/principal.js';
import { unseenWith } from './recorded.js';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadCatalog();
});

interface Given {
  /** Granted on every resource, by one policy. */
  readonly granted: readonly string[];
  /** Calls, such as `sqs:CreateQueue`, with the error code of those that did not succeed. */
  readonly calls?: readonly (readonly [string, string?])[];
  /** Event sources whose data events are logged. */
  readonly logged?: readonly string[];
}

function callOf([call, errorCode]: readonly [string, string?]): CreditedCall {
  const [service = '', eventName = ''] = call.split(':');
  const outcome = errorCode === undefined ? 'succeeded' : errorCode === 'AccessDenied' ? 'denied' : 'failed';
  const time = '2026-08-01T10:00:00Z';
  const rest = {
    apiCall: true,
    outcome,
    count: 1,
    first: time,
    last: time,
    errorCode: errorCode ?? null,
  } as const;
  return { eventSource: `${service}.amazonaws.com`, eventName, ...rest };
}

/** Names of the actions that each suggestion retains. */
function retained({ granted, calls = [], logged = [] }: Given): { strict: string[]; cautious: string[] } {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: granted, Resource: '*' }],
  };
  const grants = createEvaluator(catalog).grants(principalWith('user', [document]));
  const credit = creditActivity(catalog, grants.granted, calls.map(callOf));
  const status = statuses(catalog, grants.granted, credit, unseenWith(catalog, logged));
  const { strict, cautious } = retainedActions(catalog, grants, status);
  return { strict: actionNames(catalog, strict), cautious: actionNames(catalog, cautious) };
}

const QUEUES = ['sqs:CreateQueue', 'sqs:DeleteQueue'];
const CREATED = ['sqs:CreateQueue'] as const;

describe('what suggestions retain', () => {
  test.each<[string, Given, readonly string[], readonly string[]]>([
    ['nothing where nothing was called', { granted: QUEUES }, [], []],
    ['what was used', { granted: QUEUES, calls: [CREATED] }, ['sqs:CreateQueue'], ['sqs:CreateQueue']],
    [
      'what was denied though granted, cautiously',
      { granted: QUEUES, calls: [CREATED, ['sqs:DeleteQueue', 'AccessDenied']] },
      ['sqs:CreateQueue'],
      QUEUES,
    ],
    [
      'what failed, cautiously',
      { granted: QUEUES, calls: [['sqs:DeleteQueue', 'QueueDoesNotExist']] },
      [],
      ['sqs:DeleteQueue'],
    ],
    [
      'nothing that is not granted: used, denied or failed',
      {
        granted: QUEUES,
        calls: [['kms:CreateKey'], ['kms:ListKeys', 'AccessDenied'], ['kms:ListAliases', 'Throttling']],
      },
      [],
      [],
    ],
    [
      'what CloudTrail does not record of a service in use, cautiously',
      { granted: ['s3:GetObject', 's3:ListAllMyBuckets'], calls: [['s3:ListBuckets']] },
      ['s3:ListAllMyBuckets'],
      ['s3:GetObject', 's3:ListAllMyBuckets'],
    ],
    [
      'data events only where they would have been recorded and were',
      {
        granted: ['s3:GetObject', 's3:ListAllMyBuckets'],
        calls: [['s3:ListBuckets']],
        logged: ['s3.amazonaws.com'],
      },
      ['s3:ListAllMyBuckets'],
      ['s3:ListAllMyBuckets'],
    ],
    [
      'services of which CloudTrail records nothing that is granted, where a policy names them',
      { granted: ['sqs:ReceiveMessage', 'sns:Publish'], calls: [['kms:ListKeys', 'Throttling']] },
      [],
      ['sns:Publish', 'sqs:ReceiveMessage'],
    ],
    [
      'no action without an event of its own in a service that shows no use',
      { granted: ['iam:GetAccountName', 'iam:CreateUser', 'iam:DeleteUser'], calls: [] },
      [],
      [],
    ],
    [
      'an action without an event of its own where most of the grant is not recorded',
      { granted: ['iam:GetAccountName', 'iam:GetRole'], calls: [] },
      [],
      ['iam:GetAccountName'],
    ],
    [
      'a role that a call may have passed without an event, where that call stays',
      { granted: ['iam:PassRole', 'swf:RespondDecisionTaskCompleted'], calls: [] },
      [],
      ['iam:PassRole', 'swf:RespondDecisionTaskCompleted'],
    ],
    [
      'no role where no call that may pass one was made',
      { granted: ['iam:PassRole', 'lambda:CreateFunction'], calls: [] },
      [],
      [],
    ],
    [
      'what a call may have needed besides, where its requests are not known',
      {
        granted: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:TagResource', 'lambda:DeleteFunction'],
        calls: [['lambda:CreateFunction']],
      },
      ['lambda:CreateFunction'],
      ['iam:PassRole', 'lambda:CreateFunction', 'lambda:TagResource'],
    ],
    [
      'data events that are not logged, where a policy names the service',
      { granted: ['s3:PutObject', 's3:ListAllMyBuckets', 's3:CreateBucket'], calls: [CREATED] },
      [],
      ['s3:PutObject'],
    ],
    [
      'a service of which a call succeeded that no action is known for',
      { granted: ['glue:GetTable', 'glue:DeleteTable'], calls: [['glue:InventedOperation']] },
      [],
      ['glue:DeleteTable', 'glue:GetTable'],
    ],
    [
      'the one of several actions that its event is credited to',
      { granted: ['s3:GetBucketAcl', 's3:GetBucketTagging'], calls: [['s3:GetBucketTagging']] },
      ['s3:GetBucketTagging'],
      ['s3:GetBucketTagging'],
    ],
  ])('%s', (_, given, strict, cautious) => {
    expect(retained(given)).toEqual({ strict, cautious });
  });

  test('a wildcard names no service: what only * grants goes where nothing shows use', () => {
    const { strict, cautious } = retained({ granted: ['*'], calls: [CREATED] });
    expect(strict).toEqual(['sqs:CreateQueue']);
    expect(cautious).toContain('sqs:ReceiveMessage');
    expect(cautious).not.toContain('sns:Publish');
    expect(cautious.every((action) => action.startsWith('sqs:'))).toBe(true);
  });
});
