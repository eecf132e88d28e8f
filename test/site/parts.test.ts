import { describe, expect, test } from 'vitest';
import { assumptionGraph } from '../../src/report/site/assumption-graph.js';
import { OverviewCollector } from '../../src/report/site/overview-collector.js';
import { dataEventGroups } from '../../src/report/site/data-events.js';
import { diffOf } from '../../src/report/site/principal/diff.js';
import { timelineSection } from '../../src/report/site/principal/timeline.js';
import { wordStarts } from '../../src/report/site/search.js';
import { SharedPages } from '../../src/report/site/shared.js';
import { stylesheet } from '../../src/report/site/templates.js';
import type { Suggestion } from '../../src/review/types.js';
import { assumptions, head } from './sample-model.js';
import { HOSTILE, principals, samplePrincipal } from './sample-principals.js';

test('words of a name begin where a reader would begin to type', () => {
  const words = (name: string): string[] => wordStarts(name).map((start) => name.slice(start));
  expect(words('AWSReservedSSO_Developer')).toEqual([
    'AWSReservedSSO_Developer',
    'ReservedSSO_Developer',
    'SSO_Developer',
    'Developer',
  ]);
  expect(words('team/ci-deploy2')).toEqual(['team/ci-deploy2', 'ci-deploy2', 'deploy2']);
  expect(words('')).toEqual(['']);
});

test('principals with the same grants share a page, which is written once', () => {
  const shared = new SharedPages();
  const unseen = [{ reason: { kind: 'no-own-event' as const }, actions: ['s3:X'] }];
  const grants = (recorded: string[]) => ({ service: 's3', recorded, unseen });
  const path = shared.pageOf(grants(['s3:A']));
  expect(shared.take()).toHaveLength(1);
  expect(shared.pageOf(grants(['s3:A']))).toBe(path);
  expect(shared.take()).toEqual([]);
  expect(shared.pageOf(grants(['s3:B']))).not.toBe(path);
  expect(shared.take()).toHaveLength(1);
  expect(shared.pageOf({ ...grants([]), service: '../../etc' })).toMatch(
    /^services\/______etc-[0-9a-f]{12}\.html$/,
  );
});

describe('the comparison of policies', () => {
  const policy = (statements: Suggestion['strict'][number]['document']['Statement']) => ({
    name: 'x',
    size: 1,
    document: { Version: '2012-10-17', Statement: statements },
  });
  const today = {
    name: 'Own',
    document: {
      version: '2012-10-17' as const,
      statements: [
        {
          effect: 'Allow' as const,
          actionKind: 'Action' as const,
          actions: ['ec2:*', 'S3:getobject'],
          resourceKind: 'Resource' as const,
          resources: ['b', 'a'],
          condition: { StringEquals: { k: ['2', '1'] } },
        },
        {
          effect: 'Deny' as const,
          actionKind: 'NotAction' as const,
          actions: ['iam:*'],
          resourceKind: 'NotResource' as const,
          resources: ['*'],
        },
      ],
    },
  };

  test('pairs statements whatever the order and case, and leaves out what stays', () => {
    const p = samplePrincipal({
      name: 'a',
      id: 'A',
      policies: () => [today],
      suggestion: {
        ...samplePrincipal({ name: 'b', id: 'B' }).suggestion,
        cautious: [
          policy([
            {
              Effect: 'Allow',
              Action: ['ec2:RunInstances', 's3:GetObject'],
              Resource: ['a', 'b'],
              Condition: { StringEquals: { k: ['1', '2'] } },
            },
            { Effect: 'Deny', NotAction: ['iam:*'], NotResource: ['*'] },
          ]),
        ],
      },
    });
    expect(diffOf(p)).toEqual([
      {
        place: 'Allow on a, b if {"StringEquals":{"k":["1","2"]}}',
        lines: [
          { kind: 'removed', text: 'ec2:*' },
          { kind: 'added', text: 'ec2:RunInstances' },
          { kind: 'same', text: 'S3:getobject' },
        ],
      },
    ]);
  });
});

test('the index says which data events the logs of each account hold', () => {
  const of = (name: string, ...dataEvents: string[]) => ({ name, dataEvents });
  expect(dataEventGroups([of('backup'), of('demo', 's3:read', 's3:write'), of('staging')])).toEqual([
    { what: 'S3 reads and writes', names: ['demo'], more: null },
    { what: 'no data events', names: ['backup', 'staging'], more: null },
  ]);
  expect(dataEventGroups([of('a', 'lambda:write', 's3'), of('b', 's3:read'), of('c', 's3:read')])).toEqual([
    { what: 'S3 reads', names: ['b', 'c'], more: null },
    { what: 'Lambda writes, S3 reads and writes', names: ['a'], more: null },
  ]);
  const many = Array.from({ length: 90 }, (_, i) => of(`account-${i}`, `service-${i % 9}:read`));
  expect(dataEventGroups(many).map(({ names, more }) => [names.length, more])).toEqual([
    ...Array.from({ length: 4 }, () => [5, 5]),
    [5, 45],
  ]);
});

test('the timeline has a place for every week of the period, and puts weeks of a long one together', () => {
  const weeks = [{ week: '2026-06-29', succeeded: 3, denied: 1, failed: 0 }];
  const p = samplePrincipal({ name: 'a', id: 'A', weeks });
  expect(timelineSection(p, head.period)).toContain('active in 1 of 14');
  const years = { start: '2022-01-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
  expect(timelineSection(p, years)).toMatch(/Calls per 5 weeks <span class="count">active in 1 of 50</);
  expect(timelineSection({ ...p, weeks: [] }, head.period)).toBe('');
});

test('the picture of assumptions draws principals while they are few, else accounts', () => {
  const nameOf = (id: string): string => `account ${id}`;
  const collected = new OverviewCollector();
  for (const pair of assumptions) collected.assumption(pair);
  const few = assumptionGraph(collected.pairs(), assumptions.length, collected.accountPairs, nameOf);
  expect(few.match(/<path class="edge (un)?used" d="M320/g)).toHaveLength(assumptions.length);
  expect(few).toContain('&lt;/script&gt;');
  const many = assumptionGraph(collected.pairs(), 5000, collected.accountPairs, nameOf);
  expect(many.match(/d="M320/g)).toHaveLength(collected.accountPairs.size);
  expect(assumptionGraph([], 0, new Map(), nameOf)).toBe('');
});

test('used pairs are listed before any that were never used', () => {
  const [one] = assumptions;
  if (one === undefined) throw new Error('no sample');
  const collected = new OverviewCollector();
  for (let i = 0; i < 2000; i += 1) collected.assumption({ ...one, assumed: false });
  collected.assumption({ ...one, assumed: true });
  expect(collected.pairs()).toHaveLength(501);
  expect(collected.pairs()[0]?.assumed).toBe(true);
  expect([collected.usedPairs, collected.unusedPairs]).toEqual([1, 2000]);
});

test('trusts of other accounts are counted by account', () => {
  const collected = new OverviewCollector();
  for (const p of principals) collected.principal(p);
  expect([...collected.trusts.values()].map(({ accountId, roles }) => [accountId, roles])).toEqual([
    ['999988887777', 1],
  ]);
});

test('nothing in the review’s name can end the string in the style', () => {
  const { text } = stylesheet({ ...head, id: `"}*{x:url(//e)}\\${HOSTILE}` });
  expect(text).toContain('@top-left{content:"CloudTracker access review \\22 \\7d \\2a ');
  expect(text.slice(text.indexOf('@page'))).not.toMatch(/url\(|script>/);
});
