import { matchesAction } from '../patterns.js';
import { nameAws, type Trusted } from './naming.js';
import type { PolicyDocument, Statement } from '../types.js';

const ASSUME_ROLE = 'sts:AssumeRole';

/** Calls that start a session of a role (IAM User Guide: Methods to assume a role). */
export const ASSUME_CALLS = [ASSUME_ROLE, 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const;

export const coversAction = (s: Statement, action: string): boolean =>
  s.actions.some((pattern) => matchesAction(pattern, action)) === (s.actionKind === 'Action');

/** A statement that applies to sts:AssumeRole. */
export interface AssumeStatement {
  readonly statement: Statement;
  /** The version of its document supports policy variables. */
  readonly variables: boolean;
  /** AWS principals in a trust policy statement. */
  readonly trusted: readonly Trusted[];
}

const cache = new WeakMap<PolicyDocument, readonly AssumeStatement[]>();

/** Statements of a document that apply to sts:AssumeRole; computed once per document. */
export function assumeStatements(document: PolicyDocument): readonly AssumeStatement[] {
  let found = cache.get(document);
  if (found === undefined) {
    const variables = document.version === '2012-10-17';
    found = document.statements
      .filter((s) => coversAction(s, ASSUME_ROLE))
      .map((statement) => ({
        statement,
        variables,
        trusted: (statement.principals?.['AWS'] ?? []).map((value) => ({ value, ...nameAws(value) })),
      }));
    cache.set(document, found);
  }
  return found;
}
