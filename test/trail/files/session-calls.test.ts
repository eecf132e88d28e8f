import { expect, it } from 'vitest';
import { SessionCalls } from '../../../src/trail/files/session-calls.js';
import { SessionJoin } from '../../../src/trail/sessions.js';
import type { Actor, SessionStart } from '../../../src/trail/types.js';
import { answers, folder, log, record } from './helpers.js';

const period = { start: '2026-07-01T00:00:00Z', end: '2026-08-01T00:00:00Z' };
const source: Actor = { kind: 'user', arn: 'arn:aws:iam::111111111111:user/u', id: null, accountId: null };
const start = (session: number): SessionStart<number> => ({
  sessionKey: session,
  callerKey: null,
  source,
  roleArn: `arn:aws:iam::111111111111:role/r${session % 2}`,
  // The last one began before the period.
  time: Date.parse(session === 6 ? '2026-06-30T20:00:00Z' : period.start) / 1000,
  sharedEventId: null,
  eventId: String(session),
});
const NAMES = ['A', 'B', 'C'];

it('adds up the same whether events are kept singly or are too many for it', () => {
  const rows = (maxChunks: number): unknown => {
    const calls = new SessionCalls(maxChunks);
    // Nobody saw the session 7 begin.
    for (let event = 0; event < 200_000; event += 1)
      calls.add(event % 8, event % 3, Date.parse(period.start) / 1000 + (event % 1000));
    const join = new SessionJoin([0, 1, 2, 3, 4, 5, 6].map(start), period);
    const sessions = Int32Array.from({ length: 9 }, (_, session) => session);
    calls.addTo(join, sessions, (call) => ({
      eventSource: 's3.amazonaws.com',
      eventName: NAMES[call] ?? '',
      apiCall: true,
      outcome: 'succeeded',
    }));
    return join.rows();
  };
  const singly = rows(100);
  expect(singly).toMatchObject([
    { sessions: 4, calls: [{ eventName: 'A' }, { eventName: 'B' }, { eventName: 'C' }] },
    { sessions: 3, calls: [{ first: '2026-07-01T00:00:01Z' }, {}, {}] },
  ]);
  expect(rows(1)).toEqual(singly);
});

it('knows a session by its access key, in whatever bytes it is written', async () => {
  const role = 'arn:aws:iam::123456789012:role/r';
  const started = record({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: { roleArn: role },
    responseElements: { credentials: { accessKeyId: 'ASIASESSION1' } },
  });
  const inside = record({
    eventName: 'ListBuckets',
    userIdentity: {
      type: 'AssumedRole',
      accessKeyId: 'ASIASESSION1',
      sessionContext: { sessionIssuer: { type: 'Role', arn: role } },
    },
  });
  const text = log(started, inside);
  const plain = await answers(await folder({ 'a.json': text }));
  const other = text.replace('"ASIASESSION1","sessionContext"', '"\\u0041SIASESSION1","sessionContext"');
  expect(other).not.toBe(text);
  const escaped = await answers(await folder({ 'a.json': other }));
  expect(plain.assumptions).toMatchObject([
    { roleArn: role, calls: [{ eventName: 'ListBuckets', count: 1 }] },
  ]);
  expect(escaped.assumptions).toEqual(plain.assumptions);
});
