import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collector } from '../../../src/trail/files/collect.js';
import { recordsOf } from '../../../src/trail/files/containers.js';
import { KIND_WIDTH, START_IDS, START_WIDTH, type Dictionary } from '../../../src/trail/files/dictionary.js';
import { Digester } from '../../../src/trail/files/digest.js';
import { ID_WIDTH, idAt } from '../../../src/trail/files/start-ids.js';
import { skipSpace } from '../../../src/trail/files/json.js';
import { Lane } from '../../../src/trail/files/lane.js';
import { ResourceNames } from '../../../src/trail/files/resource-names.js';
import { tableRows } from '../../../src/trail/files/rows.js';
import { scanRecords } from '../../../src/trail/files/scan.js';
import type { Stretches } from '../../../src/trail/files/stretches.js';
import { Walker } from '../../../src/trail/files/walker.js';
import { RESOURCE_PARAMETERS } from '../../../src/trail/resources/table.js';
import { records } from '../../support/files/arbitrary-records.js';
import { plainEvent, type PlainEvent } from '../../support/files/reference.js';
import { ACCOUNT, joinedStretches, OTHER, record } from './helpers.js';

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
  const { callers, calls, resources, roles, kinds } = digester.dictionary();
  const names = new ResourceNames();
  names.learn(resources);
  const session = (number: number): unknown =>
    number === -1 ? null : digest.sessionKeys.slice(2 * number, 2 * number + 2).join(' ');
  const { numbers, texts } = digest.starts;
  const starts = new Map<number, unknown>();
  for (let start = 0; START_WIDTH * start < numbers.length; start += 1) {
    const [event = -1, sessionKey = -1, callerKey = -1, role = -1] = numbers.subarray(START_WIDTH * start);
    starts.set(event, {
      sessionKey: session(sessionKey),
      callerKey: session(callerKey),
      roleArn: roles[role],
      eventId: idAt(numbers, START_WIDTH * start + START_IDS, texts) ?? '',
      sharedEventId: idAt(numbers, START_WIDTH * start + START_IDS + ID_WIDTH, texts),
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
  const plain = values.map((value) => plainEvent(value, RESOURCE_PARAMETERS));
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
    insightRecords: plain.filter((event) => event === 'insight').length,
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
    kinds: numbers(({ kinds }) => kinds),
    resources: {
      anew: parts.some(({ resources }) => resources.anew),
      named: numbers(({ resources }) => resources.named),
      lists: numbers(({ resources }) => resources.lists),
      values: stretches(({ resources }) => resources.values),
      arns: stretches(({ resources }) => resources.arns),
    },
  };
}

it('what is new in one file after the other is all there is', () => {
  fc.assert(
    fc.property(fc.array(records, { minLength: 1, maxLength: 4 }), (files) => {
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

const ALL_TIME = { start: '1000-01-01T00:00:00Z', end: '9999-12-31T23:59:59Z' };
const scope = { ...ALL_TIME, lookback: ALL_TIME.start, accountIds: [ACCOUNT, OTHER] };

it('counts the same when resources are forgotten between files', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(records, fc.boolean()), { maxLength: 6 }), (files) => {
      const rows = (forget: boolean): unknown => {
        const digester = new Digester(walker);
        const collector = new Collector(scope);
        const lane = new Lane(collector);
        for (const [values, isForgotten] of files) {
          const digest = digester.parsed({ records: values, malformed: 0, digest: false });
          lane.learn(digester.news());
          lane.count(digest, lane.sift(digest), new Int32Array(0));
          if (forget && isForgotten) digester.forgetResources();
        }
        lane.finish();
        const all = tableRows(collector.tables);
        return [[...all.activity()], [...all.resources()]];
      };
      expect(rows(true)).toEqual(rows(false));
    }),
    { numRuns },
  );
});

it('numbers the sessions of each file by themselves, also after one that has many', () => {
  const digester = new Digester(walker);
  const sessions = [1, 5000, 3, 5000, 2];
  for (const [file, count] of sessions.entries()) {
    const values = Array.from({ length: 2 * count }, (_, i) =>
      record({
        userIdentity: {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${ACCOUNT}:assumed-role/x/ann`,
          accessKeyId: `ASIA${String(file)}X${String(i % count)}`,
          sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${ACCOUNT}:role/x` } },
        },
      }),
    );
    const digest = digester.scanned(Buffer.from(JSON.stringify({ Records: values })));
    if (digest === null) throw new Error('not scanned');
    expect(digest.sessionKeys.length).toBe(2 * count);
    expectSame(values, digester, digest);
  }
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
