import { parsePolicyDocument } from '../../src/iam/document.js';
import type { AttachedPolicy, Principal } from '../../src/iam/types.js';

/** An inline policy with the document; through a group when one is given. */
export function policyOf(document: unknown, name = 'p', group: string | null = null): AttachedPolicy {
  const parsed = parsePolicyDocument(document);
  if (!parsed.ok) throw new Error(parsed.error.kind);
  return { group, policy: { name, arn: null, kind: 'inline', document: parsed.value } };
}

/** A user or role with inline policies of these documents (as in JSON), or with these policies. */
export function principalWith(
  type: Principal['type'],
  documents: readonly unknown[],
  policies: readonly AttachedPolicy[] = documents.map((document, i) => policyOf(document, `p${i}`)),
): Principal {
  const base = {
    arn: `arn:aws:iam::111111111111:${type}/a`,
    id: 'AIDA',
    name: 'a',
    path: '/',
    accountId: '111111111111',
    createdAt: null,
    tags: {},
    missingPolicies: [],
    boundary: { kind: 'none' },
    policies,
  } as const;
  const groups = [...new Set(policies.flatMap(({ group }) => group ?? []))];
  return type === 'user'
    ? { ...base, type, groups }
    : {
        ...base,
        type,
        trust: { version: '2012-10-17', statements: [] },
        serviceLinked: false,
        instanceProfiles: [],
        lastUsed: null,
      };
}
