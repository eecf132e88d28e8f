import { expect } from 'vitest';
import type { ActivityRow, WeekRow } from '../../../src/trail/types.js';
import type { Answers } from './engines.js';
import { A, B, LONG_ROLE, roleArn } from './records.js';

/** The weeks add up to the activity, whatever the engine. */
function expectWeeks({ activity, weeks }: Pick<Answers, 'activity' | 'weeks'>): void {
  const sums = (rows: readonly (ActivityRow | WeekRow)[]): Record<string, number> => {
    const totals: Record<string, number> = {};
    for (const { actor, recipientAccountId, outcome, count } of rows) {
      const key = [actor.arn, actor.id, recipientAccountId, outcome].join(' ');
      totals[key] = (totals[key] ?? 0) + count;
    }
    return totals;
  };
  expect(sums(weeks)).toEqual(sums(activity));
  // 2026-07-01 is a Wednesday.
  expect(new Set(weeks.map(({ week }) => week))).toEqual(new Set(['2026-06-29', '2026-07-06']));
}

/** What every engine answers about `contractRecords`. */
export function expectAnswers({ activity, assumptions, coverage, weeks, notes }: Answers): void {
  expect(notes.counts).toMatchObject({ insightRecords: 4 });
  expectWeeks({ activity, weeks });
  const counts = (source: string, name: string): unknown[] =>
    activity
      .filter((row) => row.eventSource === `${source}.amazonaws.com` && row.eventName === name)
      .map((row) => [row.actor.arn, row.actor.id, row.recipientAccountId, row.outcome, row.count]);
  const alice = `arn:aws:iam::${A}:user/alice`;
  expect(counts('s3', 'GetBucketAcl')).toEqual([[alice, 'AIDAALICE11', A, 'succeeded', 1]]);
  expect(counts('s3', 'HeadBucket')).toEqual([[alice, 'AIDAALICE11', A, 'succeeded', 2]]);
  expect(counts('iam', 'ListRoles')).toEqual([[alice, 'AIDAALICE11', A, 'succeeded', 2]]);
  expect(counts('s3', 'GetBucketPolicy')).toEqual([
    [alice, 'AIDAALICE11', A, 'failed', 1],
    [alice, 'AIDAALICE11', A, 'succeeded', 2],
  ]);
  for (const source of ['ecs', 'lambda', 'kms']) expect(counts(source, 'TagResource')).toHaveLength(1);
  expect(counts('s3', 'ListBuckets')).toContainEqual([alice, 'AIDAOLDALICE', A, 'succeeded', 1]);
  expect(counts('s3', 'ListBuckets')).toContainEqual([
    `arn:aws:iam::${B}:user/alice`,
    'AIDAALICE22',
    B,
    'succeeded',
    1,
  ]);
  const deep = `arn:aws:iam::${A}:user/${'deep/'.repeat(70)}eve`;
  expect(counts('s3', 'ListBuckets')).toContainEqual([deep, 'AIDAEVE11', A, 'succeeded', 1]);
  expect(activity.filter((row) => row.recipientAccountId === '333333333333')).toEqual([]);

  expect(
    assumptions.map((row) => [
      row.source.arn,
      row.roleArn,
      row.sessions,
      row.calls.map((c) => [c.eventName, c.outcome, c.count]),
    ]),
  ).toEqual([
    [
      roleArn('deploy'),
      roleArn('audit'),
      1,
      [
        ['ListBuckets', 'denied', 1],
        ['ListBuckets', 'succeeded', 1],
      ],
    ],
    [alice, roleArn('audit'), 2, []],
    [alice, roleArn(LONG_ROLE), 1, [['ListBuckets', 'succeeded', 1]]],
    [
      alice,
      roleArn('deploy'),
      2,
      [
        ['ListBuckets', 'succeeded', 1],
        ['PutBucketAcl', 'succeeded', 1],
        ['AssumeRole', 'succeeded', 1],
      ],
    ],
    [alice, roleArn('deploy', B), 1, [['DescribeInstances', 'succeeded', 1]]],
    ['ecs-tasks.amazonaws.com', roleArn('task'), 1, [['ListBuckets', 'succeeded', 1]]],
  ]);
  const chain = assumptions.find((row) => row.source.arn === roleArn('deploy'));
  expect(chain?.origins).toEqual([{ arn: alice, sessions: 1 }]);

  expect(
    coverage.map(({ accountId, emptyDays, dataEventSources }) => [accountId, emptyDays, dataEventSources]),
  ).toEqual([
    [A, ['2026-07-06'], ['s3.amazonaws.com']],
    [B, ['2026-07-01', '2026-07-04', '2026-07-05', '2026-07-06', '2026-07-07'], ['lambda.amazonaws.com']],
  ]);
  expect(
    coverage.map(({ events, regions }) => regions.reduce((sum, each) => sum + each.events, 0) === events),
  ).toEqual([true, true]);
  expect(coverage[0]).toMatchObject({ first: '2026-07-01T00:00:00Z', last: '2026-07-07T23:59:59Z' });
}
