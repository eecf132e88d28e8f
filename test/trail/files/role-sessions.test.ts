import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RoleSessions } from '../../../src/trail/files/sessions/role-sessions.js';
import { SessionMerger } from '../../../src/trail/files/sessions/session-merger.js';
import { DAY_SECONDS } from '../../../src/base/time.js';
import type { Actor, AssumptionRow } from '../../../src/trail/types.js';
import { answers, folder, log, record } from './helpers.js';
import { QUARTER as period, START as BEGIN } from './quarter.js';

const HOUR = 3600;
const actor = (name: string, kind: Actor['kind'] = 'user'): Actor => ({
  kind,
  arn: `arn:aws:iam::111111111111:user/${name}`,
  id: null,
  accountId: null,
});
const roleArn = (role: number): string => `arn:aws:iam::111111111111:role/r${role}`;

const uuid = (number: number): string =>
  `${String(number).padStart(8, '0')}-abcd-4${String(number).padStart(3, '0')}-ffff-0000${String(number).padStart(8, '0')}`;

interface Told {
  readonly time: number;
  /** When it is read. */
  readonly read: number;
  readonly tell: (to: RoleSessions) => void;
}

const delay = fc.integer({ min: 0, max: 8 * DAY_SECONDS });
const session = fc.record({
  source: fc.integer({ max: 2, min: 0 }),
  role: fc.integer({ max: 2, min: 0 }),
  /** Some begin before the period. */
  begin: fc.integer({ min: BEGIN - 12 * HOUR, max: BEGIN + 60 * DAY_SECONDS }),
  /** Of the session before, while it lasts. */
  isChained: fc.boolean(),
  after: fc.integer({ min: 0, max: 12 * HOUR }),
  hasKey: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  /** The other account's record, which need not have the key. */
  copy: fc.option(fc.record({ delay, hasKey: fc.boolean(), after: fc.integer({ min: 0, max: 30 }) })),
  delay,
  calls: fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 12 * HOUR }), call: fc.integer({ min: 0, max: 2 }), delay }),
    { maxLength: 6 },
  ),
});

const told = fc.array(session, { maxLength: 40 }).map((sessions): Told[] => {
  let before = 0;
  return sessions.flatMap((its, number): Told[] => {
    const isChained = its.isChained && number > 0;
    const begin = isChained ? before + its.after : its.begin;
    before = begin;
    const start = (source: Actor, time: number, hasKey: boolean, id: string) => (to: RoleSessions) => {
      to.start({
        sessionKey: hasKey ? to.session(number, 7) : null,
        callerKey: isChained ? to.session(number - 1, 7) : null,
        source,
        roleArn: roleArn(its.role),
        time,
        eventId: id,
        sharedEventId: number % 2 === 0 ? uuid(number) : `shared ${number}`,
      });
    };
    const source = actor(String(its.source));
    const own = { time: begin, read: begin + its.delay };
    return [
      { ...own, tell: start(source, begin, its.hasKey, `event ${number}`) },
      ...(its.copy === null
        ? []
        : [
            {
              time: begin + its.copy.after,
              read: begin + its.copy.after + its.copy.delay,
              tell: start(
                actor('111111111111', 'external'),
                begin + its.copy.after,
                its.copy.hasKey,
                `copy ${number}`,
              ),
            },
          ]),
      ...its.calls
        .map((call) => ({ ...call, time: begin + call.after }))
        .filter(({ time }) => time >= BEGIN)
        .map(({ time, call, delay: late }) => ({
          time,
          read: time + late,
          tell: (to: RoleSessions) => {
            const succeeded = {
              eventSource: 's3.amazonaws.com',
              apiCall: true,
              outcome: 'succeeded' as const,
            };
            to.call(to.session(number, 7), to.calls.add({ ...succeeded, eventName: `Call${call}` }), time);
          },
        })),
    ];
  });
});

function rows(all: readonly Told[], settle: boolean): AssumptionRow[] {
  const sessions = new RoleSessions(period);
  const inOrder = all.toSorted((a, b) => a.read - b.read);
  const rest = inOrder.map((_, i) => Math.min(...inOrder.slice(i + 1).map(({ time }) => time)));
  for (const [i, { tell }] of inOrder.entries()) {
    tell(sessions);
    if (settle) sessions.completeUntil(rest[i] ?? Infinity);
  }
  return sessions.assumptions();
}

it('joins sessions as they come and forgets them, to the same rows as all at the end', () => {
  fc.assert(
    fc.property(told, (all) => {
      const atTheEnd = rows(all, false);
      expect(rows(all, true)).toEqual(atTheEnd);
      const backwards = all.map((one) => ({ ...one, read: -one.read }));
      expect(rows(backwards, false)).toEqual(atTheEnd);
    }),
    { numRuns: Number(process.env['FUZZ'] ?? 200) },
  );
});

it('keeps apart what was named and what was used', () => {
  const sessions = new RoleSessions(period);
  const none = { roles: [], sources: [], calls: [] };
  const call = {
    eventSource: 's3.amazonaws.com',
    eventName: 'A',
    apiCall: true,
    outcome: 'succeeded',
  } as const;
  const news = { roles: [roleArn(1)], sources: [actor('u')], calls: [call] };
  const column = (value: number): Int32Array<ArrayBuffer> => Int32Array.of(value);
  const file = {
    keys: Int32Array.of(1, 2),
    session: column(-1),
    call: column(0),
    starts: [],
  };
  const duplicates = new Int32Array(0);
  const lanes = [new SessionMerger(sessions), new SessionMerger(sessions)] as const;
  // A file can contain session keys without any call.
  for (const counter of lanes) counter.add({ ...file, delta: news }, Float64Array.of(BEGIN), duplicates);
  sessions.completeUntil(BEGIN + 30 * DAY_SECONDS);
  const starts = [
    { event: 0, session: 0, caller: -1, role: 0, source: 0, eventId: 'e', sharedEventId: null },
  ];
  lanes[0].add({ ...file, delta: none, starts }, Float64Array.of(BEGIN + 40 * DAY_SECONDS), duplicates);
  lanes[1].add(
    { ...file, delta: none, session: column(0) },
    Float64Array.of(BEGIN + 40 * DAY_SECONDS),
    duplicates,
  );
  expect(sessions.assumptions()).toMatchObject([{ sessions: 1, calls: [{ eventName: 'A', count: 1 }] }]);
});

it('adds up the same whether events are kept singly or are too many for it', () => {
  const source = actor('u');
  const sessions = new RoleSessions(period);
  const call = (name: string): number =>
    sessions.calls.add({
      eventSource: 's3.amazonaws.com',
      eventName: name,
      apiCall: true,
      outcome: 'succeeded',
    });
  const calls = ['A', 'B', 'C'].map(call);
  for (let number = 0; number < 7; number += 1)
    sessions.start({
      sessionKey: sessions.session(number, 0),
      callerKey: null,
      source,
      roleArn: roleArn(number % 2),
      // The last one began before the period.
      time: number === 6 ? BEGIN - 4 * HOUR : BEGIN,
      eventId: String(number),
      sharedEventId: null,
    });
  // Nobody saw the session 7 begin.
  const MANY = 1_200_000;
  for (let event = 0; event < MANY; event += 1)
    sessions.call(sessions.session(event % 8, 0), calls[event % 3] ?? 0, BEGIN + (event % 1000));
  const found = sessions.assumptions();
  expect(found).toMatchObject([
    { sessions: 4, calls: [{ eventName: 'A' }, { eventName: 'B' }, { eventName: 'C' }] },
    { sessions: 3, calls: [{ first: '2026-07-01T00:00:01Z' }, {}, {}] },
  ]);
  const counted = found.flatMap((row) => row.calls).reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBe((MANY / 8) * 7);
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
