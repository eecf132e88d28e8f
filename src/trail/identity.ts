import { accountInArn } from '../base/arn.js';
import type { Actor, RawActor } from './types.js';

/**
 * The caller of a call (CloudTrail User Guide: userIdentity element). A role session counts for its role,
 * identified by the session issuer, whose ARN has the path; a federated session counts for the user who issued it.
 */
export function identify(raw: RawActor): Actor {
  if (raw.issuerArn !== null && raw.issuerArn !== '') return fromIssuer(raw, raw.issuerArn);
  const accountId = raw.accountId ?? accountOf(raw.arn);
  const id = raw.principalId;
  const arn = raw.arn;
  // Indices can hold it in lower case.
  switch (raw.type?.toLowerCase()) {
    case 'root':
      return {
        kind: 'root',
        arn: `arn:${partitionOf(arn)}:iam::${accountId ?? ''}:root`,
        id: null,
        accountId,
      };
    case 'awsservice':
    case 'awsinternal':
      return { kind: 'service', arn: raw.invokedBy ?? 'aws-service', id: null, accountId: null };
    case 'awsaccount':
      return {
        kind: 'external',
        arn: arn ?? id?.split(':')[0] ?? accountId ?? 'unknown',
        id: id?.split(':')[0] ?? null,
        accountId,
      };
    case 'samluser':
      return { kind: 'saml', arn: arn ?? id ?? 'unknown', id: null, accountId };
    case 'webidentityuser':
      return { kind: 'web-identity', arn: arn ?? id ?? 'unknown', id: null, accountId };
    case 'identitycenteruser':
      return { kind: 'identity-center', arn: arn ?? id ?? 'unknown', id: null, accountId };
    case 'federateduser':
      return { kind: 'federated', arn: arn ?? id ?? 'unknown', id: null, accountId };
  }
  if (arn === null) {
    if (raw.invokedBy !== null) return { kind: 'service', arn: raw.invokedBy, id: null, accountId: null };
    // Without an ARN, the unique ID can still identify the user or role.
    const unique = uniqueId(id);
    return { kind: 'unknown', arn: unique ?? accountId ?? 'unknown', id: unique, accountId };
  }
  const role = roleOfSession(arn);
  if (role !== null) {
    // Without a session issuer, the path is unknown; the unique ID, if any, still identifies the role.
    return {
      kind: 'role',
      arn: role,
      id: uniqueId(id) ?? uniqueId(raw.issuerId),
      accountId: accountInArn(role),
    };
  }
  if (/^arn:[^:]*:iam::[^:]*:user\//.test(arn)) return { kind: 'user', arn, id: uniqueId(id), accountId };
  if (/^arn:[^:]*:iam::[^:]*:role\//.test(arn)) return { kind: 'role', arn, id: uniqueId(id), accountId };
  return { kind: 'unknown', arn, id: null, accountId };
}

function fromIssuer(raw: RawActor, issuerArn: string): Actor {
  const accountId = accountOf(issuerArn) ?? raw.accountId;
  const id = uniqueId(raw.issuerId) ?? uniqueId(raw.principalId);
  if (issuerArn.includes(':role/')) return { kind: 'role', arn: issuerArn, id, accountId };
  if (issuerArn.includes(':user/'))
    return { kind: 'user', arn: issuerArn, id: uniqueId(raw.issuerId), accountId };
  if (issuerArn.endsWith(':root')) return { kind: 'root', arn: issuerArn, id: null, accountId };
  return { kind: 'federated', arn: issuerArn, id: null, accountId };
}

/**
 * The role of a session by name, without path, which the ARN of the session lacks:
 * `arn:aws:sts::A:assumed-role/Name/session` -> `arn:aws:iam::A:role/Name`.
 * @returns null for any other ARN
 */
export function roleOfSession(assumedRoleArn: string | null): string | null {
  const session = /^arn:([^:]*):sts::(\d*):assumed-role\/([^/]+)/.exec(assumedRoleArn ?? '');
  if (session === null) return null;
  const [, partition = 'aws', account = '', role = ''] = session;
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/**
 * The role for which a successful AssumeRole* started a session.
 * @param requested requestParameters.roleArn, preferred because it has the path of the role
 * @param assumedRoleArn responseElements.assumedRoleUser.arn, for missing or redacted requests
 */
export function assumedRole(requested: string | null, assumedRoleArn: string | null): string | null {
  if (requested?.startsWith('arn:') === true) return requested;
  return roleOfSession(assumedRoleArn) ?? requested;
}

/** `AROAEXAMPLE:session` -> `AROAEXAMPLE`. */
function uniqueId(id: string | null): string | null {
  const first = id?.split(':')[0];
  return first === undefined || first === '' ? null : first;
}

function accountOf(arn: string | null): string | null {
  const account = arn?.split(':')[4];
  return account === undefined || account === '' ? null : account;
}

const partitionOf = (arn: string | null): string => arn?.split(':')[1] ?? 'aws';
