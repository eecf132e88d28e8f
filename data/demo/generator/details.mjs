// Output format of `aws iam get-account-authorization-details`.
import { awsManaged } from './managed-policies.mjs';
import { stream } from './random.mjs';

const VERSION = '2012-10-17';
export const document = (/** @type {object[]} */ ...statements) => ({
  Version: VERSION,
  Statement: statements,
});
export const inline = (/** @type {string} */ name, /** @type {object[]} */ ...statements) => ({
  PolicyName: name,
  PolicyDocument: document(...statements),
});
export const allow = (
  /** @type {string | string[]} */ actions,
  /** @type {string | string[]} */ resources = '*',
) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});
export const trust = (/** @type {object} */ principals, action = 'sts:AssumeRole', condition = undefined) =>
  document({
    Effect: 'Allow',
    Principal: principals,
    Action: action,
    ...(condition && { Condition: condition }),
  });
export const service = (/** @type {string} */ name) => trust({ Service: `${name}.amazonaws.com` });
export const saml = (/** @type {string} */ account) =>
  trust(
    { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_8f2d61c3a7e90b45_DO_NOT_DELETE` },
    ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
    { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  );
const tags = (/** @type {Record<string, string>} */ values) =>
  Object.entries(values).map(([Key, Value]) => ({ Key, Value }));

/** Dates as the AWS CLI prints them. @param {string} time */
export const date = (time) => time.replace('Z', '+00:00');

export const aws = (/** @type {string} */ name) => ({
  PolicyName: name.split('/').at(-1),
  PolicyArn: `arn:aws:iam::aws:policy/${name}`,
});
export const own = (/** @type {string} */ account, /** @type {string} */ name) => ({
  PolicyName: name,
  PolicyArn: `arn:aws:iam::${account}:policy/${name}`,
});

/** @param {any} who @param {any} more */
export function userDetail(who, { groups = [], managed = [], policies = [], boundary = null, tagged = {} }) {
  return {
    Path: who.path,
    UserName: who.name,
    UserId: who.id,
    Arn: who.arn,
    CreateDate: date(who.created),
    ...(policies.length > 0 && { UserPolicyList: policies }),
    GroupList: groups,
    AttachedManagedPolicies: managed,
    ...(boundary && {
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
    }),
    Tags: tags(tagged),
  };
}

/** @param {any} who @param {any} trusts @param {any} more */
export function roleDetail(
  who,
  trusts,
  { managed = [], policies = [], lastUsed = null, profile = false, tagged = {} },
) {
  const random = stream(`profile ${who.arn}`);
  return {
    Path: who.path,
    RoleName: who.name,
    RoleId: who.id,
    Arn: who.arn,
    CreateDate: date(who.created),
    AssumeRolePolicyDocument: trusts,
    InstanceProfileList: profile
      ? [
          {
            Path: '/',
            InstanceProfileName: who.name,
            InstanceProfileId: random.iamId('AIPA'),
            Arn: `arn:aws:iam::${who.account}:instance-profile/${who.name}`,
            CreateDate: date(who.created),
          },
        ]
      : [],
    RolePolicyList: policies,
    AttachedManagedPolicies: managed,
    Tags: tags(tagged),
    RoleLastUsed: lastUsed ? { LastUsedDate: date(lastUsed), Region: 'us-east-1' } : {},
  };
}

/** A managed policy; its last version is the default version. @param {object[]} versions */
export function policyDetail(name, arn, path, created, versions, attachments) {
  return {
    PolicyName: name,
    PolicyId: stream(`policy ${arn}`).iamId('ANPA'),
    Arn: arn,
    Path: path,
    DefaultVersionId: `v${versions.length}`,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: name.endsWith('Boundary') ? 1 : 0,
    IsAttachable: true,
    CreateDate: date(created),
    UpdateDate: date(created),
    PolicyVersionList: versions
      .map((policy, i) => ({
        Document: policy,
        VersionId: `v${i + 1}`,
        IsDefaultVersion: i === versions.length - 1,
        CreateDate: date(created),
      }))
      .reverse(),
  };
}

/** Attached AWS managed policies, which the AWS CLI also prints. @param {any[]} details */
function attachedAws(/** @type {any[]} */ details) {
  const arns = details.flatMap((detail) =>
    detail.AttachedManagedPolicies.map((/** @type {any} */ a) => a.PolicyArn),
  );
  return Object.entries(awsManaged)
    .map(([name, statements]) => ({ name, arn: `arn:aws:iam::aws:policy/${name}`, statements }))
    .filter(({ arn }) => arns.includes(arn))
    .map(({ name, arn, statements }) => {
      const folder = name.includes('/') ? `/${name.slice(0, name.lastIndexOf('/') + 1)}` : '/';
      const count = arns.filter((other) => other === arn).length;
      return policyDetail(
        aws(name).PolicyName,
        arn,
        folder,
        '2015-02-06T18:39:46Z',
        [document(...statements)],
        count,
      );
    });
}

/** @param {any[]} users @param {any[]} groups @param {any[]} roles @param {any[]} policies */
export function details(users, groups, roles, policies = []) {
  const attached = attachedAws([...users, ...groups, ...roles]);
  return {
    UserDetailList: users,
    GroupDetailList: groups,
    RoleDetailList: roles,
    Policies: [...policies, ...attached],
  };
}
