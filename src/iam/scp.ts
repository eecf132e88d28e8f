import { isObject } from '../base/is-object.js';
import { parsePolicyDocument } from './document.js';
import { IamFileError, type IamFileFault, type ScpFault, type WrongContent } from './faults.js';
import { records } from './managed.js';
import type { PolicyDocument } from './types.js';

/** A service control policy. */
interface Scp {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The SCPs attached to the root, to one OU, or to the account. */
export type ScpLevel = readonly Scp[];

/**
 * Parses the SCPs of one level of the organization: a policy document, output of `aws organizations
 * describe-policy`, or a list of either.
 * @param file for errors
 * @param name of a policy without name; several are numbered
 * @throws IamFileError for another file, an unreadable document, or a level that allows nothing
 */
export function parseScpLevel(json: unknown, file: string, name: string): ScpLevel {
  const fail = (fault: IamFileFault): never => {
    throw new IamFileError(file, 'scp', fault);
  };
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (list.length === 0) return fail({ kind: 'empty-level' });
  const level = list.map((item, i) => {
    const fallback = list.length === 1 ? name : `${name}#${i + 1}`;
    const scp = readItem(item, fallback);
    return scp.ok
      ? scp.value
      : fail({ kind: 'bad-scp', item: list.length === 1 ? null : i + 1, fault: scp.fault });
  });
  const statements = level.flatMap(({ document }) => document.statements);
  // A Deny of everything can close an account. Without one, a file that allows nothing is probably incomplete.
  if (!statements.some((s) => s.effect === 'Allow' || s.actions.includes('*'))) {
    return fail({ kind: 'nothing-allowed' });
  }
  return level;
}

type Item = { readonly ok: true; readonly value: Scp } | { readonly ok: false; readonly fault: ScpFault };

function readItem(item: unknown, fallback: string): Item {
  const fail = (fault: ScpFault): Item => ({ ok: false, fault });
  const wrong = (found: WrongContent): Item => fail({ kind: 'wrong-content', found });
  if (!isObject(item)) return wrong('not-object');
  if (Array.isArray(item['Policies'])) return wrong('list-policies');
  if ('UserDetailList' in item || 'RoleDetailList' in item) return wrong('authorization-details');
  const policy = isObject(item['Policy']) ? item['Policy'] : item;
  const summary = isObject(policy['PolicySummary']) ? policy['PolicySummary'] : {};
  const { Name: name, Type: type } = summary;
  if (typeof type === 'string' && type !== 'SERVICE_CONTROL_POLICY')
    return fail({ kind: 'other-type', type });
  const raw = policy['Content'] ?? policy;
  if (isObject(raw) && !('Statement' in raw)) return wrong('unknown');
  if (isObject(raw) && records(raw['Statement']).some((s) => 'Principal' in s || 'NotPrincipal' in s))
    return fail({ kind: 'has-principal' });
  const document = parsePolicyDocument(raw);
  if (!document.ok) return fail({ kind: 'bad-document', fault: document.fault });
  return { ok: true, value: { name: typeof name === 'string' ? name : fallback, document: document.value } };
}
