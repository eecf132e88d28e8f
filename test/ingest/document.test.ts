import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, reducedDocument } from '../../src/ingest/document.js';
import { requestStore } from '../../src/ingest/store-request.js';
import { contentsOfRecords } from '../../src/trail/log-files/contents.js';
import { RecordEncoder } from '../../src/trail/files/decode/record-encoder.js';
import { JsonScanner } from '../../src/trail/files/decode/json-scanner.js';
import { insightRecord } from '../support/cloudtrail.js';

const PLACE = { fileName: 'one.json.gz', position: 0 };
const RECORD = {
  eventTime: '2026-07-02T10:00:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  eventID: 'e0000000-0000-4000-8000-000000000001',
  recipientAccountId: '111111111111',
  userIdentity: { type: 'IAMUser', accountId: '111111111111' },
};
type Json = Record<string, unknown>;
const idOf = (record: Json, place = PLACE): string => documentOf(record, place)?.id ?? 'none';
const bodyOf = (record: Json): Json => JSON.parse(documentOf(record, PLACE)?.body ?? 'null') as Json;

describe('the id of a document', () => {
  it('begins with the eventID, and is the same in whatever file', () => {
    expect(idOf(RECORD)).toMatch(/^e0000000-0000-4000-8000-000000000001\.[\w-]{16}$/);
    expect(idOf({ ...RECORD, awsRegion: 'x' }, { fileName: 'two.json', position: 9 })).toBe(idOf(RECORD));
  });

  it.each<[string, Json]>([
    ['time', { eventTime: '2026-07-02T10:00:01Z' }],
    ['source', { eventSource: 'ec2.amazonaws.com' }],
    ['name', { eventName: 'GetBucketAcl' }],
    ['account', { recipientAccountId: '222222222222' }],
    ['eventID', { eventID: 'other' }],
  ])('differs with the %s', (_, change) => {
    expect(idOf({ ...RECORD, ...change })).not.toBe(idOf(RECORD));
  });

  it('is that of the place where there is no eventID', () => {
    const record = { ...RECORD, eventID: undefined };
    expect(idOf(record)).toBe(idOf({ ...record }));
    expect(idOf(record, { ...PLACE, position: 1 })).not.toBe(idOf(record));
    expect(idOf(record, { ...PLACE, fileName: 'two.json' })).not.toBe(idOf(record));
  });

  it('fits Elasticsearch, whatever the eventID', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000, unit: 'binary' }), (eventID) => {
        expect(Buffer.byteLength(idOf({ ...RECORD, eventID }))).toBeLessThan(512);
      }),
    );
  });

  it('tells events apart exactly where reading files does', () => {
    const part = fc.constantFrom('a', 'b', '', null, 7);
    const record = fc.record({
      eventID: part,
      eventTime: fc.constantFrom(
        '2026-07-02T10:00:00Z',
        '2026-07-02T12:00:00+02:00',
        '2026-07-02T10:00:01Z',
        'never',
      ),
      eventSource: fc.constantFrom('s3', 'ec2'),
      eventName: part,
      recipientAccountId: part,
      userIdentity: fc.constantFrom({}, { accountId: 'a' }, { accountId: 7 }),
    });
    const encoder = new RecordEncoder(new JsonScanner());
    fc.assert(
      fc.property(record, record, (one, two) => {
        const contents = contentsOfRecords([one, two]);
        const { fingerprint: identity } = encoder.encodeValues(contents);
        const places = [PLACE, { ...PLACE, position: 1 }] as const;
        if (identity.length === 4) {
          const [high, low] = identity;
          const same = high === identity[2] && low === identity[3] && (high !== 0 || low !== 0);
          expect(idOf(one, places[0]) === idOf(two, places[1])).toBe(same);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a document', () => {
  it('is the record as it came', () => {
    const record = { ...RECORD, anything: { goes: [1, null] }, requestParameters: { bucketName: 'b' } };
    expect(bodyOf(record)).toEqual(record);
  });

  it('has its time in one form', () => {
    expect(bodyOf({ ...RECORD, eventTime: '2026-07-02 12:00:00+02:00' })).toEqual(RECORD);
    expect(bodyOf({ ...RECORD, eventTime: Date.UTC(2026, 6, 2, 10) })).toEqual(RECORD);
  });

  it('keeps what does not fit its field as text', () => {
    const record = {
      ...RECORD,
      errorCode: { a: 1 },
      managementEvent: 'no',
      resources: [{ ARN: 'arn', type: 5 }],
    };
    expect(bodyOf(record)).toEqual({
      ...RECORD,
      resources: [{ ARN: 'arn' }],
      requestParameters: {},
      responseElements: {},
      original: JSON.stringify(record),
    });
  });

  it('can be reduced to what a report asks for', () => {
    const record = {
      ...RECORD,
      requestParameters: { roleArn: 'r', 'a\u0000b': 'x', deep: { er: 1 }, long: 'x'.repeat(9_000) },
      responseElements: { credentials: { accessKeyId: 'ASIA', secret: 's' }, assumedRoleUser: { arn: 'a' } },
    };
    const body = JSON.parse(reducedDocument('id', record).body) as Json;
    expect(body).toMatchObject({
      ...RECORD,
      requestParameters: { roleArn: 'r' },
      responseElements: { credentials: { accessKeyId: 'ASIA' }, assumedRoleUser: { arn: 'a' } },
    });
    expect(Object.keys(body.requestParameters as Json)).toEqual(['roleArn']);
    expect(JSON.parse(body.original as string)).toEqual(record);
  });

  it.each<[string, unknown]>([
    ['no object', 'text'],
    ['no time', { ...RECORD, eventTime: 'never' }],
    ['no name', { ...RECORD, eventName: '' }],
    ['no source', { ...RECORD, eventSource: 5 }],
  ])('is not made of what is no record: %s', (_, value) => {
    expect(documentOf(value, PLACE)).toBeNull();
  });

  it.each<[string, Json]>([
    ['', {}],
    [' without eventCategory', { eventCategory: undefined }],
  ])('is made of an Insights event too, which names no call%s', (_, over) => {
    const record = insightRecord('111111111111', RECORD.eventTime, over);
    expect(bodyOf(record)).toEqual(JSON.parse(JSON.stringify(record)));
  });
});

describe('what a report asks about a request', () => {
  const plan = {
    prefixes: { first: new Map<string, string>(), second: new Map<string, string>() },
    services: new Map([['ec2', [{ operations: 'RunInstances', paths: 'tags{}', roles: true }]]]),
  };
  const store = requestStore(plan);
  const stored = (record: Json): unknown =>
    (JSON.parse(documentOf(record, PLACE, store)?.body ?? 'null') as Json)['cloudtracker'];
  const RUN = { ...RECORD, eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' };
  const role = 'arn:aws:iam::111111111111:role/a';

  it.each<[string, Json, unknown]>([
    [
      'its parameters and roles',
      { ...RUN, requestParameters: { tags: { a: 'b' }, role } },
      ['whole roles tags{}', [role]],
    ],
    ['that it has none', { ...RUN, requestParameters: null }, ['missing none', []]],
    ['nothing of other calls', RECORD, undefined],
    ['nothing that the record says itself', { ...RECORD, cloudtracker: { plan: 'x' } }, undefined],
  ])('is stored: %s', (_, record, expected) => {
    const found = stored(record) as { request: string; roles: string[] } | undefined;
    expect(found && [found.request, found.roles]).toEqual(expected);
  });

  it('is kept with what fits of an odd record', () => {
    const body = JSON.parse(
      documentOf({ ...RUN, requestParameters: { role }, awsRegion: 7 }, PLACE, store)?.body ?? 'null',
    ) as Json;
    expect(body['cloudtracker']).toMatchObject({ request: 'whole roles', roles: [role] });
    expect(JSON.parse(String(body['original']))).not.toHaveProperty('cloudtracker');
  });
});
