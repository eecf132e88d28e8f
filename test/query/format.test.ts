import { describe, expect, it } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import type { ActionSet } from '../../src/catalog/types.js';
import { actionLines, principalLines, type Filters } from '../../src/commands/query/format.js';
import { queryPeriod, subjectOf } from '../../src/commands/query/options.js';
import { indexOf, tinyCatalog } from './tiny.js';

const plain: Filters = { showUsed: false, ignoreBenign: false, ignoreUnknown: false };

function setOf(...names: string[]): ActionSet {
  const set = emptySet(tinyCatalog.actions.length);
  for (const name of names) add(set, indexOf(name));
  return set;
}

const statuses = {
  used: setOf('s3:ListAllMyBuckets', 'ec2:DescribeInstances'),
  unused: setOf('ec2:RunInstances', 'timestream:DescribeEndpoints'),
  unknown: setOf('s3:GetObject'),
  ungranted: setOf('s3:CreateBucket'),
};
const lines = (filters: Partial<Filters>): string[] =>
  actionLines(tinyCatalog, statuses, { ...plain, ...filters }).map(({ text }) => text);

describe('actionLines', () => {
  it('prints every status with its marker, sorted by action, in lower case', () => {
    expect(lines({})).toEqual([
      '  ec2:describeinstances',
      '- ec2:runinstances',
      '+ s3:createbucket',
      '? s3:getobject',
      '  s3:listallmybuckets',
      '- timestream:describeendpoints',
    ]);
  });

  it('hides what was not used with --show-used', () => {
    expect(lines({ showUsed: true })).toEqual([
      '  ec2:describeinstances',
      '+ s3:createbucket',
      '  s3:listallmybuckets',
    ]);
  });

  it('hides list and describe actions with --ignore-benign', () => {
    expect(lines({ ignoreBenign: true })).toEqual([
      '- ec2:runinstances',
      '+ s3:createbucket',
      '? s3:getobject',
    ]);
  });

  it('hides what CloudTrail does not record with --ignore-unknown', () => {
    expect(lines({ ignoreUnknown: true }).join('\n')).not.toContain('?');
  });

  it('colors as the original did: white, red, yellow and green', () => {
    expect(actionLines(tinyCatalog, statuses, plain).slice(0, 4)).toEqual([
      { text: '  ec2:describeinstances', ansi: 37 },
      { text: '- ec2:runinstances', ansi: 31 },
      { text: '+ s3:createbucket', ansi: 32 },
      { text: '? s3:getobject', ansi: 33 },
    ]);
  });

  it('prints nothing for a principal that may do nothing and did nothing', () => {
    const none = setOf();
    expect(
      actionLines(tinyCatalog, { used: none, unused: none, unknown: none, ungranted: none }, plain),
    ).toEqual([]);
  });
});

describe('principalLines', () => {
  it('marks those without activity, sorted by name', () => {
    const principals = [
      { name: 'charlie', active: false },
      { name: 'bob', active: true },
      { name: 'alice', active: true },
    ];
    expect(principalLines(principals, plain)).toEqual([
      { text: '  alice', ansi: 37 },
      { text: '  bob', ansi: 37 },
      { text: '- charlie', ansi: 31 },
    ]);
  });
});

describe('queryPeriod', () => {
  const now = new Date('2026-10-05T15:00:00Z');

  it('includes the last day', () => {
    expect(queryPeriod({ start: '2026-07-01', end: '2026-09-30' }, now)).toEqual({
      start: '2026-07-01T00:00:00Z',
      end: '2026-10-01T00:00:00Z',
    });
  });

  it('is the last 365 days and today unless said otherwise', () => {
    expect(queryPeriod({}, now)).toEqual({ start: '2025-10-05T00:00:00Z', end: '2026-10-06T00:00:00Z' });
  });

  it.each([
    ['2026-7-1', 'YYYY-MM-DD'],
    ['2026-02-30', 'YYYY-MM-DD'],
    ['2027-01-01', 'ends'],
  ])('refuses %s as start', (start, message) => {
    expect(() => queryPeriod({ start, end: '2026-09-30' }, now)).toThrow(message);
  });
});

describe('subjectOf', () => {
  const base = { config: 'c', write: () => undefined, warn: () => undefined };

  it.each([
    [{}, 'exactly one'],
    [{ user: 'a', role: 'b' }, 'exactly one'],
    [{ list: 'users' as const, destrole: 'b' }, '--destrole requires'],
    [{ user: 'a', destaccount: 'b' }, '--destaccount requires'],
  ])('refuses %j', (flags, message) => {
    expect(() => subjectOf({ ...base, ...flags })).toThrow(message);
  });
});
