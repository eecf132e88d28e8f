import { expect, it } from 'vitest';
import type { RequestPlan } from '../../../src/base/requests/plan.js';
import { missingRequests } from '../../../src/trail/requests.js';
import type { ActivityRow } from '../../../src/trail/types.js';

const PLAN: RequestPlan = {
  prefixes: { first: new Map(), second: new Map() },
  services: new Map([
    ['lambda', [{ operations: 'CreateFunction UpdateFunctionConfiguration', paths: 'tags{}', roles: true }]],
  ]),
};

const row = (eventName: string, apiCall = true): ActivityRow => ({
  actor: {
    kind: 'user',
    arn: 'arn:aws:iam::111111111111:user/ann',
    id: 'AIDAANN',
    accountId: '111111111111',
  },
  recipientAccountId: '111111111111',
  eventSource: 'lambda.amazonaws.com',
  eventName,
  apiCall,
  outcome: 'succeeded',
  errorCode: null,
  count: 3,
  first: '2026-07-01T00:00:00Z',
  last: '2026-07-02T00:00:00Z',
});

it('tells of a source without request parameters only which calls may have shown more', () => {
  const activity = [row('CreateFunction20150331'), row('CreateFunction20150331', false), row('ListTags')];
  expect([...missingRequests(activity, PLAN)]).toEqual([
    { ...row('CreateFunction20150331'), parameters: 'missing', found: [], roles: [], rolesComplete: true },
  ]);
  expect([...missingRequests(activity, undefined)]).toEqual([]);
});
