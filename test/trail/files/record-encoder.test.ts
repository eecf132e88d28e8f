import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collector } from '../../../src/trail/files/count/collector.js';
import { contentsOfRecords } from '../../../src/trail/log-files/contents.js';
import { PAIR_WIDTH, type InternTableDelta } from '../../../src/trail/files/decode/encoded-file.js';
import { RecordEncoder } from '../../../src/trail/files/decode/record-encoder.js';
import { skipSpace } from '../../../src/trail/files/decode/json-text.js';
import { EventCounter } from '../../../src/trail/files/count/event-counter.js';
import { ResourceNames } from '../../../src/trail/files/count/resource-names.js';
import { tableRows } from '../../../src/trail/files/count/answer-rows.js';
import { scanRecords } from '../../../src/trail/files/decode/record-scanner.js';
import type { ByteSlices } from '../../../src/trail/files/collections/byte-slices.js';
import { JsonScanner } from '../../../src/trail/files/decode/json-scanner.js';
import { RESOURCE_PARAMETERS } from '../../../src/trail/resources/table.js';
import { records } from '../../support/files/arbitrary-records.js';
import { plainEvent, type PlainEvent } from '../../support/files/reference.js';
import { ACCOUNT, joinedStretches, OTHER, record } from './helpers.js';

/** `FUZZ=10000 npx vitest run test/trail/files/record-encoder.test.ts` looks harder. */
const numRuns = Number(process.env.FUZZ ?? 300);

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const scanner = new JsonScanner();
const skips = (bytes: Buffer): boolean => {
  const source = scanner.load(bytes);
  const end = scanner.skipValue(skipSpace(source, 0));
  return end !== -1 && skipSpace(source, end) === bytes.length;
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
  { callers, calls, resources, roles, callerCallPairs: kinds }: InternTableDelta,
  encoded: ReturnType<RecordEncoder['encodeValues']>,
  seen: Map<string, string>,
): unknown[] {
  const names = new ResourceNames();
  names.addTables(resources);
  const session = (number: number): unknown =>
    number === -1 ? null : encoded.sessionKeys.slice(2 * number, 2 * number + 2).join(' ');
  const starts = new Map<number, unknown>(
    encoded.starts.map((start) => [
      start.event,
      {
        sessionKey: session(start.session),
        callerKey: session(start.caller),
        roleArn: roles[start.role],
        eventId: start.eventId,
        sharedEventId: start.sharedEventId,
      },
    ]),
  );
  return [...encoded.callerCallPair].map((kind, event) => {
    const caller = callers[kinds[PAIR_WIDTH * kind] ?? -1];
    const call = calls[kinds[PAIR_WIDTH * kind + 1] ?? -1];
    const hash = encoded.fingerprint.slice(2 * event, 2 * event + 2).join(' ');
    return {
      time: `${new Date((encoded.time[event] ?? 0) * 1000).toISOString().slice(0, 19)}Z`,
      actor: caller?.actor,
      sessionKey: session(encoded.session[event] ?? -1),
      person: caller?.person,
      call,
      resources:
        caller === undefined || call === undefined
          ? null
          : names.of(encoded.resources[event] ?? -1, caller.actor, call),
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
  dictionary: InternTableDelta,
  encoded: ReturnType<RecordEncoder['encodeValues']>,
): void {
  const plain = values.map((value) => plainEvent(value, RESOURCE_PARAMETERS));
  const events = plain.filter((event): event is PlainEvent => typeof event === 'object' && event !== null);
  // Hashes stand for identities: each for one, and each identity has one.
  const names = new Map<string, string>();
  events.forEach((event, i) => {
    const hash = encoded.fingerprint.slice(2 * i, 2 * i + 2).join(' ');
    if (typeof event.identity === 'string') names.set(hash, event.identity);
  });
  expect(names.size).toBe(new Set(events.map((event) => event.identity).filter((id) => id !== null)).size);
  expect(eventsOf(dictionary, encoded, names)).toEqual(
    events.map(({ accessKeyId, sessionKey, ...event }) => ({
      ...event,
      sessionKey: sessionHash(sessionKey),
      start: startOf(event.start, accessKeyId),
    })),
  );
  expect(encoded.counts).toMatchObject({
    recordsRead: values.length,
    insightRecords: plain.filter((event) => event === 'insight').length,
    aggregatedRecords: plain.filter((event) => event === 'aggregated').length,
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
        const encoder = new RecordEncoder(scanner);
        const encoded = encoder.encodeBytes(bytes);
        if (encoded === null) throw new Error('not scanned');
        const { Records: parsed } = JSON.parse(bytes.toString()) as { readonly Records: readonly unknown[] };
        expectSame(parsed, encoder.tables.delta(), encoded);
      }),
      { numRuns },
    );
  });

  it('that were parsed gives the same', () => {
    fc.assert(
      fc.property(records, (values) => {
        const encoder = new RecordEncoder(scanner);
        const encoded = encoder.encodeValues(contentsOfRecords(values));
        expectSame(values, encoder.tables.delta(), encoded);
      }),
      { numRuns },
    );
  });
});

/** Joins what a encoder hands out bit by bit. */
function joined(parts: readonly InternTableDelta[]): InternTableDelta {
  const numbers = (of: (part: InternTableDelta) => Int32Array): Int32Array<ArrayBuffer> =>
    Int32Array.from(parts.flatMap((part) => [...of(part)]));
  const stretches = (of: (part: InternTableDelta) => ByteSlices): ByteSlices =>
    joinedStretches(parts.map(of));
  return {
    callers: parts.flatMap(({ callers }) => callers),
    calls: parts.flatMap(({ calls }) => calls),
    requests: parts.flatMap(({ requests }) => requests),
    roles: parts.flatMap(({ roles }) => roles),
    callerCallPairs: numbers(({ callerCallPairs: kinds }) => kinds),
    resources: {
      isReset: parts.some(({ resources }) => resources.isReset),
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
      const encoder = new RecordEncoder(scanner);
      const news = files.map((values) => {
        encoder.encodeBytes(Buffer.from(JSON.stringify({ Records: values })));
        return encoder.tables.delta();
      });
      const whole = new RecordEncoder(scanner);
      for (const values of files) whole.encodeBytes(Buffer.from(JSON.stringify({ Records: values })));
      expect(joined(news)).toEqual(whole.tables.delta());
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
        const encoder = new RecordEncoder(scanner);
        const collector = new Collector(scope);
        const counter = new EventCounter(collector);
        for (const [values, isForgotten] of files) {
          const encoded = encoder.encodeValues(contentsOfRecords(values));
          counter.addDelta(encoder.tables.delta());
          counter.count(counter.selectCandidates(encoded), new Int32Array(0));
          if (forget && isForgotten) encoder.tables.forgetResources();
        }
        counter.finish();
        const all = tableRows(collector.tables);
        return [[...all.activity()], [...all.resources()]];
      };
      expect(rows(true)).toEqual(rows(false));
    }),
    { numRuns },
  );
});

it('numbers the sessions of each file by themselves, also after one that has many', () => {
  const encoder = new RecordEncoder(scanner);
  const sessions = [1, 5000, 3, 5000, 2];
  const learned: InternTableDelta[] = [];
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
    const encoded = encoder.encodeBytes(Buffer.from(JSON.stringify({ Records: values })));
    if (encoded === null) throw new Error('not scanned');
    expect(encoded.sessionKeys.length).toBe(2 * count);
    learned.push(encoder.tables.delta());
    expectSame(values, joined(learned), encoded);
  }
});

it('takes more events than it has room for at a time, and long ids', () => {
  const values = Array.from({ length: 3000 }, (_, i) =>
    record({ eventID: i % 100 === 0 ? `${'x'.repeat(5000)}é${String(i)}` : String(i) }),
  );
  const encoder = new RecordEncoder(scanner);
  const encoded = encoder.encodeBytes(Buffer.from(JSON.stringify({ Records: values })));
  if (encoded === null) throw new Error('not scanned');
  expectSame(values, encoder.tables.delta(), encoded);
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
    const known = scanRecords(scanner, Buffer.from(text), () => (shown += 1));
    expect(known ? shown : null).toBe(count);
  });
});
