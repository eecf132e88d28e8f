import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allowedAssumptions, mayAssume } from '../../src/iam/trust.js';
import type { IamAccount, Principal } from '../../src/iam/types.js';
import { A, aws, B, role, user, type RawStatement } from './trust-support.js';
import type { MissingPolicy } from '../../src/iam/faults.js';

const account = fc.constantFrom(A, B);
const userNames = ['ann', 'bob', 'cy'];
const roleNames = ['admin', 'app', 'audit'];
const roleArn = (id: string, name: string): string => `arn:aws:iam::${id}:role/${name}`;

const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');
const condition = fc.constantFrom(
  {},
  {},
  { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
  { Condition: { StringEquals: { 'aws:username': 'ann' } } },
);

const resource = fc.oneof(
  fc.constantFrom(
    '*',
    'arn:aws:iam::*:role/a*',
    'arn:aws:iam::*:role/audit',
    'arn:aws:iam::*',
    'arn:aws:iam::2*role/a*',
    `arn:aws:iam::${B}:role/*`,
    `arn:aws:iam::${A}:role/a?min`,
  ),
  fc.constantFrom(`arn:aws:iam::${A}:role/\${aws:username}`, `arn:aws:iam::${A}:role/\${sts:ExternalId}`),
  fc.tuple(account, fc.constantFrom(...roleNames)).map(([id, name]) => roleArn(id, name)),
);
const ownStatement: fc.Arbitrary<RawStatement> = fc
  .record({
    Effect: effect,
    Action: fc.constantFrom('sts:AssumeRole', 'sts:*', 's3:*'),
    kind: fc.constantFrom('Resource', 'Resource', 'NotResource'),
    resources: fc.array(resource, { minLength: 1, maxLength: 2 }),
    condition,
  })
  .map(({ kind, resources, condition: c, ...rest }) => ({ ...rest, ...c, [kind]: resources }));

const trusted = fc.oneof(
  fc.constantFrom('*', A, `arn:aws:iam::${A}:root`, `arn:aws:iam::${B}:root`, 'AIDABOB', 'AIDAGONE'),
  fc.tuple(account, fc.constantFrom(...userNames)).map(([id, name]) => `arn:aws:iam::${id}:user/${name}`),
);
const trustStatement: fc.Arbitrary<RawStatement> = fc
  .record({
    Effect: effect,
    kind: fc.constantFrom('Principal', 'Principal', 'Principal', 'NotPrincipal'),
    values: fc.array(trusted, { minLength: 1, maxLength: 2 }),
    condition,
  })
  .map(({ Effect, kind, values, condition: c }) => ({ Effect, ...c, [kind]: { AWS: values } }));

const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });
const missing = fc.constantFrom<MissingPolicy[]>([], [], [], [{ kind: 'managed', arn: 'arn:gone' }]);
const boundary = fc.option(fc.oneof(fc.constant('missing' as const), some(ownStatement)), {
  nil: undefined,
  freq: 2,
});

const anAccount = (id: string): fc.Arbitrary<IamAccount> =>
  fc
    .record({
      users: fc.tuple(
        ...userNames.map((name) =>
          fc
            .record({ policy: some(ownStatement), boundary, missing })
            .map(({ boundary: limit, ...sketch }) =>
              user({ name, account: id, ...sketch, ...(limit === undefined ? {} : { boundary: limit }) }),
            ),
        ),
      ),
      roles: fc.tuple(
        ...roleNames.map((name) =>
          some(trustStatement).map((trust) =>
            role({ name, account: id, trust, path: name === 'audit' ? '/a:b:role/' : '/' }),
          ),
        ),
      ),
    })
    .map(({ users, roles }) => ({
      id,
      name: id,
      principals: [...users, ...roles] as Principal[],
      listed: 0,
      warnings: [],
    }));

function everyPair(accounts: readonly IamAccount[]) {
  const principals = accounts.flatMap((a) => a.principals).sort((a, b) => (a.arn < b.arn ? -1 : 1));
  return principals
    .filter((p) => p.type === 'user')
    .flatMap((source) =>
      principals
        .filter((p) => p.type === 'role')
        .map((target) => ({
          sourceArn: source.arn,
          roleArn: target.arn,
          allowed: mayAssume(source, target),
        })),
    )
    .filter(({ allowed }) => allowed === 'yes' || allowed === 'conditional');
}

const strength = { no: 0, conditional: 1, yes: 2, unknown: 3 } as const;

it('finds the pairs that asking about every user and role finds', () => {
  fc.assert(
    fc.property(anAccount(A), anAccount(B), (a, b) => {
      expect([...allowedAssumptions([a, b])]).toEqual(everyPair([a, b]));
    }),
    { numRuns: 300 },
  );
});

it('never allows more for a Deny, on either side, and does not mind the order of statements', () => {
  fc.assert(
    fc.property(
      some(ownStatement),
      some(trustStatement),
      ownStatement,
      trustStatement,
      (policy, trust, d1, d2) => {
        const ask = (p: RawStatement[], t: RawStatement[]) =>
          mayAssume(user({ name: 'ann', policy: p }), role({ name: 'admin', trust: t }));
        const today = ask(policy, trust);
        expect(ask([...policy].reverse(), [...trust].reverse())).toBe(today);
        expect(strength[ask([...policy, { ...d1, Effect: 'Deny' }], trust)]).toBeLessThanOrEqual(
          strength[today],
        );
        expect(strength[ask(policy, [...trust, { ...d2, Effect: 'Deny' }])]).toBeLessThanOrEqual(
          strength[today],
        );
      },
    ),
    { numRuns: 300 },
  );
});

it('leaves out users whose policies are not all in the file', () => {
  const trust = [aws(`arn:aws:iam::${A}:user/ann`)];
  const principals = [
    user({ name: 'ann', missing: [{ kind: 'managed', arn: 'arn:gone' }] }),
    role({ trust }),
  ];
  expect([...allowedAssumptions([{ id: A, name: A, principals, listed: 2, warnings: [] }])]).toEqual([]);
});
