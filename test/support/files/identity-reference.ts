/**
 * Reference implementation of callers, from the CloudTrail User Guide (CloudTrail userIdentity element), without
 * code of src/.
 */

type Json = Readonly<Record<string, unknown>>;

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

interface Actor {
  readonly kind: string;
  readonly arn: string;
  readonly id: string | null;
  readonly accountId: string | null;
}

const beforeColon = (id: string | null): string | null => text(id?.split(':')[0]);
const accountIn = (arn: string | null): string | null => text(arn?.split(':')[4]);

/** The session issuer, if present, is the caller: the rest of the element describes the session. */
export function actorOf(userIdentity: unknown): Actor {
  const identity = object(userIdentity);
  const issuer = object(object(identity['sessionContext'])['sessionIssuer']);
  const issuerArn = text(issuer['arn']);
  if (issuerArn === null) return withoutIssuer(identity);
  const accountId = accountIn(issuerArn) ?? text(identity['accountId']);
  const id = beforeColon(text(issuer['principalId']));
  if (issuerArn.includes(':role/')) return { kind: 'role', arn: issuerArn, id, accountId };
  if (issuerArn.includes(':user/')) return { kind: 'user', arn: issuerArn, id, accountId };
  const kind = issuerArn.endsWith(':root') ? 'root' : 'federated';
  return { kind, arn: issuerArn, id: null, accountId };
}

/** Callers that are not principals of the account, by `type`. */
const STRANGERS: Readonly<Record<string, string>> = {
  SAMLUser: 'saml',
  WebIdentityUser: 'web-identity',
  IdentityCenterUser: 'identity-center',
  FederatedUser: 'federated',
};

function withoutIssuer(identity: Json): Actor {
  const [type, arn, principalId, invokedBy] = ['type', 'arn', 'principalId', 'invokedBy'].map((name) =>
    text(identity[name]),
  ) as [string | null, string | null, string | null, string | null];
  const accountId = text(identity['accountId']) ?? accountIn(arn);
  const id = beforeColon(principalId);
  if (type === 'Root') {
    const partition = arn?.split(':')[1] ?? 'aws';
    return { kind: 'root', arn: `arn:${partition}:iam::${accountId ?? ''}:root`, id: null, accountId };
  }
  if (type === 'AWSService' || type === 'AWSInternal')
    return { kind: 'service', arn: invokedBy ?? 'aws-service', id: null, accountId: null };
  if (type === 'AWSAccount')
    return { kind: 'external', arn: arn ?? id ?? accountId ?? 'unknown', id, accountId };
  const stranger = type === null ? undefined : STRANGERS[type];
  if (stranger !== undefined)
    return { kind: stranger, arn: arn ?? principalId ?? 'unknown', id: null, accountId };
  if (arn === null) {
    if (invokedBy !== null) return { kind: 'service', arn: invokedBy, id: null, accountId: null };
    return { kind: 'unknown', arn: id ?? accountId ?? 'unknown', id, accountId };
  }
  const role = roleOfSession(arn);
  if (role !== null) {
    const issuer = object(object(identity['sessionContext'])['sessionIssuer']);
    const roleId = id ?? beforeColon(text(issuer['principalId']));
    return { kind: 'role', arn: role, id: roleId, accountId: role.split(':')[4] ?? '' };
  }
  const kind = /^arn:[^:]*:iam::[^:]*:(user|role)\//.exec(arn)?.[1];
  return kind === undefined ? { kind: 'unknown', arn, id: null, accountId } : { kind, arn, id, accountId };
}

/** The role in the ARN of a session (`arn:aws:sts::A:assumed-role/Name/session`), without the path of the role. */
export function roleOfSession(arn: string | null): string | null {
  const parts = arn?.split(':') ?? [];
  const [prefix, partition = '', service, , account = '', ...rest] = parts;
  const [resource, name = ''] = rest.join(':').split('/');
  const isSession = prefix === 'arn' && service === 'sts' && parts[3] === '' && /^\d*$/.test(account);
  if (!isSession || resource !== 'assumed-role' || name === '') return null;
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** The person behind a role session: session name, and source identity if set. */
export function personOf(userIdentity: unknown): unknown {
  const identity = object(userIdentity);
  const context = object(identity['sessionContext']);
  if (text(object(context['sessionIssuer'])['arn'])?.includes(':role/') !== true) return null;
  const sessionName = /^arn:[^:]*:sts::[^:]*:assumed-role\/[^/]+\/(.+)$/s.exec(
    text(identity['arn']) ?? '',
  )?.[1];
  const idName = /^AROA[^:]*:(.+)$/s.exec(text(identity['principalId']) ?? '')?.[1];
  const name = sessionName ?? idName;
  return name === undefined ? null : { sessionName: name, sourceIdentity: text(context['sourceIdentity']) };
}
