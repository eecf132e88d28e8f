import { isObject } from '../base/is-object.js';
import { parsePolicyDocument } from './document.js';
import { IamFileError } from './errors.js';
import { records } from './managed.js';
import type { PolicyDocument } from './types.js';

/** A service control policy. */
interface Scp {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The SCPs attached to the root, to one OU, or to the account. */
export type ScpLevel = readonly Scp[];

export const HOW_TO_EXPORT_SCPS =
  'Make it with: aws organizations describe-policy --policy-id ID > FILE (several policies: a JSON list of these)';

/**
 * Parses the SCPs of one level of the organization: a policy document, output of `aws organizations
 * describe-policy`, or a list of either.
 * @param file for messages
 * @param name of a policy without name; several are numbered
 * @throws IamFileError for another file, an unreadable document, or a level that allows nothing
 */
export function parseScpLevel(json: unknown, file: string, name: string): ScpLevel {
  const fail = (what: string, help = HOW_TO_EXPORT_SCPS): never => {
    throw new IamFileError(`${file} ${what}. ${help}`);
  };
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (list.length === 0) return fail('is an empty list: every level of an organisation has a policy');
  const level = list.map((item, i) => {
    const fallback = list.length === 1 ? name : `${name}#${i + 1}`;
    const scp = readItem(item, fallback);
    if (typeof scp === 'string') return fail(list.length === 1 ? scp : `has an item ${i + 1} that ${scp}`);
    return scp;
  });
  const statements = level.flatMap(({ document }) => document.statements);
  // A Deny of everything can close an account. Without one, a file that allows nothing is probably incomplete.
  if (!statements.some((s) => s.effect === 'Allow' || s.actions.includes('*'))) {
    return fail(
      'has no Allow statement, and a level that allows nothing forbids everything',
      'Add the other policies of the same root, OU or account: mostly FullAWSAccess, ' +
        'which aws organizations describe-policy --policy-id p-FullAWSAccess prints',
    );
  }
  return level;
}

/** The policy, or a description of what the item is instead. */
function readItem(item: unknown, fallback: string): Scp | string {
  if (!isObject(item)) return 'is not a JSON object';
  if (Array.isArray(item['Policies']))
    return 'looks like the output of list-policies, which has no documents';
  if ('UserDetailList' in item || 'RoleDetailList' in item) return 'looks like authorization details of IAM';
  const policy = isObject(item['Policy']) ? item['Policy'] : item;
  const summary = isObject(policy['PolicySummary']) ? policy['PolicySummary'] : {};
  const { Name: name, Type: type } = summary;
  if (typeof type === 'string' && type !== 'SERVICE_CONTROL_POLICY') return `is a ${type}`;
  const raw = policy['Content'] ?? policy;
  if (isObject(raw) && !('Statement' in raw)) return 'has neither Statement nor Policy.Content';
  if (isObject(raw) && records(raw['Statement']).some((s) => 'Principal' in s || 'NotPrincipal' in s))
    return 'has a Principal: it is a resource policy or resource control policy';
  const document = parsePolicyDocument(raw);
  if (!document.ok) return `cannot be read: ${document.reason}`;
  return { name: typeof name === 'string' ? name : fallback, document: document.value };
}
