import { coversAction } from './statements.js';
import { accountOf } from './naming.js';
import type { Principal, Role } from '../types.js';

/** Value of a condition key, as far as known before the request. `starts`: the beginning of the value. */
export type Known =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'starts'; readonly value: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/** Condition keys ignore case. */
export type Lookup = (key: string) => Known;

const ABSENT: Known = { kind: 'absent' };
const UNKNOWN: Known = { kind: 'unknown' };
const known = (value: string): Known => (value === '' ? UNKNOWN : { kind: 'value', value });

/**
 * The request context of `source` calling sts:AssumeRole on `role`, as far as configuration determines it (AWS
 * global condition context keys; IAM policy elements: Variables and tags, principal key values).
 */
export function assumeContext(source: Principal, role: Role): Lookup {
  return (key) => {
    const name = key.toLowerCase();
    switch (name) {
      case 'aws:principalarn':
        return known(source.arn);
      case 'aws:principalaccount':
        return known(accountOf(source));
      case 'aws:principaltype':
        return known(source.type === 'user' ? 'User' : 'AssumedRole');
      case 'aws:userid':
        if (source.type === 'user' || source.id === '') return known(source.id);
        return { kind: 'starts', value: `${source.id}:` };
      case 'aws:username':
        return source.type === 'user' ? known(source.name) : ABSENT;
      case 'aws:principalisawsservice':
        return known('false');
      case 'aws:resourceaccount':
        return known(accountOf(role));
    }
    const [, prefix, tag] = /^(aws:principaltag|aws:resourcetag|iam:resourcetag)\/(.+)$/.exec(name) ?? [];
    if (tag === undefined) return UNKNOWN;
    if (prefix !== 'aws:principaltag') return tagValue(role, tag);
    return mayCarrySessionTags(source) ? UNKNOWN : tagValue(source, tag);
  };
}

/** Tag keys of users and roles ignore case (Tags for IAM resources). A tag value can be empty. */
function tagValue(owner: Principal, lowerCaseKey: string): Known {
  const entry = Object.entries(owner.tags).find(([key]) => key.toLowerCase() === lowerCaseKey);
  return entry === undefined ? ABSENT : { kind: 'value', value: entry[1] };
}

/** A session tag overrides the tag of the role; passing one requires sts:TagSession (Pass session tags in AWS STS). */
function mayCarrySessionTags(source: Principal): boolean {
  return (
    source.type === 'role' &&
    source.trust.statements.some((s) => s.effect === 'Allow' && coversAction(s, 'sts:TagSession'))
  );
}
