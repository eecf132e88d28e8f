import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoRecordsError, parseLog } from '../../../src/trail/log-files/contents.js';
import { ACCOUNT, answers, folder, log, OTHER, record, total } from './helpers.js';
import { RECORDS, json, lines, texts, type Json } from './shapes.js';

describe('what is not understood', () => {
  const [first] = RECORDS;
  const changed = (over: Json): string => log(first, record(over));
  const without = (...keys: readonly string[]): Json =>
    Object.fromEntries(Object.entries(record()).filter(([key]) => !keys.includes(key)));
  const identified = (text: string): string => changed({ userIdentity: text });

  it.each<[string, string, string]>([
    ['a time', changed({ eventTime: 'yesterday' }), 'record 2: eventTime is "yesterday"'],
    ['a small number for a time', changed({ eventTime: 12 }), 'record 2: eventTime is 12'],
    [
      'a date of no calendar',
      changed({ eventTime: '2026-07-01 10:00 PM' }),
      'record 2: eventTime is "2026-07-01 10:00 PM"',
    ],
    ['no time', log(first, without('eventTime')), 'record 2: eventTime is missing'],
    ['an object for a time', changed({ eventTime: { toString: 1 } }), 'record 2: eventTime is an object'],
    ['no caller', log(first, without('userIdentity')), 'record 2: userIdentity is missing'],
    [
      'no caller but a name',
      log(first, { ...without('userIdentity'), Username: 'alice' }),
      'record 2: userIdentity is missing',
    ],
    ['an empty caller', changed({ userIdentity: {} }), 'record 2: userIdentity is an empty object'],
    [
      'a caller without identity',
      changed({ userIdentity: { name: 'alice' } }),
      'record 2: userIdentity is an object with the key name',
    ],
    [
      'a struct in another format',
      identified('{type=IAMUser; arn=a}'),
      'record 2: userIdentity is text that is not JSON',
    ],
    [
      'text for a caller',
      changed({ userIdentity: 'alice' }),
      'record 2: userIdentity is text that is not JSON',
    ],
    [
      'text for parameters',
      changed({ requestParameters: '{"a":' }),
      'record 2: requestParameters is text that is not JSON',
    ],
    [
      'a struct with the same key twice',
      identified('{type=IAMUser, arn=a, arn=b}'),
      'record 2: userIdentity is text that is not JSON',
    ],
    [
      'a struct with an unknown key',
      identified('{type=IAMUser, username=x, y=z}'),
      'record 2: userIdentity is text that is not JSON',
    ],
    [
      'a struct that is cut',
      identified('{type=IAMUser, arn=a'),
      'record 2: userIdentity is text that is not JSON',
    ],
    ['something else', log(first, { a: 1, b: [] }), 'record 2: an object with the keys a, b'],
    ['nothing', log(first, {}), 'record 2: an empty object'],
    ['null', log(first, null), 'record 2: null'],
    ['text', `${texts[0] ?? ''}\n"x"`, 'record 2: "x"'],
    [
      'messages that are no events',
      json({ events: [{ message: texts[0] }, { message: 'START' }] }),
      'record 2: an object with the key message',
    ],
    [
      'a long key',
      log(first, { ['k'.repeat(99)]: 1 }),
      `record 2: an object with the key ${'k'.repeat(40)}…`,
    ],
    [
      'much around a record',
      json([first, Array.from({ length: 20 }).reduce((message) => ({ message }), first)]),
      'record 2: more than 12 levels of wrapping',
    ],
  ])('%s is named', async (_, contents, odd) => {
    const { activity, notes } = await answers(await folder({ 'a.json': contents, 'b.json': log(record()) }));
    expect(total(activity)).toBe(odd.includes('requestParameters') ? 3 : 2);
    expect(notes.warnings).toEqual([`a.json was read in part: 1 record is invalid (${odd}).`]);
    expect(notes.incomplete).toEqual([
      { accountId: null, reason: '1 log file could not be read completely' },
    ]);
    expect(notes.logFiles?.map(({ status }) => status)).toEqual(['damaged', 'read']);
  });

  it('is counted, and the first is named', async () => {
    const bad = record({ eventTime: 'never' });
    const text = `${log(first, bad, bad)}\n{"cut\n\ntext\n${log(bad)}`;
    const { notes } = await answers(await folder({ 'a.json': text }));
    expect(notes.warnings).toEqual([
      'a.json was read in part: 2 lines are not JSON (the first is line 2); 3 of 4 records are invalid (the first is record 2: eventTime is "never").',
    ]);
    expect(notes.counts).toMatchObject({ recordsRead: 4, malformedRecords: 5, events: 1 });
  });

  it.each<[string, string, string]>([
    [
      'another schema',
      lines([1, 2, 3].map((time) => ({ class_name: 'API Activity', api: {}, time }))),
      'none of the 3 entries is a CloudTrail record (the first is record 1: an object with the keys class_name, api, time)',
    ],
    [
      'an object',
      json({ UserDetailList: [] }),
      'the file contains no CloudTrail record (record 1: an object with the key UserDetailList)',
    ],
    [
      'no list of records',
      json({ Records: null }),
      'the file contains no CloudTrail record (record 1: an object with the key Records)',
    ],
    ['text', '"x"', 'the file contains no CloudTrail record (record 1: "x")'],
  ])('%s is a file that is not read', async (_, contents, reason) => {
    const { notes } = await answers(await folder({ 'a.json': contents, 'b.json': log(record()) }));
    expect(notes.warnings).toEqual([`a.json was not read: ${reason}.`]);
    expect(notes.incomplete).toEqual([{ accountId: null, reason: '1 log file could not be read' }]);
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 1 });
  });

  it.each<[string, unknown, Json]>([
    [
      'aggregated events',
      { Records: [{ eventCategory: 'Aggregated', eventSource: 's3.amazonaws.com', timeWindow: {} }] },
      { aggregatedRecords: 1 },
    ],
    [
      'S3 event notifications',
      {
        Records: [
          {
            eventSource: 'aws:s3',
            eventName: 'ObjectCreated:Put',
            eventTime: '2026-07-02T10:00:00.000Z',
            userIdentity: { principalId: 'AWS:A' },
          },
        ],
      },
      { notificationRecords: 1 },
    ],
    ['the test event of S3', { Service: 'Amazon S3', Event: 's3:TestEvent' }, { notificationRecords: 1 }],
    [
      'a snapshot of AWS Config',
      { fileVersion: '1.0', configSnapshotId: 'x', configurationItems: [{}] },
      { configFiles: 1 },
    ],
    ['a digest file', { digestStartTime: '2026-07-02T10:00:00Z', logFiles: [] }, { digestFiles: 1 }],
    ['pages without events', [{ Events: [] }, { Events: [] }], { recordsRead: 0 }],
  ])('%s are known, and no call', async (_, value, counts) => {
    const { activity, notes } = await answers(
      await folder({ 'a.json': json(value), 'b.json': log(record()) }),
    );
    expect(total(activity)).toBe(1);
    expect(notes).toMatchObject({
      warnings: [],
      incomplete: [],
      counts: {
        ...counts,
        filesRead: 2,
        malformedRecords: 0,
        recordsRead: ((counts['aggregatedRecords'] ?? counts['notificationRecords'] ?? 0) as number) + 1,
      },
    });
  });
});

describe('text of any kind', () => {
  const anyKey = fc.constantFrom(
    ...[
      'Records',
      'message',
      'eventName',
      'eventSource',
      'userIdentity',
      'toString',
      '__proto__',
      'valueOf',
      'field',
      'toJSON',
    ],
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom(...texts, '{"a":', '{type=IAMUser}', 1_782_900_000),
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(anyKey, tie('value')), { maxLength: 4 })
        .map((members) => `{${members.map(([key, inner]) => `${json(key)}:${json(inner)}`).join(',')}}`)
        .map((text) => JSON.parse(text) as unknown),
    ),
  }));

  it('gives records, or says why not', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '\n', ' ', '\n{"\n', '}'),
        (values, between) => {
          try {
            const contents = parseLog(values.map(json).join(between));
            expect(contents.records.length + contents.leftOut).toBeGreaterThanOrEqual(0);
          } catch (error) {
            if (!(error instanceof NoRecordsError) && !(error instanceof SyntaxError)) throw error;
          }
        },
      ),
      { numRuns: Number(process.env.FUZZ ?? 300) },
    );
  });

  it('takes no more time for damage than for its length', () => {
    const open = `${'{"a":[\n'.repeat(60_000)}${texts.join('\n')}`;
    const start = performance.now();
    expect(parseLog(open).records).toHaveLength(3);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('the account of a file that was not read', () => {
  const NAME = '_CloudTrail_us-east-1_20260702T1000Z_x.json.gz';
  it.each<[string, string, string | null]>([
    ['by its name', `${OTHER}${NAME}`, OTHER],
    ['by its folder', `AWSLogs/${OTHER}/CloudTrail/a.json`, OTHER],
    [
      'by the last folder',
      `copy/AWSLogs/${ACCOUNT}/x/AWSLogs/o-abc123/${OTHER}/CloudTrail/${OTHER}${NAME}`,
      OTHER,
    ],
    [
      'not by the bucket',
      `aws-cloudtrail-logs-${ACCOUNT}-1a2b3c4d/AWSLogs/${OTHER}/CloudTrail/a.json`,
      OTHER,
    ],
    ['not by the bucket alone', `aws-cloudtrail-logs-${OTHER}-1a2b3c4d/a.json`, null],
    ['not by a time', 'export-202607021000.json', null],
    ['any, where folder and name differ', `AWSLogs/${ACCOUNT}/CloudTrail/${OTHER}${NAME}`, null],
  ])('%s', async (_, path, accountId) => {
    const { notes } = await answers(await folder({ [path]: 'x', 'b.json': log(record()) }), {
      accountIds: [ACCOUNT, OTHER],
    });
    expect(notes.incomplete).toEqual([{ accountId, reason: '1 log file could not be read' }]);
  });
});
