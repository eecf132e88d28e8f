import { expect, test } from 'vitest';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { parseScpLevel } from '../../src/iam/scp.js';
import type { Principal } from '../../src/iam/types.js';
import { ungrantedReason } from '../../src/review/ungranted-reason.js';
import { describeUngranted } from '../../src/wording/statuses.js';
import { policyOf, principalWith } from '../iam/principal.js';
import { tinyCatalog } from '../iam/tiny-catalog.js';

const catalog = tinyCatalog();
const ACTION = 's3:CreateBucket';
const allow = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: string, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' });
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } };

interface Given {
  /** Inline policies, named p0, p1, … */
  readonly policies: readonly object[];
  /** Named edge. */
  readonly boundary?: object;
  /** One level of service control policies. */
  readonly scp?: object;
}

const why = ({ policies, boundary, scp }: Given): string => {
  const principal: Principal = {
    ...principalWith('user', policies),
    ...(boundary && {
      boundary: {
        kind: 'policy',
        arn: 'arn:aws:iam::111122223333:policy/edge',
        policy: policyOf(boundary, 'edge').policy,
      },
    }),
  };
  const scps = scp === undefined ? [] : [parseScpLevel(scp, 'scp.json', 'scp.json')];
  const grants = createEvaluator(catalog, { scps }).grants(principal);
  return describeUngranted(ungrantedReason(grants.explain(catalog.indexOf(ACTION) ?? -1), principal));
};

// IAM User Guide: Policy evaluation logic. An explicit denial comes first, then SCPs, then identity policies, then boundaries.
test.each<[string, Given, RegExp]>([
  ['no policy allows it', { policies: [document(allow('ec2:*'))] }, /^No identity-based policy allows/],
  [
    'a policy denies it',
    { policies: [document(allow('*')), document(deny('s3:*'))] },
    /policy p1 denies this action/,
  ],
  [
    'a policy denies it always, and another one under a condition',
    { policies: [document(deny('s3:*', MFA)), document(allow('*'), deny('s3:Create*'))] },
    /policy p1 denies this action/,
  ],
  [
    'the boundary denies it',
    { policies: [document(allow('*'))], boundary: document(allow('*'), deny(ACTION)) },
    /permissions boundary edge denies this action/,
  ],
  [
    'the boundary does not allow it',
    { policies: [document(allow('*'))], boundary: document(allow('ec2:*')) },
    /permissions boundary edge does not allow this action/,
  ],
  [
    'a service control policy denies it',
    { policies: [document(allow('*'))], scp: document(allow('*'), deny(ACTION)) },
    /service control policy .*denies this action/,
  ],
  [
    'the service control policies do not allow it',
    { policies: [document(allow('*'))], scp: document(allow('ec2:*')) },
    /service control policies do not allow this action/,
  ],
  [
    'neither SCPs nor policies nor the boundary allow it: SCPs come first',
    {
      policies: [document(allow('ec2:*'))],
      boundary: document(allow('ec2:*')),
      scp: document(allow('ec2:*')),
    },
    /service control policies do not allow this action/,
  ],
  [
    'neither policies nor the boundary allow it: policies come first',
    { policies: [document(allow('ec2:*'))], boundary: document(allow('ec2:*')) },
    /^No identity-based policy allows/,
  ],
])('%s', (_, given, sentence) => {
  expect(why(given)).toMatch(sentence);
});
