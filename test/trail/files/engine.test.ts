import { describe, expect, it } from 'vitest';
import { ACCOUNT, OTHER, answers, folder, log, record, total } from './helpers.js';

const R1 = `arn:aws:iam::${ACCOUNT}:role/team/one`;
const R2 = `arn:aws:iam::${ACCOUNT}:role/two`;

const inSession = (role: string, key: string, over: Record<string, unknown> = {}): Record<string, unknown> =>
  record({
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/').at(-1) ?? ''}/s`,
      principalId: 'AROA1:s',
      accountId: ACCOUNT,
      accessKeyId: key,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: role, principalId: 'AROA1', accountId: ACCOUNT },
      },
    },
    ...over,
  });
const assume = (
  roleArn: string,
  accessKeyId: string,
  over: Record<string, unknown> = {},
): Record<string, unknown> => ({
  eventSource: 'sts.amazonaws.com',
  eventName: 'AssumeRole',
  requestParameters: { roleArn, roleSessionName: 's' },
  responseElements: { credentials: { accessKeyId } },
  ...over,
});

describe('which events count', () => {
  it('takes the start of the period and not its end, and says which days are empty', async () => {
    const times = [
      '2026-06-30T23:59:59Z',
      '2026-07-01T00:00:00Z',
      '2026-07-03T23:59:59Z',
      '2026-07-04T00:00:00Z',
    ];
    const { activity, coverage, notes } = await answers(
      await folder({ 'a.json': log(...times.map((eventTime) => record({ eventTime }))) }),
      { accountIds: [OTHER, ACCOUNT] },
    );
    expect(activity).toMatchObject([{ count: 2, first: times[1], last: times[2] }]);
    expect(notes.counts.recordsOutsidePeriod).toBe(2);
    expect(coverage).toMatchObject([
      { accountId: ACCOUNT, events: 2, first: times[1], last: times[2], emptyDays: ['2026-07-02'] },
      {
        accountId: OTHER,
        events: 0,
        first: null,
        last: null,
        emptyDays: ['2026-07-01', '2026-07-02', '2026-07-03'],
      },
    ]);
  });

  it('counts an event of two trails once, but not one whose eventID another event reuses', async () => {
    const event = record();
    const reused = { ...event, eventName: 'GetBucketAcl' };
    const noId = record({ eventID: undefined });
    const { activity, notes } = await answers(
      await folder({ 'a.json': log(event, reused, noId), 'b.json': log(event, event, noId) }),
    );
    expect(activity.map((row) => [row.eventName, row.count])).toEqual([
      ['GetBucketAcl', 1],
      ['ListBuckets', 3],
    ]);
    expect(notes.counts.duplicateRecords).toBe(2);
  });

  it('skips and counts accounts that are not in scope', async () => {
    const { activity, notes } = await answers(
      await folder({ 'a.json': log(record(), record({ recipientAccountId: OTHER })) }),
    );
    expect(total(activity)).toBe(1);
    expect(notes.counts.recordsOtherAccounts).toBe(1);
    expect(notes.otherAccounts).toBeUndefined();
  });

  it('tells which accounts the logs hold if one in scope has no events in the period', async () => {
    const others = Array.from({ length: 7 }, (_, at) => String(900_000_000_001 + at));
    const records = others.flatMap((recipientAccountId, at) =>
      Array.from({ length: at + 1 }, () => record({ recipientAccountId })),
    );
    const late = record({ recipientAccountId: others[0] ?? '', eventTime: '2027-01-01T00:00:00Z' });
    const { notes } = await answers(await folder({ 'a.json': log(...records, late) }));
    expect(notes.otherAccounts).toEqual({
      accounts: 7,
      most: others
        .map((accountId, at) => ({ accountId, events: at + 1 }))
        .reverse()
        .slice(0, 5),
    });
  });

  it('counts the events of each Region once', async () => {
    const there = record({ awsRegion: 'eu-west-1' });
    const { coverage } = await answers(
      await folder({
        'a.json': log(there, there, record({ awsRegion: 'us-east-1' }), record({ awsRegion: 'eu-west-1' })),
        'b.json': log(there, record({ awsRegion: undefined })),
      }),
    );
    expect(coverage[0]?.regions).toEqual([
      { region: 'eu-west-1', events: 2 },
      { region: 'us-east-1', events: 1 },
    ]);
  });

  it('tells outcomes, service events and data events apart, and takes hostile names as they are', async () => {
    const { activity, coverage } = await answers(
      await folder({
        'a.json': log(
          record({ errorCode: null, eventName: '__proto__' }),
          record({ errorCode: 'AccessDenied', eventName: 'constructor' }),
          record({ errorCode: 'NoSuchBucket', managementEvent: false, eventCategory: 'Data' }),
          record({ eventType: 'AwsServiceEvent', eventName: 'Rotate', userIdentity: {} }),
        ),
      }),
    );
    expect(activity.map((row) => [row.eventName, row.outcome, row.apiCall])).toEqual([
      ['ListBuckets', 'failed', true],
      ['__proto__', 'succeeded', true],
      ['constructor', 'denied', true],
      ['Rotate', 'succeeded', false],
    ]);
    expect(coverage[0]?.dataEventSources).toEqual(['s3.amazonaws.com']);
  });
});

describe('sessions', () => {
  it('joins calls to starts by key: also from before the period, and along a chain', async () => {
    const { assumptions, activity } = await answers(
      await folder({
        'a.json': log(
          record(assume(R1, 'ASIA1', { eventTime: '2026-06-30T20:00:00Z' })),
          record(assume(R1, 'ASIA8', { eventTime: '2026-06-30T20:00:00Z' })),
          record(assume(R1, 'ASIA9', { eventTime: '2026-06-30T11:59:59Z' })),
          record(assume(R1, 'ASIA7', { errorCode: 'AccessDenied' })),
        ),
        'b.json': log(
          inSession(R1, 'ASIA1', assume(R2, 'ASIA2', { eventTime: '2026-07-01T01:00:00Z' })),
          inSession(R2, 'ASIA2', { eventTime: '2026-07-01T02:00:00Z' }),
          inSession(R1, 'ASIA9', { eventTime: '2026-07-01T00:30:00Z' }),
        ),
      }),
    );
    const alice = `arn:aws:iam::${ACCOUNT}:user/alice`;
    expect(assumptions).toMatchObject([
      {
        source: { arn: R1 },
        roleArn: R2,
        sessions: 1,
        origins: [{ arn: alice, sessions: 1 }],
        calls: [{ eventName: 'ListBuckets', count: 1 }],
      },
      {
        source: { arn: alice },
        roleArn: R1,
        sessions: 1,
        first: '2026-07-01T01:00:00Z',
        calls: [{ eventName: 'AssumeRole', count: 1 }],
      },
    ]);
    expect(assumptions).toHaveLength(2);
    expect(total(activity)).toBe(4);
  });

  it("counts a start once that is in both accounts' trails", async () => {
    const shared = { sharedEventID: 'shared' };
    const { assumptions } = await answers(
      await folder({
        'role.json': log(
          record({
            ...assume(R1, 'ASIA1', shared),
            userIdentity: { type: 'AWSAccount', principalId: 'AIDAB', accountId: OTHER },
          }),
        ),
        'user.json': log(
          record({
            ...assume(R1, 'ASIA1', shared),
            recipientAccountId: OTHER,
            userIdentity: {
              type: 'IAMUser',
              arn: `arn:aws:iam::${OTHER}:user/bob`,
              principalId: 'AIDAB',
              accountId: OTHER,
            },
          }),
        ),
      }),
      { accountIds: [ACCOUNT, OTHER] },
    );
    expect(assumptions).toMatchObject([{ source: { kind: 'user', id: 'AIDAB' }, roleArn: R1, sessions: 1 }]);
  });
});
