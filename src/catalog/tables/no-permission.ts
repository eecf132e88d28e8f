/** Events that need no IAM permission, with the reason. Sign-in sources match as a whole. */
export const NO_PERMISSION_SOURCES: ReadonlyMap<string, string> = new Map([
  ['signin', 'sign-in to the console'],
  ['portal.sso', 'sign-in through IAM Identity Center'],
]);

export const NO_PERMISSION: ReadonlyMap<string, string> = new Map([
  ['sts:getcalleridentity', 'allowed to everyone (AWS STS API reference: GetCallerIdentity)'],
  ['sts:getsessiontoken', 'allowed to every user (AWS STS API reference: GetSessionToken)'],
  ['sso:authenticate', 'sign-in through IAM Identity Center'],
  ['sso:federate', 'sign-in through IAM Identity Center'],
  ['sso:getrolecredentials', 'authorized by an IAM Identity Center token'],
  ['sso:listaccountroles', 'authorized by an IAM Identity Center token'],
  ['sso:listaccounts', 'authorized by an IAM Identity Center token'],
  ['sso:logout', 'authorized by an IAM Identity Center token'],
  ['sso-oauth:createtoken', 'sign-in through IAM Identity Center'],
  ['sso-oauth:registerclient', 'sign-in through IAM Identity Center'],
  ['sso-oauth:startdeviceauthorization', 'sign-in through IAM Identity Center'],
  ['secretsmanager:startsecretversiondelete', 'made by Secrets Manager itself'],
  ['secretsmanager:endsecretversiondelete', 'made by Secrets Manager itself'],
  ['ec2:sharedsnapshotvolumecreated', 'made by Amazon EBS itself'],
]);
