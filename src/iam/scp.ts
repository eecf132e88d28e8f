import { isRecord, parsePolicyDocument } from './document.js';
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
 * The SCPs of one level of the organisation: a policy document, what `aws organizations describe-policy` prints, or
 * a list of either.
 * @param file for messages
 * @param name of a policy whose file does not say its name; several such are numbered
 * @throws IamFileError when the file is something else, a document cannot be read, or the level would allow nothing
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
  // An account may be closed by a Deny of everything; without one, a file that allows nothing is most likely incomplete.
  if (!statements.some((s) => s.effect === 'Allow' || s.actions.includes('*'))) {
    return fail(
      'has no Allow statement, and a level that allows nothing forbids everything',
      'Add the other policies of the same root, OU or account: mostly FullAWSAccess, ' +
        'which aws organizations describe-policy --policy-id p-FullAWSAccess prints',
    );
  }
  return level;
}

/** The policy, or what the item looks like instead. */
function readItem(item: unknown, fallback: string): Scp | string {
  if (!isRecord(item)) return 'is not a JSON object';
  if (Array.isArray(item['Policies']))
    return 'looks like the output of list-policies, which has no documents';
  if ('UserDetailList' in item || 'RoleDetailList' in item) return 'looks like authorization details of IAM';
  const policy = isRecord(item['Policy']) ? item['Policy'] : item;
  const summary = isRecord(policy['PolicySummary']) ? policy['PolicySummary'] : {};
  const { Name: name, Type: type } = summary;
  if (typeof type === 'string' && type !== 'SERVICE_CONTROL_POLICY') return `is a ${type}`;
  const raw = policy['Content'] ?? policy;
  if (isRecord(raw) && !('Statement' in raw)) return 'has neither Statement nor Policy.Content';
  if (isRecord(raw) && records(raw['Statement']).some((s) => 'Principal' in s || 'NotPrincipal' in s))
    return 'has a Principal: it is a resource policy or resource control policy';
  const document = parsePolicyDocument(raw);
  if (!document.ok) return `cannot be read: ${document.reason}`;
  return { name: typeof name === 'string' ? name : fallback, document: document.value };
}
