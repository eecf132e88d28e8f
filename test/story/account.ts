import { idOf, logFile, recordOf } from '../support/cloudtrail.js';

/** The account of the story, as `get-account-authorization-details` shows it in two quarters, and its trail. */
export const ACCOUNT = '123456789012';
const arnOf = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`;

const allow = (...actions: string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});
const POLICIES = {
  Everything: allow('*'),
  Buckets: allow('s3:ListAllMyBuckets', 's3:CreateBucket', 's3:DeleteBucket'),
};

interface Person {
  readonly id?: string;
  /** Actions of an inline policy. */
  readonly may?: readonly string[];
  /** Managed policies. */
  readonly has?: readonly (keyof typeof POLICIES)[];
  readonly owner?: string;
}

/** Authorization details with these users. */
export const details = (people: Readonly<Record<string, Person>>): string =>
  JSON.stringify({
    UserDetailList: Object.entries(people).map(([name, { id, may, has = [], owner }]) => ({
      Path: '/',
      UserName: name,
      UserId: id ?? idOf('user', name),
      Arn: arnOf(name),
      CreateDate: '2025-01-02T03:04:05+00:00',
      GroupList: [],
      UserPolicyList: may === undefined ? [] : [{ PolicyName: 'own', PolicyDocument: allow(...may) }],
      AttachedManagedPolicies: has.map((policy) => ({
        PolicyName: policy,
        PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/${policy}`,
      })),
      Tags: owner === undefined ? [] : [{ Key: 'Owner', Value: owner }],
    })),
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: Object.entries(POLICIES).map(([name, Document]) => ({
      PolicyName: name,
      Arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }],
    })),
  });

/** Each of them lists the buckets once in each of the months. */
export const trail = (calls: Readonly<Record<string, readonly string[]>>): string =>
  logFile(
    ...Object.entries(calls).flatMap(([name, days]) =>
      days.map((day) =>
        recordOf({
          time: `${day}T10:00:00Z`,
          caller: arnOf(name),
          source: 's3.amazonaws.com',
          name: 'ListBuckets',
        }),
      ),
    ),
  );

const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date';

/** A credential report: `console` have a password, `keys` a key since 2026-01-01. */
export const credentialReport = (console: readonly string[], keys: readonly string[]): string =>
  [
    HEADER,
    '<root_account>,arn:aws:iam::123456789012:root,2020-01-01T00:00:00+00:00,not_supported,N/A,not_supported,not_supported,true,false,N/A,N/A',
    ...[...console, ...keys].map((name) => {
      const password = console.includes(name);
      const key = keys.includes(name);
      return `${name},${arnOf(name)},2025-01-02T03:04:05+00:00,${password},N/A,N/A,N/A,${password},${key},${key ? '2026-01-01T00:00:00+00:00' : 'N/A'},N/A`;
    }),
  ].join('\n');
