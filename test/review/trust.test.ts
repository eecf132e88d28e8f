import { describe, expect, it } from 'vitest';
import { trustEntries } from '../../src/iam/trust.js';
import type { Principal } from '../../src/iam/types.js';
import { reviewTrust } from '../../src/review/trust.js';
import type { TrustFinding, TrustReview } from '../../src/review/types.js';
import type { Actor, AssumptionRow } from '../../src/trail/types.js';
import { describeTrustFinding } from '../../src/wording/trust.js';
import { A, aws, B, role, user, type RawStatement } from '../iam/trust-support.js';

const OUTSIDE = '999999999999';
const TARGET = role();

function row(source: Partial<Actor>, sessions = 1, last = '2026-08-01T00:00:00Z'): AssumptionRow {
  const actor: Actor = { kind: 'user', arn: 'x', id: null, accountId: null, ...source };
  return {
    source: actor,
    roleArn: TARGET.arn,
    sessions,
    first: last,
    last,
    origins: [],
    chains: [],
    calls: [],
  };
}

function review(
  trust: readonly RawStatement[],
  rows: readonly AssumptionRow[] = [],
  {
    people = [],
    path = '/',
    complete = true,
  }: { people?: readonly Principal[]; path?: string; complete?: boolean } = {},
): readonly TrustReview[] {
  const target = role({ trust, path });
  return reviewTrust(target, trustEntries(target), rows, {
    accountIds: new Set([A, B]),
    find: (arnOrId) =>
      people.find(({ arn, id }) => [arn, id].some((name) => name.toLowerCase() === arnOrId.toLowerCase())),
    complete,
  });
}

const root = (id: string): string => `arn:aws:iam::${id}:root`;
const stringEquals = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });
const oidc = `arn:aws:iam::${A}:oidc-provider/token.actions.githubusercontent.com`;
const eks = `arn:aws:iam::${A}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF0123`;
const saml = `arn:aws:iam::${A}:saml-provider/idp`;

/** rule, trust statement, findings besides `never-assumed` */
type Row = readonly [string, RawStatement, readonly TrustFinding[]];
const rows: readonly Row[] = [
  ['the own account is how AWS writes it', aws(root(A)), []],
  ['another account of the review', aws(root(B)), ['whole-account']],
  [
    'another account, narrowed to a role',
    aws(B, stringEquals('aws:PrincipalArn', `arn:aws:iam::${B}:role/ci`)),
    [],
  ],
  [
    'another account, “narrowed” to all its roles',
    aws(B, { Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${B}:role/*` } } }),
    ['whole-account'],
  ],
  ['an account outside', aws(OUTSIDE), ['whole-account', 'unknown-account', 'no-condition']],
  [
    'an account outside, with an external id',
    aws(OUTSIDE, stringEquals('sts:ExternalId', 'x')),
    ['whole-account', 'unknown-account'],
  ],
  [
    'a role of an account outside',
    aws(`arn:aws:iam::${OUTSIDE}:role/vendor`),
    ['unknown-account', 'no-condition'],
  ],
  ['a role of an account of the review', aws(`arn:aws:iam::${B}:role/ci`), []],
  ['a deleted user', aws('AIDAGONE'), ['deleted-principal']],
  ['an id of a live user', aws('AIDABOB'), []],
  ['a service', { Principal: { Service: 'ec2.amazonaws.com' } }, []],
  ['a SAML provider', { Principal: { Federated: saml } }, []],
  ['OIDC without condition', { Principal: { Federated: oidc } }, ['no-condition']],
  [
    'OIDC with the audience only',
    {
      Principal: { Federated: oidc },
      ...stringEquals('token.actions.githubusercontent.com:aud', 'sts.amazonaws.com'),
    },
    ['no-condition'],
  ],
  [
    'OIDC for one repository',
    {
      Principal: { Federated: oidc },
      ...stringEquals('token.actions.githubusercontent.com:sub', 'repo:me/it:ref:refs/heads/main'),
    },
    [],
  ],
  [
    'OIDC for every repository of an owner',
    {
      Principal: { Federated: oidc },
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:me/*' } },
    },
    [],
  ],
  [
    'OIDC for every repository there is',
    {
      Principal: { Federated: oidc },
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
    },
    ['no-condition'],
  ],
  [
    'Cognito with its pool',
    {
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      ...stringEquals('cognito-identity.amazonaws.com:aud', 'eu-west-1:1'),
    },
    [],
  ],
  ['Cognito without', { Principal: { Federated: 'cognito-identity.amazonaws.com' } }, ['no-condition']],
  ['everyone', { Principal: '*' }, ['everyone']],
  ['everyone but one', { NotPrincipal: { AWS: root(OUTSIDE) } }, ['everyone']],
  ['everyone of an organization', aws('*', stringEquals('aws:PrincipalOrgID', 'o-1')), []],
  [
    'everyone below a unit of an organization',
    aws('*', { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } } }),
    [],
  ],
  ['everyone of an account', aws('*', stringEquals('aws:PrincipalAccount', B)), []],
  [
    'everyone from an address',
    aws('*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    [],
  ],
  [
    'everyone from everywhere',
    aws('*', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
    ['everyone'],
  ],
  [
    'everyone with a role of that name in any account',
    aws('*', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } }),
    ['everyone'],
  ],
  ['everyone who knows an id that is no secret', aws('*', stringEquals('sts:ExternalId', 'x')), ['everyone']],
  [
    'everyone but an organization',
    aws('*', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    ['everyone'],
  ],
  [
    'everyone without an organization too',
    aws('*', { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } }),
    ['everyone'],
  ],
];

describe('findings', () => {
  it.each(rows)('%s', (_, statement, expected) => {
    const people = [user({ name: 'bob' })];
    expect(review([statement], [], { people })[0]?.findings).toEqual([...expected, 'never-assumed']);
    expect(review([statement], [], { people, complete: false })[0]?.findings).toEqual(expected);
  });

  it('are none for service-linked roles', () => {
    const path = '/aws-service-role/ecs.amazonaws.com/';
    expect(review([aws('*')], [], { path })[0]?.findings).toEqual([]);
  });

  it('each have a sentence that names whom it is about', () => {
    for (const [, statement] of rows) {
      for (const entry of review([statement])) {
        for (const finding of entry.findings) {
          expect(describeTrustFinding(finding, entry)).toMatch(/^[A-Z].{30,}\.$/);
        }
      }
    }
    const [entry] = review([aws(root(OUTSIDE))]);
    expect(entry && describeTrustFinding('unknown-account', entry)).toContain(OUTSIDE);
  });
});

const alice = user({ account: B });
const ci = role({ name: 'ci', account: B, path: '/ops/' });
const as = (p: Principal): Partial<Actor> => ({ kind: p.type, arn: p.arn, id: p.id, accountId: p.accountId });
const external = (id: string, accountId = OUTSIDE): Partial<Actor> => ({
  kind: 'external',
  arn: id,
  id,
  accountId,
});
const service = (arn: string): Partial<Actor> => ({ kind: 'service', arn });
const web = (arn: string): Partial<Actor> => ({ kind: 'web-identity', arn });

/** Rule, trust statement, source, whether the sessions of the source count for the entry. */
type Match = readonly [string, RawStatement, Partial<Actor>, boolean];
const matches: readonly Match[] = [
  ['an account: its users', aws(B), as(alice), true],
  ['an account: its roles', aws(root(B)), as(ci), true],
  ['an account: its root user', aws(B), { kind: 'root', arn: root(B), accountId: B }, true],
  ['an account: callers known by id only', aws(OUTSIDE), external('AIDAX'), true],
  ['an account: not another’s', aws(A), as(alice), false],
  ['an account: not its SAML people', aws(A), { kind: 'saml', arn: 'p', accountId: A }, false],
  ['a user', aws(alice.arn), as(alice), true],
  ['a user: not another', aws(alice.arn), as(user({ name: 'bob', account: B })), false],
  ['a user: not an earlier one of that name', aws(alice.arn), { ...as(alice), id: 'AIDAOLD' }, false],
  ['a user: known by id only', aws(alice.arn), external(alice.id, B), true],
  ['a role', aws(ci.arn), as(ci), true],
  [
    'a role: of another account, known by id only',
    aws(`arn:aws:iam::${OUTSIDE}:role/x`),
    external('AROAX'),
    true,
  ],
  ['a role: not a user known by id only', aws(`arn:aws:iam::${OUTSIDE}:role/x`), external('AIDAX'), false],
  ['a session: its role', aws(`arn:aws:sts::${B}:assumed-role/ci/me`), as(ci), true],
  ['a session: not another role', aws(`arn:aws:sts::${B}:assumed-role/cd/me`), as(ci), false],
  ['a deleted user: before it went', aws('AIDAGONE'), { id: 'AIDAGONE', accountId: B }, true],
  ['a service', { Principal: { Service: 'ec2.amazonaws.com' } }, service('ec2.amazonaws.com'), true],
  [
    'a service: not another',
    { Principal: { Service: 'ec2.amazonaws.com' } },
    service('ecs.amazonaws.com'),
    false,
  ],
  [
    'a service: with a region',
    { Principal: { Service: 'states.eu-west-1.amazonaws.com' } },
    service('states.amazonaws.com'),
    true,
  ],
  [
    'a service: that the record does not name',
    { Principal: { Service: 'ec2.amazonaws.com' } },
    service('AWS Internal'),
    true,
  ],
  ['SAML', { Principal: { Federated: saml } }, { kind: 'saml', arn: 'hash:me' }, true],
  ['SAML: not web identity', { Principal: { Federated: saml } }, web('accounts.google.com:1'), false],
  ['OIDC', { Principal: { Federated: oidc } }, web(`${oidc}:sts.amazonaws.com:repo:me/it`), true],
  [
    'OIDC: a provider with capitals',
    { Principal: { Federated: eks } },
    web(`${eks}:sts.amazonaws.com:system:serviceaccount:shop:cart`),
    true,
  ],
  [
    'OIDC: not another provider',
    { Principal: { Federated: oidc } },
    web(`arn:aws:iam::${A}:oidc-provider/gitlab.com:x`),
    false,
  ],
  ['OIDC: that the record does not name', { Principal: { Federated: oidc } }, web('unknown'), true],
  ['everyone', aws('*'), as(alice), true],
  ['everyone but one: another', { NotPrincipal: { AWS: alice.arn } }, as(ci), true],
  ['everyone but one: not that one', { NotPrincipal: { AWS: alice.arn } }, as(alice), false],
];

describe('sessions', () => {
  it.each(matches)('%s', (_, statement, source, expected) => {
    const [entry] = review([statement], [row(source, 3)], { people: [alice, ci] });
    expect(entry?.sessions).toBe(expected ? 3 : 0);
    expect(entry?.findings.includes('never-assumed')).toBe(!expected);
  });

  // An index can have names and IDs of callers in lower case.
  it.each(matches)('%s, in lower case', (_, statement, source, expected) => {
    const lower = (text: string | null | undefined): string | null => text?.toLowerCase() ?? null;
    const written = { ...source, arn: lower(source.arn) ?? 'x', id: lower(source.id) };
    const [entry] = review([statement], [row(written, 3)], { people: [alice, ci] });
    expect(entry?.sessions).toBe(expected ? 3 : 0);
  });

  it('are added up, with the last one', () => {
    const [entry] = review(
      [aws(B)],
      [row(as(alice), 2, '2026-08-02T00:00:00Z'), row(as(ci), 5, '2026-08-01T00:00:00Z')],
    );
    expect(entry).toMatchObject({ sessions: 7, lastAssumed: '2026-08-02T00:00:00Z' });
  });

  it('go to the provider that the record names, where the role trusts several', () => {
    const [github, google] = review(
      [{ Principal: { Federated: [oidc, 'accounts.google.com'] } }],
      [row(web('accounts.google.com:app:42'))],
    );
    expect([github?.sessions, google?.sessions]).toEqual([0, 1]);
  });
});
