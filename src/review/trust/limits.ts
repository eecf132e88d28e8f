import { textBefore } from '../../base/text-before.js';
import { accountInArn } from '../../base/arn.js';
import type { Condition } from '../../iam/types.js';

type Fixed = (value: string) => boolean;

const noWildcard: Fixed = (value) => value !== '' && !/[*?]/.test(value);
/** The part before the first separator is fixed: `o-example/*`, `AROAEXAMPLE:*`. */
const fixedUpTo =
  (separator: string): Fixed =>
  (value) =>
    noWildcard(textBefore(value, separator));
/** Anybody can create a role of any name in their own account: only the account identifies the owner of an ARN. */
const fixedAccount: Fixed = (value) => /^\d{12}$/.test(accountInArn(value));
const notEveryAddress: Fixed = (value) => !/\/0$/.test(value);

/**
 * Condition keys that admit only known callers if everyone is named, and the required form of their values (after
 * Amazon S3 User Guide: Blocking public access, "The meaning of public", and AWS global condition context keys).
 * Not sts:ExternalId, which is not secret (IAM User Guide: Access to AWS accounts owned by third parties), and not
 * tags or MFA, which anybody can have.
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

/** Operators that fail if the key is not in the request: not the negated ones, IfExists, ForAllValues, Null. */
const demands = (operator: string): boolean =>
  /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/.test(
    operator,
  );

/** Whether the condition requires one of these keys with accepted values only. Keys are in lower case. */
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

/** Whether the condition admits only known callers if the statement names everyone. */
export const limitsEveryone = (condition: Condition | undefined): boolean =>
  demandsKey(condition, (key) => limitingKeys.get(key));

/** Whether the condition admits only some users and roles of a named account. */
export const limitsAccount = (condition: Condition | undefined): boolean =>
  demandsKey(condition, (key) => {
    if (key === 'aws:principalarn') return (value) => !/^(?:\*|.*[:/]\*)$/.test(value);
    return key === 'aws:userid' ? fixedUpTo(':') : undefined;
  });

/**
 * Whether the condition limits the identities of an OIDC provider. Anybody can have an account with a public
 * provider (IAM User Guide: Create a role for OpenID Connect federation).
 * @param claims names of identifying claims, such as `sub`
 */
export const limitsIdentity = (condition: Condition | undefined, claims: readonly string[]): boolean =>
  demandsKey(condition, (key) =>
    claims.some((claim) => key.endsWith(`:${claim}`)) ? namesSomebody : undefined,
  );

/** `repo:example/…` belongs to one owner; `repo:*` to anybody. */
const namesSomebody: Fixed = (value) => {
  if (!value.startsWith('repo:')) return /^[^*?]/.test(value);
  return noWildcard(textBefore(value.slice('repo:'.length), '/'));
};
