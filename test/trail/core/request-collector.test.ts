import { describe, expect, it } from 'vitest';
import { RequestCollector } from '../../../src/trail/request-collector.js';
import { fromStored, planId, toStored } from '../../../src/trail/stored-requests.js';
import type { ActivityRow } from '../../../src/trail/types.js';

const calls = (count: number, day = 1): ActivityRow => ({
  actor: { kind: 'user', arn: 'arn:aws:iam::111111111111:user/a', id: 'AIDAA', accountId: '111111111111' },
  ...{ recipientAccountId: '111111111111', eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
  ...{ apiCall: true, outcome: 'succeeded', errorCode: null, count },
  ...{ first: `2026-07-0${String(day)}T00:00:00Z`, last: `2026-07-0${String(day)}T00:00:00Z` },
});
const whole = (...found: string[]) => ({ parameters: 'whole', found, roles: [] }) as const;

describe('the rows of requests divide the activity', () => {
  const rowsOf = (read: readonly [ActivityRow, ReturnType<typeof whole>][], activity: number): unknown[] => {
    const rows = new RequestCollector();
    for (const [row, contents] of read) rows.add(row, contents);
    return rows.rows([calls(activity)]).map(({ parameters, found, count }) => [parameters, found, count]);
  };

  it.each<[string, readonly [ActivityRow, ReturnType<typeof whole>][], number, unknown[]]>([
    [
      'as they were read',
      [
        [calls(2), whole('tags')],
        [calls(1), whole()],
      ],
      3,
      [
        ['whole', [], 1],
        ['whole', ['tags'], 2],
      ],
    ],
    [
      'with what was not read',
      [[calls(2), whole('tags')]],
      3,
      [
        ['missing', [], 1],
        ['whole', ['tags'], 2],
      ],
    ],
    [
      'without copies',
      [
        [calls(4), whole('tags')],
        [calls(1), whole()],
      ],
      3,
      [
        ['whole', [], 1],
        ['whole', ['tags'], 2],
      ],
    ],
    [
      'and keep what was there',
      [
        [calls(1), whole('tags')],
        [calls(1), whole()],
      ],
      1,
      [
        ['whole', [], 1],
        ['whole', ['tags'], 1],
      ],
    ],
    ['where nothing was read', [], 2, [['missing', [], 2]]],
  ])('%s', (_, read, activity, expected) => {
    expect(rowsOf(read, activity)).toEqual(expected);
  });

  it('with the roles of all that have the same contents', () => {
    const rows = new RequestCollector();
    rows.add(calls(1, 2), { ...whole(), roles: ['role/b', 'role/a'] });
    const others = new RequestCollector();
    others.add(calls(1), { ...whole(), roles: ['role/b'] });
    rows.addAll(others);
    expect(rows.rows([calls(2)])).toMatchObject([
      {
        count: 2,
        first: '2026-07-01T00:00:00Z',
        last: '2026-07-02T00:00:00Z',
        roles: [
          { role: 'role/a', count: 1 },
          { role: 'role/b', count: 2, first: '2026-07-01T00:00:00Z' },
        ],
        rolesComplete: true,
      },
    ]);
  });
});

describe('what is stored beside a record', () => {
  it.each([
    { parameters: 'missing', found: [], roles: [] },
    { parameters: 'whole', found: [], roles: [] },
    { parameters: 'whole', found: ['tags{}', 'x-amz-acl!=private'], roles: ['role/a'] },
  ] as const)('is read back: %j', (contents) => {
    const { request, roles } = toStored('p', contents);
    const { parameters, found } = contents;
    expect(fromStored(request)).toEqual({ parameters, found, hasRoles: contents.roles.length > 0 });
    expect(roles).toEqual(contents.roles);
  });

  it('is known by its plan', () => {
    const prefixes = { first: new Map<string, string>(), second: new Map<string, string>() };
    const plan = {
      prefixes,
      services: new Map([['ec2', [{ operations: 'A', paths: 'tags{}', roles: false }]]]),
    };
    expect(planId(plan)).toMatch(/^[\w-]{16}$/);
    expect(planId({ ...plan, services: new Map() })).not.toBe(planId(plan));
  });
});
