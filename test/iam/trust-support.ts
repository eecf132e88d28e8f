import { parsePolicyDocument } from '../../src/iam/document.js';
import type { Boundary, Policy, PolicyDocument, Principal, Role, User } from '../../src/iam/types.js';
import type { MissingPolicy } from '../../src/iam/faults.js';

export const A = '111111111111';
export const B = '222222222222';

export type RawStatement = Readonly<Record<string, unknown>>;

function document(
  statements: readonly RawStatement[],
  trust = false,
  version = '2012-10-17',
): PolicyDocument {
  const parsed = parsePolicyDocument({ Version: version, Statement: statements }, trust);
  if (!parsed.ok) throw new Error(parsed.error.kind);
  return parsed.value;
}

const inline = (value: PolicyDocument): Policy => ({ name: 'p', arn: null, kind: 'inline', document: value });

/** What a test says of a principal; the rest is plain. Statements are about sts:AssumeRole unless they say otherwise. */
export interface Sketch {
  readonly name?: string;
  readonly account?: string;
  readonly partition?: string;
  readonly path?: string;
  readonly id?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly policy?: readonly RawStatement[];
  readonly version?: string;
  readonly boundary?: readonly RawStatement[] | 'missing';
  readonly missing?: readonly MissingPolicy[];
  readonly trust?: readonly RawStatement[];
}

const about = (statements: readonly RawStatement[], more: RawStatement): RawStatement[] =>
  statements.map((s) => ({
    Effect: 'Allow',
    ...('NotAction' in s ? {} : { Action: 'sts:AssumeRole' }),
    ...more,
    ...s,
  }));

/** Statements of an identity policy or a boundary, on `*` unless they say otherwise. */
const own = (statements: readonly RawStatement[]): RawStatement[] =>
  statements.map((s) => about([s], 'NotResource' in s ? {} : { Resource: '*' })[0] ?? s);

function boundaryOf(sketch: Sketch): Boundary {
  if (sketch.boundary === undefined) return { kind: 'none' };
  if (sketch.boundary === 'missing') return { kind: 'missing', arn: `arn:aws:iam::${A}:policy/gone` };
  return {
    kind: 'policy',
    arn: `arn:aws:iam::${A}:policy/edge`,
    policy: inline(document(own(sketch.boundary))),
  };
}

function base(sketch: Sketch, type: Principal['type'], name: string) {
  const { account = A, partition = 'aws', path = '/' } = sketch;
  return {
    arn: `arn:${partition}:iam::${account}:${type}${path}${name}`,
    id: sketch.id ?? `${type === 'user' ? 'AIDA' : 'AROA'}${name.toUpperCase()}`,
    name,
    path,
    accountId: account,
    createdAt: null,
    tags: sketch.tags ?? {},
    policies:
      sketch.policy === undefined
        ? []
        : [{ policy: inline(document(own(sketch.policy), false, sketch.version)), group: null }],
    missingPolicies: sketch.missing ?? [],
    boundary: boundaryOf(sketch),
  };
}

export const user = (sketch: Sketch = {}): User => ({
  ...base(sketch, 'user', sketch.name ?? 'alice'),
  type: 'user',
  groups: [],
});

export const role = (sketch: Sketch = {}): Role => ({
  ...base(sketch, 'role', sketch.name ?? 'target'),
  type: 'role',
  trust: document(about(sketch.trust ?? [], {}), true, sketch.version),
  instanceProfiles: [],
  serviceLinked: sketch.path?.startsWith('/aws-service-role/') ?? false,
  lastUsed: null,
});

/** A statement that lets these AWS principals in. */
export const aws = (value: string | readonly string[], more: RawStatement = {}): RawStatement => ({
  Principal: { AWS: value },
  ...more,
});
