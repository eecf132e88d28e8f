import { describeError } from '../base/describe-error.js';
import { isObject } from '../base/is-object.js';
import type { Condition, PolicyDocument, Statement, TrustPrincipals } from './types.js';
import type { DocumentFault } from './faults.js';

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: DocumentFault };

/**
 * Includes white space and percent-encoding. IAM allows 10,240 characters without them (IAM User Guide: IAM and AWS
 * STS quotas). A larger document could be nested too deeply.
 */
const MAX_CHARACTERS = 1_000_000;

class MalformedPolicyError extends Error {
  constructor(readonly fault: DocumentFault) {
    super(fault.kind);
  }
}

function strings(value: unknown, element: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'number' || typeof item === 'boolean') return String(item);
    throw new MalformedPolicyError({ kind: 'not-text', element });
  });
}

// Null prototypes: keys come from the file, and `__proto__` must stay an ordinary key.
function mapValues<T>(
  value: unknown,
  element: string,
  read: (item: unknown) => T,
): Readonly<Record<string, T>> {
  if (!isObject(value)) throw new MalformedPolicyError({ kind: 'not-object', element });
  const result: Record<string, T> = Object.create(null) as Record<string, T>;
  for (const [key, item] of Object.entries(value)) result[key] = read(item);
  return result;
}

function parsePrincipals(value: unknown): TrustPrincipals {
  if (value === '*') return { AWS: ['*'] };
  return mapValues(value, 'Principal', (item) => strings(item, 'Principal'));
}

function parseStatement(value: unknown, trust: boolean): Statement {
  if (!isObject(value)) throw new MalformedPolicyError({ kind: 'not-object', element: 'Statement' });
  const { Effect: effect, Sid: sid } = value;
  if (effect !== 'Allow' && effect !== 'Deny') throw new MalformedPolicyError({ kind: 'no-effect' });
  const actionKind = 'Action' in value ? 'Action' : 'NotAction';
  if (value[actionKind] === undefined) throw new MalformedPolicyError({ kind: 'no-action' });
  const resourceKind = 'NotResource' in value ? 'NotResource' : 'Resource';
  if (!trust && value[resourceKind] === undefined) {
    throw new MalformedPolicyError({ kind: 'no-resource' });
  }
  const principalKind = 'NotPrincipal' in value ? 'NotPrincipal' : 'Principal';
  if (trust && value[principalKind] === undefined) throw new MalformedPolicyError({ kind: 'no-principal' });
  const condition: Condition | undefined =
    value['Condition'] === undefined
      ? undefined
      : mapValues(value['Condition'], 'Condition', (keys) =>
          mapValues(keys, 'Condition', (item) => strings(item, 'Condition')),
        );
  return {
    ...(typeof sid === 'string' ? { sid } : {}),
    effect,
    actionKind,
    actions: strings(value[actionKind], actionKind),
    resourceKind,
    resources: value[resourceKind] === undefined ? [] : strings(value[resourceKind], resourceKind),
    ...(condition === undefined ? {} : { condition }),
    ...(trust ? { principalKind, principals: parsePrincipals(value[principalKind]) } : {}),
  };
}

/**
 * Parses a policy document in IAM's formats: an object, or a JSON string, percent-encoded as in the raw API. One
 * malformed statement makes the document malformed: its grants are then unknown.
 */
export function parsePolicyDocument(raw: unknown, trust = false): Parsed<PolicyDocument> {
  try {
    let value = raw;
    if (typeof value === 'string') {
      if (value.length > MAX_CHARACTERS)
        throw new MalformedPolicyError({ kind: 'too-long', most: MAX_CHARACTERS });
      const text = value.trimStart().startsWith('{') ? value : decodeURIComponent(value);
      value = JSON.parse(text) as unknown;
    }
    if (!isObject(value)) throw new MalformedPolicyError({ kind: 'not-object', element: 'the document' });
    const list: readonly unknown[] = Array.isArray(value['Statement'])
      ? value['Statement']
      : [value['Statement']];
    return {
      ok: true,
      value: {
        version: value['Version'] === '2012-10-17' ? '2012-10-17' : '2008-10-17',
        statements: list.map((item) => parseStatement(item, trust)),
      },
    };
  } catch (error) {
    return {
      ok: false,
      fault:
        error instanceof MalformedPolicyError
          ? error.fault
          : { kind: 'not-json', problem: describeError(error) },
    };
  }
}
