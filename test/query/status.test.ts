import { describe, expect, it } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import type { ActionSet } from '../../src/catalog/types.js';
import { creditActivity, type CreditedCall } from '../../src/review/credits.js';
import { actionNames, statuses } from '../../src/review/status.js';
import { NO_CALLS, unseenWith } from '../review/recorded.js';
import { indexOf, tinyCatalog } from './tiny.js';

function setOf(...names: string[]): ActionSet {
  const set = emptySet(tinyCatalog.actions.length);
  for (const name of names) add(set, indexOf(name));
  return set;
}

function call(event: string, more: Partial<CreditedCall> = {}): CreditedCall {
  const [service = '', eventName = ''] = event.split(':');
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName,
    apiCall: true,
    outcome: 'succeeded',
    count: 1,
    first: '2026-07-02T00:00:00Z',
    last: '2026-07-03T00:00:00Z',
    ...more,
  };
}

const names = (set: ActionSet): string[] => actionNames(tinyCatalog, set);

describe('creditActivity', () => {
  it('adds up the calls of an action, whatever they are called', () => {
    const { used } = creditActivity(tinyCatalog, setOf(), [
      call('s3:ListBuckets', { count: 3, first: '2026-07-05T00:00:00Z', last: '2026-07-09T00:00:00Z' }),
      call('s3:ListAllMyBuckets', { count: 2 }),
    ]);
    expect(used.get(indexOf('s3:ListAllMyBuckets'))).toEqual({
      count: 5,
      first: '2026-07-02T00:00:00Z',
      last: '2026-07-09T00:00:00Z',
    });
  });

  it('never makes an action used by a denied or failed call, but counts them apart', () => {
    const credit = creditActivity(tinyCatalog, setOf('s3:CreateBucket'), [
      call('s3:CreateBucket', { outcome: 'denied', count: 4 }),
      call('ec2:RunInstances', { outcome: 'failed', errorCode: 'Client.VcpuLimitExceeded', count: 2 }),
      call('ec2:RunInstances', { outcome: 'failed', errorCode: 'Throttling' }),
      call('s3:Mystery', { outcome: 'denied' }),
    ]);
    expect(credit.used.size).toBe(0);
    expect([...credit.denied]).toEqual([
      ['s3:CreateBucket', 4],
      ['s3.amazonaws.com:Mystery', 1],
    ]);
    expect(credit.failed.get('ec2:RunInstances')).toEqual({
      count: 3,
      errorCodes: new Set(['Client.VcpuLimitExceeded', 'Throttling']),
    });
  });

  it('credits all actions of one event, or those granted where any of them would do', () => {
    const both = creditActivity(tinyCatalog, setOf(), [call('ec2:RunBoth')]);
    expect([...both.used.keys()]).toEqual([0, 1]);
    const granted = creditActivity(tinyCatalog, setOf('timestream:Select'), [call('timestream:Query')]);
    expect([...granted.used.keys()]).toEqual([indexOf('timestream:Select')]);
    const none = creditActivity(tinyCatalog, setOf(), [call('timestream:Query')]);
    expect([...none.used.keys()]).toEqual([indexOf('timestream:DescribeEndpoints')]);
  });

  it('counts every event once: mapped, needing no permission, or unmapped', () => {
    const { events, unmapped } = creditActivity(tinyCatalog, setOf(), [
      call('ec2:RunBoth', { count: 2 }),
      call('sts:GetCallerIdentity', { count: 3 }),
      call('s3:CreateBucket', { apiCall: false, count: 5 }),
      call('__proto__:constructor', { count: 7 }),
      call('__proto__:constructor', { outcome: 'failed', count: 1 }),
    ]);
    expect(events).toEqual({ mapped: 2, noPermission: 8, unmapped: 8 });
    expect(unmapped.sorted()).toEqual([
      { eventSource: '__proto__.amazonaws.com', eventName: 'constructor', count: 8 },
    ]);
  });
});

describe('statuses', () => {
  const granted = setOf('ec2:DescribeInstances', 'iam:PassRole', 's3:GetObject', 's3:ListAllMyBuckets');
  const call = { count: 1, first: '', last: '' };
  const exercised = (...actions: string[]) => ({
    ...NO_CALLS,
    used: new Map(actions.map((action) => [indexOf(action), call])),
  });
  const used = exercised('ec2:DescribeInstances', 's3:CreateBucket');

  it('are unknown where CloudTrail would not have recorded the use', () => {
    const result = statuses(tinyCatalog, granted, used, unseenWith(tinyCatalog, []));
    expect(names(result.used)).toEqual(['ec2:DescribeInstances']);
    expect(names(result.unused)).toEqual(['s3:ListAllMyBuckets']);
    expect(names(result.unknown)).toEqual(['iam:PassRole', 's3:GetObject']);
    expect(names(result.ungranted)).toEqual(['s3:CreateBucket']);
  });

  it.each([['s3.amazonaws.com'], ['s3']])('are unused where data events of %s are logged', (source) => {
    const result = statuses(tinyCatalog, granted, used, unseenWith(tinyCatalog, [source]));
    expect(names(result.unused)).toEqual(['s3:GetObject', 's3:ListAllMyBuckets']);
    expect(names(result.unknown)).toEqual(['iam:PassRole']);
  });

  it('take data events of another service as no evidence', () => {
    const result = statuses(tinyCatalog, granted, used, unseenWith(tinyCatalog, ['lambda.amazonaws.com']));
    expect(names(result.unknown)).toContain('s3:GetObject');
  });

  it('are unknown where a call may have exercised the action in place of another', () => {
    const maybe = new Set([indexOf('s3:ListAllMyBuckets')]);
    const result = statuses(tinyCatalog, granted, { ...used, maybe }, unseenWith(tinyCatalog, ['s3']));
    expect(names(result.unknown)).toEqual(['iam:PassRole', 's3:ListAllMyBuckets']);
  });

  it('are used, not unknown, when a data event was seen', () => {
    const result = statuses(tinyCatalog, granted, exercised('s3:GetObject'), unseenWith(tinyCatalog, ['s3']));
    expect(names(result.used)).toEqual(['s3:GetObject']);
  });
});
