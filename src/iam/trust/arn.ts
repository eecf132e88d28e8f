import { at } from '../../base/checked.js';
import { matchesWildcard } from '../patterns.js';

/** `arn:partition:service:region:account:resource`; the resource may hold colons. */
export function arnFields(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Compares like ArnEquals and ArnLike: field by field (IAM JSON policy elements: Condition operators). */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = arnFields(pattern);
  const given = arnFields(arn);
  return wanted.length === given.length && wanted.every((part, i) => matchesWildcard(part, at(given, i)));
}
