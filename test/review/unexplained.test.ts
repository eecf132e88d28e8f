import { expect, it } from 'vitest';
import { hasUnexplainedCalls } from '../../src/review/unexplained.js';
import type { ActivityRow, Actor, AssumptionRow } from '../../src/trail/types.js';

const actor: Actor = {
  kind: 'role',
  arn: 'arn:aws:iam::111122223333:role/r',
  id: 'AROAR',
  accountId: '111122223333',
};
const TIMES = { first: '2026-07-01T00:00:00Z', last: '2026-07-01T00:00:00Z' };
const call = (eventName: string, count: number, apiCall = true) => ({
  ...{ eventSource: 'ec2.amazonaws.com', eventName, apiCall, count, ...TIMES },
  outcome: 'succeeded' as const,
});
const made = (...calls: readonly ReturnType<typeof call>[]): ActivityRow[] =>
  calls.map((one) => ({ ...one, actor, recipientAccountId: '111122223333', errorCode: null }));
const session = (...calls: readonly ReturnType<typeof call>[]): AssumptionRow => ({
  ...{ source: actor, roleArn: actor.arn, sessions: 1, origins: [], chains: [], calls, ...TIMES },
});

it('finds calls that no session accounts for', () => {
  expect(hasUnexplainedCalls(made(call('RunInstances', 1)), [])).toBe(true);
  expect(hasUnexplainedCalls(made(call('RunInstances', 3)), [session(call('RunInstances', 2))])).toBe(true);
  expect(hasUnexplainedCalls(made(call('StopInstances', 1)), [session(call('RunInstances', 9))])).toBe(true);
});

it('is content where the sessions made all calls, and with sign-ins to the console', () => {
  const sessions = [session(call('RunInstances', 2)), session(call('RunInstances', 1))];
  expect(hasUnexplainedCalls(made(call('RunInstances', 3), call('ConsoleLogin', 1, false)), sessions)).toBe(
    false,
  );
  expect(hasUnexplainedCalls([], [])).toBe(false);
});
