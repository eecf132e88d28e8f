import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../src/trail/files/containers.js';
import { KIND_WIDTH, START_WIDTH, type Dictionary } from '../../../src/trail/files/dictionary.js';
import { Digester } from '../../../src/trail/files/digest.js';
import { skipSpace } from '../../../src/trail/files/json.js';
import { ResourceNames } from '../../../src/trail/files/resource-names.js';
import { scanRecords } from '../../../src/trail/files/scan.js';
import type { Stretches } from '../../../src/trail/files/stretches.js';
import { Walker } from '../../../src/trail/files/walker.js';
import { RESOURCE_PARAMETERS } from '../../../src/trail/resources/table.js';
import { plainEvent, type PlainEvent } from '../../support/files/reference.js';
import { joinedStretches, record } from './helpers.js';

/** `FUZZ=10000 npx vitest run test/trail/files/digest.test.ts` looks harder. */
const numRuns = Number(process.env.FUZZ ?? 300);

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const walker = new Walker();
const skips = (bytes: Buffer): boolean => {
  const source = walker.hold(bytes);
  const end = walker.skipValue(skipSpace(source.view, 0));
  return end !== -1 && skipSpace(source.view, end) === bytes.length;
};

/** Text that is JSON but for some bytes that were lost, doubled or changed. */
const damaged = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...Array.from('{}[]",:\\u0-.eE+tfn \n\t\u0001é'))), {
      maxLength: 3,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((before, [at, by]) => {
      const place = at % (before.length + 1);
      return before.slice(0, place) + (at % 3 === 0 ? '' : by) + before.slice(place + (at % 2));
    }, text),
  );

describe('walking over JSON', () => {
  it('takes what JSON.parse takes, and nothing else', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        expect(skips(Buffer.from(text))).toBe(parses(text));
      }),
      { numRuns: 3 * numRuns },
    );
  });

  it.each([
    ...['', ' ', '-', '01', '1.', '.5', '1e', '1e+', '-0.0E-12', '"\\x"', '"\\u12g4"', '"\\uD800"', '"a\nb"'],
    ...['tru', 'truee', 'nul', '{"a"}', '{"a":1,}', '[1,]', '[,]', '{,}', '[[]]]', '{"a":[{}]}', '[1 2]'],
    '['.repeat(50_000) + ']'.repeat(50_000),
    '['.repeat(50_000),
  ])('%#', (text) => {
    expect(skips(Buffer.from(text))).toBe(parses(text));
  });

  it('has no trouble with bytes that are no UTF-8', () => {
    const bytes = Buffer.from([0x22, 0xff, 0xc3, 0x22]);
    expect(skips(bytes)).toBe(parses(bytes.toString()));
  });
});

const account = fc.constantFrom('111111111111', '222222222222', '', null, 7, undefined);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(undefined, '', 'a"\\\u00e9\ud800b'));
const mostly = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: anything });
const arn = fc.constantFrom(
  ...['arn:aws:s3:::b', 'arn:aws:s3:::b/k', 'arn:aws-cn:iam::222222222222:role/p/x', 'none'],
  ...['arn:aws:sts::111111111111:assumed-role/x/ann', 'arn:aws:iam::111111111111:user/u', 'arn:é"\\'],
);
const parameters = Object.values(RESOURCE_PARAMETERS).flatMap((rules) => rules.map(({ name }) => name));
const identity = fc.record(
  {
    type: mostly(
      fc.constantFrom('IAMUser', 'AssumedRole', 'Root', 'AWSService', 'AWSAccount', 'FederatedUser'),
    ),
    arn: mostly(arn),
    principalId: mostly(fc.constantFrom('AIDA1', 'AROA1:ann')),
    accountId: account,
    accessKeyId: mostly(fc.constantFrom('ASIA1', 'AKIA1')),
    invokedBy: mostly(fc.constant('ec2.amazonaws.com')),
    sessionContext: mostly(
      fc.record({
        sourceIdentity: anything,
        sessionIssuer: mostly(fc.record({ arn: mostly(arn), principalId: anything }, { requiredKeys: [] })),
      }),
    ),
  },
  { requiredKeys: [] },
);
const anyRecord = fc
  .record(
    {
      eventTime: mostly(
        fc.oneof(
          fc.constantFrom(
            '2026-07-02T10:00:00Z',
            '2024-02-29T23:59:59Z',
            '2026-02-30T00:00:00Z',
            '2026-07-31 10:00:00',
            '20\u00e96-07-31T10:00:00Z',
          ),
          fc
            .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
            .map((date) => `${date.toISOString().slice(0, 19)}Z`),
        ),
      ),
      eventSource: mostly(fc.constantFrom('sts.amazonaws.com', ...Object.keys(RESOURCE_PARAMETERS))),
      eventName: mostly(fc.constantFrom('AssumeRole', 'GetParameter', 'CreateTrail', 'Scan')),
      eventID: mostly(fc.constantFrom('one', 'two')),
      eventType: mostly(fc.constantFrom('AwsApiCall', 'AwsServiceEvent', 'AwsCloudTrailInsight')),
      eventCategory: mostly(fc.constantFrom('Management', 'Data', 'Insight')),
      managementEvent: mostly(fc.boolean()),
      errorCode: mostly(fc.constantFrom(null, 'AccessDenied', 'NoSuchKey')),
      recipientAccountId: account,
      sharedEventID: anything,
      userIdentity: mostly(identity),
      requestParameters: mostly(
        fc.dictionary(fc.constantFrom('roleArn', 'roleSessionName', ...parameters), mostly(arn), {
          maxKeys: 4,
        }),
      ),
      responseElements: mostly(
        fc.record({
          credentials: mostly(fc.record({ accessKeyId: anything })),
          assumedRoleUser: mostly(fc.record({ arn: mostly(arn) })),
        }),
      ),
      resources: mostly(fc.array(mostly(fc.record({ ARN: mostly(arn), type: anything })), { maxLength: 3 })),
    },
    { requiredKeys: ['eventTime', 'eventSource', 'eventName'] },
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const records = fc.array(
  mostly(anyRecord).map((value) => value ?? null),
  { maxLength: 8 },
);

/** The same values written in other bytes: spaces, escapes, and a first copy of a key that does not count. */
function unusual(value: unknown): string {
  const text = JSON.stringify({ Records: value }, null, 1);
  return text
    .replaceAll('"eventName":', '"eventName": {"x": [1]}, "event\\u004eame" :')
    .replaceAll('"ARN":', '"A\\u0052N":')
    .replaceAll('amazonaws.com', 'amazonaws\\u002ecom');
}

const mixed = (hash: bigint, word: bigint): bigint => {
  const product = BigInt.asUintN(64, (hash ^ word) * 0x9e3779b97f4a7c15n);
  return product ^ (product >> 32n);
};

/** What stands for a session's key: see assembly/tuples.ts. */
function sessionHash(key: unknown): string | null {
  if (key === null) return null;
  const bytes = Buffer.from(JSON.stringify(key));
  let hash = mixed(0n, BigInt(bytes.length));
  for (let at = 0; at < bytes.length; at += 8) {
    const word = Buffer.alloc(8);
    // A shorter rest is at the end of the word.
    bytes.copy(word, 8 - Math.min(8, bytes.length - at), at);
    hash = mixed(hash, word.readBigUInt64LE());
  }
  const words = Buffer.alloc(8);
  words.writeBigUInt64LE(mixed(hash, 0n));
  return `${words.readInt32LE(0)} ${words.readInt32LE(4)}`;
}

/** A digest in the words of the reference. */
function eventsOf(
  digester: Digester,
  digest: ReturnType<Digester['parsed']>,
  seen: Map<string, string>,
): unknown[] {
  const { callers, calls, resources, sessions, roles, kinds } = digester.dictionary();
  const names = new ResourceNames();
  names.learn(resources);
  const session = (number: number): unknown =>
    number === -1 ? null : sessions.slice(2 * number, 2 * number + 2).join(' ');
  const { numbers, ids } = digest.starts;
  const starts = new Map<number, unknown>();
  for (let start = 0; START_WIDTH * start < numbers.length; start += 1) {
    const [event = -1, sessionKey = -1, callerKey = -1, role = -1] = numbers.subarray(START_WIDTH * start);
    starts.set(event, {
      sessionKey: session(sessionKey),
      callerKey: session(callerKey),
      roleArn: roles[role],
      eventId: ids[2 * start] ?? '',
      sharedEventId: ids[2 * start + 1],
    });
  }
  return [...digest.kind].map((kind, event) => {
    const caller = callers[kinds[KIND_WIDTH * kind] ?? -1];
    const call = calls[kinds[KIND_WIDTH * kind + 1] ?? -1];
    const hash = digest.identity.slice(2 * event, 2 * event + 2).join(' ');
    return {
      time: `${new Date((digest.time[event] ?? 0) * 1000).toISOString().slice(0, 19)}Z`,
      actor: caller?.actor,
      sessionKey: session(digest.session[event] ?? -1),
      person: caller?.person,
      call,
      resources:
        caller === undefined || call === undefined
          ? null
          : names.of(digest.resources[event] ?? -1, caller.actor, call),
      start: starts.get(event) ?? null,
      identity: hash === '0 0' ? null : (seen.get(hash) ?? hash),
    };
  });
}

/** With what stands for its keys. */
function startOf(start: unknown, accessKeyId: unknown): unknown {
  if (start === null) return null;
  const { sessionKey } = start as { readonly sessionKey: unknown };
  return { ...start, sessionKey: sessionHash(sessionKey), callerKey: sessionHash(accessKeyId) };
}

function expectSame(
  values: readonly unknown[],
  digester: Digester,
  digest: ReturnType<Digester['parsed']>,
): void {
  const plain = values.map(plainEvent);
  const events = plain.filter((event): event is PlainEvent => event !== null && event !== 'insight');
  // Hashes stand for identities: each for one, and each identity has one.
  const names = new Map<string, string>();
  events.forEach((event, i) => {
    const hash = digest.identity.slice(2 * i, 2 * i + 2).join(' ');
    if (typeof event.identity === 'string') names.set(hash, event.identity);
  });
  expect(names.size).toBe(new Set(events.map((event) => event.identity).filter((id) => id !== null)).size);
  expect(eventsOf(digester, digest, names)).toEqual(
    events.map(({ accessKeyId, sessionKey, ...event }) => ({
      ...event,
      sessionKey: sessionHash(sessionKey),
      start: startOf(event.start, accessKeyId),
    })),
  );
  expect(digest.counts).toMatchObject({
    recordsRead: values.length,
    recordsNotEvents: plain.filter((event) => event === 'insight').length,
    malformedRecords: plain.filter((event) => event === null).length,
  });
}

describe('digesting records', () => {
  it.each<[string, (values: readonly unknown[]) => string]>([
    ['as CloudTrail writes them', (values) => JSON.stringify({ Records: values })],
    ['in unusual bytes', unusual],
  ])('%s gives what JSON.parse gives', (_, write) => {
    fc.assert(
      fc.property(records, (values) => {
        const bytes = Buffer.from(write(values));
        const digester = new Digester(walker);
        const digest = digester.scanned(bytes);
        if (digest === null) throw new Error('not scanned');
        const { records: parsed } = recordsOf(bytes.toString());
        expectSame(parsed, digester, digest);
      }),
      { numRuns },
    );
  });

  it('that were parsed gives the same', () => {
    fc.assert(
      fc.property(records, (values) => {
        const digester = new Digester(walker);
        expectSame(values, digester, digester.parsed({ records: values, malformed: 0, digest: false }));
      }),
      { numRuns },
    );
  });
});

/** Joins what a digester hands out bit by bit. */
function joined(parts: readonly Dictionary[]): Dictionary {
  const numbers = (of: (part: Dictionary) => Int32Array): Int32Array<ArrayBuffer> =>
    Int32Array.from(parts.flatMap((part) => [...of(part)]));
  const stretches = (of: (part: Dictionary) => Stretches): Stretches => joinedStretches(parts.map(of));
  return {
    callers: parts.flatMap(({ callers }) => callers),
    calls: parts.flatMap(({ calls }) => calls),
    roles: parts.flatMap(({ roles }) => roles),
    sessions: numbers(({ sessions }) => sessions),
    kinds: numbers(({ kinds }) => kinds),
    resources: {
      named: numbers(({ resources }) => resources.named),
      lists: numbers(({ resources }) => resources.lists),
      values: stretches(({ resources }) => resources.values),
      arns: stretches(({ resources }) => resources.arns),
    },
  };
}

it('what is new in one file after the other is all there is', () => {
  fc.assert(
    fc.property(fc.array(records, { maxLength: 4 }), (files) => {
      const digester = new Digester(walker);
      const news = files.map((values) => {
        digester.scanned(Buffer.from(JSON.stringify({ Records: values })));
        return digester.news();
      });
      expect(joined(news)).toEqual(digester.dictionary());
    }),
    { numRuns },
  );
});

it('takes more events than it has room for at a time, and long ids', () => {
  const values = Array.from({ length: 3000 }, (_, i) =>
    record({ eventID: i % 100 === 0 ? `${'x'.repeat(5000)}é${String(i)}` : String(i) }),
  );
  const digester = new Digester(walker);
  const digest = digester.scanned(Buffer.from(JSON.stringify({ Records: values })));
  if (digest === null) throw new Error('not scanned');
  expectSame(values, digester, digest);
});

describe('files that are read by their bytes', () => {
  const one = JSON.stringify(record());
  it.each<[string, string, number | null]>([
    ['Records', `{"Records":[${one},${one}]}`, 2],
    ['Records with spaces and a BOM', `\uFEFF\n{ "Records" : [ ${one} ] , "x": [] } \n`, 1],
    ['no records', '{"Records":[]}', 0],
    ['lines', `${one}\r\n\n${one}\n`, 2],
    ['one line', one, 1],
    ['a damaged line', `${one}\n{"eventName"`, null],
    ['two on a line', `${one} ${one}`, null],
    ['a record over lines', `${one}\n${JSON.stringify(record(), null, 1)}`, null],
    ['a wrapped line', `${one}\n{"Records":[${one}]}`, null],
    ['Records twice', `{"Records":[${one}],"Records":[]}`, null],
    ['more behind it', `{"Records":[${one}]}x`, null],
    ['cut off', `{"Records":[${one}`, null],
    ['an array', `[${one}]`, null],
    ['a digest', '{"digestStartTime":"x"}', null],
    ['nothing', '', null],
  ])('%s', (_, text, count) => {
    let shown = 0;
    const known = scanRecords(walker, Buffer.from(text), () => (shown += 1));
    expect(known ? shown : null).toBe(count);
  });
});
