import type { JsonObject } from '../support/elasticsearch/index-records.js';
import { A } from '../trail/contract/records.js';

/** Authorization details of an account with two users and a role. */
export const ACCOUNT_DETAILS: JsonObject = {
  UserDetailList: ['alice', 'bob'].map((name) => ({
    Path: '/',
    UserName: name,
    UserId: `AIDA${name.toUpperCase()}11`,
    Arn: `arn:aws:iam::${A}:user/${name}`,
    CreateDate: '2024-01-01T00:00:00Z',
    GroupList: [],
    UserPolicyList: [
      {
        PolicyName: 'all',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['s3:*', 'sts:*'], Resource: '*' }],
        },
      },
    ],
    AttachedManagedPolicies: [],
  })),
  RoleDetailList: [
    {
      Path: '/team/',
      RoleName: 'deploy',
      RoleId: 'AROADEPLOY',
      Arn: `arn:aws:iam::${A}:role/team/deploy`,
      CreateDate: '2024-01-01T00:00:00Z',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${A}:root` }, Action: 'sts:AssumeRole' },
        ],
      },
      RolePolicyList: [],
      AttachedManagedPolicies: [],
      InstanceProfileList: [],
    },
  ],
  GroupDetailList: [],
  Policies: [],
};
