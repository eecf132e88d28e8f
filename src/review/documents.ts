import { nameInArn } from '../base/arn.js';
import { createHash } from 'node:crypto';
import type { Policy, PolicyDocument, Principal } from '../iam/types.js';
import type { DocumentDigest } from './types.js';

/** Digests of all policies of a principal, in the order of the policies; the boundary is last. */
export function documentDigests({
  policies,
  missingPolicies,
  boundary,
}: Principal): readonly DocumentDigest[] {
  const digests = [
    ...policies.map(({ policy, group }) =>
      entry(policy, group === null ? policy.name : `${group}/${policy.name}`, false),
    ),
    ...missingPolicies.flatMap((one) => (one.kind === 'managed' ? [unread(one.arn, false)] : [])),
  ];
  if (boundary.kind === 'none') return digests;
  return [
    ...digests,
    boundary.kind === 'policy'
      ? entry(boundary.policy, boundary.policy.name, true)
      : unread(boundary.arn, true),
  ];
}

const unread = (arn: string, boundary: boolean): DocumentDigest => ({
  policy: nameInArn(arn),
  arn,
  boundary,
  digest: '',
});

const entry = ({ arn, document }: Policy, policy: string, boundary: boolean): DocumentDigest => ({
  policy,
  arn,
  boundary,
  digest: digestOf(document),
});

// Many principals share a managed policy: each document is hashed once.
const digests = new WeakMap<PolicyDocument, string>();

function digestOf(document: PolicyDocument): string {
  const known = digests.get(document);
  if (known !== undefined) return known;
  // 128 bits are enough to show a change; the digest is in the report as often as the policy is attached.
  const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 32);
  digests.set(document, digest);
  return digest;
}
