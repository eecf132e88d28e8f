import type { Condition } from '../../iam/types.js';

type Fixed = (value: string) => boolean;

const noWildcard: Fixed = (value) => value !== '' && !/[*?]/.test(value);
/** The part before the first separator is fixed: `o-example/*`, `AROAEXAMPLE:*`. */
const fixedUpTo =
  (separator: string): Fixed =>
  (value) =>
    noWildcard(value.split(separator)[0] ?? '');
/** Anybody can make a role of any name in an own account: only the account makes an ARN somebody's. */
const fixedAccount: Fixed = (value) => /^\d{12}$/.test(value.split(':')[4] ?? '');
const notEveryAddress: Fixed = (value) => !/\/0$/.test(value);

/**
 * Condition keys that leave only known callers over when everyone is named, and what their values must look like
 * (after Amazon S3 User Guide: Blocking public access, "The meaning of public", and AWS global condition context keys).
 * sts:ExternalId is not among them: it is no secret (IAM User Guide: Access to AWS accounts owned by third parties);
 * nor are tags and MFA, which anybody can have.
 */
const limitingKeys: ReadonlyMap<string, Fixed> = new Map([
  ['aws:principalarn', fixedAccount],
  ['aws:principalaccount', noWildcard],
  ['aws:principalorgid', noWildcard],
  ['aws:principalorgpaths', fixedUpTo('/')],
  ['aws:userid', fixedUpTo(':')],
  ['aws:sourcearn', fixedAccount],
  ['aws:sourceaccount', noWildcard],
  ['aws:sourceorgid', noWildcard],
  ['aws:sourceorgpaths', fixedUpTo('/')],
  ['aws:sourceip', notEveryAddress],
  ['aws:vpcsourceip', notEveryAddress],
  ['aws:sourcevpc', noWildcard],
  ['aws:sourcevpce', noWildcard],
]);

/** Operators that fail when the key is not in the request: not the negated ones, IfExists, ForAllValues, Null. */
const demands = (operator: string): boolean =>
  /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/.test(
    operator,
  );

/** Does the condition demand one of these keys with none but such values? Keys are given in lower case. */
function demandsKey(condition: Condition | undefined, accept: (key: string) => Fixed | undefined): boolean {
  return Object.entries(condition ?? {}).some(
    ([operator, keys]) =>
      demands(operator) &&
      Object.entries(keys).some(([key, values]) => {
        const fixed = accept(key.toLowerCase());
        return fixed !== undefined && values.length > 0 && values.every(fixed);
      }),
  );
}

/** Does the condition leave only known callers over, when the statement names everyone? */
export const limitsEveryone = (condition: Condition | undefined): boolean =>
  demandsKey(condition, (key) => limitingKeys.get(key));

/** Does the condition leave only some users and roles of a named account over? */
export const limitsAccount = (condition: Condition | undefined): boolean =>
  demandsKey(condition, (key) => {
    if (key === 'aws:principalarn') return (value) => !/^(?:\*|.*[:/]\*)$/.test(value);
    return key === 'aws:userid' ? fixedUpTo(':') : undefined;
  });

/**
 * Does the condition say which of an OIDC provider's identities are meant? Everyone can have an account with a public
 * provider (IAM User Guide: Create a role for OpenID Connect federation).
 * @param claims names of the claims that identify, such as `sub`
 */
export const limitsIdentity = (condition: Condition | undefined, claims: readonly string[]): boolean =>
  demandsKey(condition, (key) =>
    claims.some((claim) => key.endsWith(`:${claim}`)) ? namesSomebody : undefined,
  );

/** `repo:example/…` is one owner's; `repo:*` is everybody's. */
const namesSomebody: Fixed = (value) => {
  const owner = value.startsWith('repo:') ? (value.slice('repo:'.length).split('/')[0] ?? '') : value;
  return value.startsWith('repo:') ? noWildcard(owner) : /^[^*?]/.test(owner);
};
