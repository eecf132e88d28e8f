import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparePeople,
  PeopleAggregator,
  personOf,
  sessionLabel,
  sessionNameOf,
} from '../../../src/trail/people.js';
import type { PersonRow } from '../../../src/trail/types.js';

const ROLE = 'arn:aws:iam::111111111111:role/team/deploy';
const session = (name: string): string => `arn:aws:sts::111111111111:assumed-role/deploy/${name}`;

describe('the person behind a session', () => {
  it('is its name and source identity', () => {
    expect(
      personOf({
        issuerArn: ROLE,
        arn: session('alice'),
        principalId: 'AROAEXAMPLE:other',
        sourceIdentity: 'a@b.c',
      }),
    ).toEqual({
      sessionName: 'alice',
      sourceIdentity: 'a@b.c',
    });
    expect(
      personOf({ issuerArn: ROLE, arn: session('i-0abc12345678'), principalId: null, sourceIdentity: '' }),
    ).toEqual({
      sessionName: 'i-*',
      sourceIdentity: null,
    });
  });

  it('is nobody without a role or a name', () => {
    const arn = session('alice');
    expect(personOf({ issuerArn: null, arn, principalId: null, sourceIdentity: null })).toBeNull();
    const user = 'arn:aws:iam::111111111111:user/bob';
    expect(personOf({ issuerArn: user, arn, principalId: null, sourceIdentity: null })).toBeNull();
    expect(personOf({ issuerArn: ROLE, arn: null, principalId: null, sourceIdentity: null })).toBeNull();
    expect(personOf({ issuerArn: ROLE, arn: ROLE, principalId: null, sourceIdentity: null })).toBeNull();
  });

  // CloudTrail userIdentity element: the principalId of a session is the id of the role and the name of the session.
  it.each([
    [null, 'AROAEXAMPLE:alice', 'alice'],
    ['HIDDEN_DUE_TO_SECURITY_REASONS', 'AROAEXAMPLE:i-0abc12345678', 'i-*'],
    [null, 'AROAEXAMPLE', undefined],
    [null, 'AIDAEXAMPLE:alice', undefined],
    [null, 'HIDDEN_DUE_TO_SECURITY_REASONS', undefined],
  ])('has the name in its principalId where the ARN is %j', (arn, principalId, name) => {
    expect(personOf({ issuerArn: ROLE, arn, principalId, sourceIdentity: null })?.sessionName).toBe(name);
  });

  it('has all that follows the role as its name', () => {
    expect(sessionNameOf(session('a/b\nc'))).toBe('a/b\nc');
    expect(sessionNameOf('arn:aws-us-gov:sts::1:assumed-role/r/x')).toBe('x');
    expect(sessionNameOf(session(''))).toBeNull();
  });
});

describe('sessionLabel', () => {
  it.each([
    ['i-0123456789abcdef0', 'i-*'],
    ['botocore-session-1690000000', 'botocore-session-*'],
    ['AWSCLI-Session-1690000000', 'AWSCLI-Session-*'],
    ['aws-sdk-js-session-1690000000000', 'aws-sdk-js-session-*'],
    ['AWSCodeBuild-3fa85f64-5717-4562-b3fc-2c963f66afa6', 'AWSCodeBuild-*'],
    ['eks-prod-api-7d9f8b6c5d-x2x4z-3fa85f64-5717-4562-b3fc-2c963f66afa6', 'eks-prod-api-*-*'],
    ['deploy-20240101120000', 'deploy-*'],
    ['deploy-20240101T120000Z', 'deploy-*'],
    ['ci-build-4821', 'ci-build-*'],
    ['0123456789abcdef0123456789abcdef', '*'],
    ['rVYPXoLsPvNBwTnUFkSbTGDKgTxTEIpf', '*'],
    ['release-a1b2c3d4', 'release-*'],
  ])('%s -> %s', (name, label) => {
    expect(sessionLabel(name)).toBe(label);
  });

  it.each([
    'alice',
    'bob.smith',
    'u123456',
    'alice@example.com',
    '123456789012@example.com',
    'my-function-prod',
    'image-resizer-production-20',
    'AWSCLI-Session',
    'GitHubActions',
    'AutoScaling',
    'RoleSession1',
    'feedface',
    'mary-ann',
  ])('leaves %s', (name) => {
    expect(sessionLabel(name)).toBe(name);
  });

  it('makes no name longer, whatever it is', () => {
    const name = fc.stringMatching(/^[abfi01289_.@TZzQ-]{0,64}$/);
    fc.assert(
      fc.property(name, (text) => {
        const label = sessionLabel(text);
        expect(label.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

const row = fc
  .record({
    sessionName: fc.constantFrom('alice', 'bob'),
    sourceIdentity: fc.constantFrom(null, 'a', 'b'),
    eventName: fc.constantFrom('GetObject', 'PutObject'),
    outcome: fc.constantFrom('succeeded' as const, 'denied' as const),
    apiCall: fc.boolean(),
    count: fc.integer({ min: 1, max: 9 }),
    day: fc.integer({ min: 10, max: 28 }),
  })
  .map(({ day, ...rest }): PersonRow => ({
    actor: { kind: 'role', arn: ROLE, id: 'AROA1', accountId: '111111111111' },
    recipientAccountId: '111111111111',
    eventSource: 's3.amazonaws.com',
    first: `2026-07-${day}T00:00:00Z`,
    last: `2026-07-${day}T00:00:00Z`,
    ...rest,
  }));

describe('PeopleAggregator', () => {
  it('merges in any order to sorted rows, and loses no call', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const [forward, backward] = [new PeopleAggregator(), new PeopleAggregator()];
        for (const one of rows) forward.add(one);
        for (const one of rows.toReversed()) backward.add(one);
        const merged = forward.rows();
        expect(backward.rows()).toEqual(merged);
        expect(merged.toSorted(comparePeople)).toEqual(merged);
        const sum = (all: readonly PersonRow[]): number => all.reduce((n, { count }) => n + count, 0);
        expect(sum(merged)).toBe(sum(rows));
      }),
    );
  });
});
