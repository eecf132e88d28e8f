import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, answers, folder, log, total } from './helpers.js';
import {
  RECORDS,
  ROLE,
  athena,
  columns,
  each,
  fieldsOf,
  flat,
  json,
  lakeRow,
  lines,
  lower,
  pascal,
  respelled,
  snake,
  struct,
  subscription,
  texts,
  utf16,
  withTime,
} from './shapes.js';

const SHAPES: readonly [name: string, file: string, contents: string | Buffer][] = [
  // CloudTrail and AWS CLI
  [
    'lookup-events',
    'a.json',
    json({ Events: each((CloudTrailEvent) => ({ EventName: 'x', CloudTrailEvent })) }),
  ],
  ['pages of lookup-events', 'a.json', json(each((CloudTrailEvent) => ({ Events: [{ CloudTrailEvent }] })))],
  [
    'pages of lookup-events, put together',
    'a.json',
    each((CloudTrailEvent) => json({ Events: [{ CloudTrailEvent }], NextToken: 'x' })).join(''),
  ],
  ['records in small letters', 'a.json', json({ records: RECORDS })],
  ['one record in place of a list', 'a.json', RECORDS.map((one) => json({ Records: one })).join('\n')],
  [
    'filter-log-events',
    'a.json',
    json({
      events: each((message) => ({ logStreamName: 's', timestamp: 1, message, eventId: '1' })),
      searchedLogStreams: [],
    }),
  ],
  [
    'Logs Insights',
    'a.json',
    json({
      results: each((value) => [
        { field: '@message', value },
        { field: '@ptr', value: 'x' },
      ]),
      status: 'Complete',
    }),
  ],
  ['fields of Logs Insights', 'a.json', json({ results: RECORDS.map(fieldsOf) })],
  [
    'rows of Logs Insights',
    'a.jsonl',
    lines(each((text) => ({ '@timestamp': '2026-07-02 10:00:00.000', '@message': text }))),
  ],
  [
    'CloudTrail Lake, whole events',
    'a.json',
    json({ QueryStatus: 'FINISHED', QueryResultRows: each((eventJson) => [{ eventJson }]) }),
  ],
  [
    'CloudTrail Lake, columns',
    'a.json',
    json({ QueryResultRows: RECORDS.map((one) => lakeRow(columns(one, String))) }),
  ],
  [
    'CloudTrail Lake, structs',
    'a.json',
    json({
      QueryResultRows: RECORDS.map((one) =>
        lakeRow({ ...columns(one, String), userIdentity: struct(one['userIdentity']) }),
      ),
    }),
  ],
  ['Athena', 'a.json', json(athena(RECORDS.map((one) => columns(one))))],
  [
    'Athena, structs',
    'a.json',
    json(athena(RECORDS.map((one) => ({ ...columns(one), useridentity: struct(one['userIdentity']) })))),
  ],
  [
    'UNLOAD of Athena',
    '20260702_100000_00001_abcde_0a1b2c3d-0000-4000-8000-000000000001.json',
    lines(RECORDS.map((one) => respelled(one, lower, 1))),
  ],
  [
    'EventBridge',
    'a.jsonl',
    lines(
      each((_, detail) => ({
        version: '0',
        'detail-type': 'AWS API Call via CloudTrail',
        resources: [],
        detail,
      })),
    ),
  ],
  [
    'EventBridge in SQS',
    'a.json',
    json({ Messages: each((_, detail) => ({ MessageId: 'x', Body: json({ detail }) })) }),
  ],
  [
    'EventBridge in SNS',
    'a.json',
    lines(each((_, detail) => ({ Type: 'Notification', Message: json({ detail }) }))),
  ],
  [
    'a subscription of CloudWatch Logs',
    'a.json.gz',
    gzipSync(
      json(subscription(texts[0] ?? '')) +
        json({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL CONTROL MESSAGE' }] }) +
        texts.slice(1).map(subscription).map(json).join(''),
    ),
  ],
  [
    'an export of CloudWatch Logs',
    'a.json',
    texts.map((text) => `2026-07-02T10:00:00.000Z ${text}`).join('\n'),
  ],
  ['Firehose', 'a.json', texts.join('')],
  ['Firehose, packed twice', 'a.json', gzipSync(Buffer.concat(texts.map((text) => gzipSync(text))))],
  // Search engines and collectors
  [
    'Elasticsearch',
    'a.json',
    json({ took: 1, hits: { total: { value: 3 }, hits: each((_, _source) => ({ _index: 'c', _source })) } }),
  ],
  ['elasticdump', 'a.json', lines(each((_, _source) => ({ _index: 'c', _id: '1', _source })))],
  [
    'the Elastic Common Schema',
    'a.json',
    lines(each((original) => ({ '@timestamp': 'x', event: { original, action: 'x' }, aws: {} }))),
  ],
  [
    'hits in the Elastic Common Schema',
    'a.json',
    json({ hits: { hits: each((original) => ({ _source: { 'event.original': original } })) } }),
  ],
  ['Splunk', 'a.json', lines(each((_raw) => ({ preview: false, result: { _raw, _time: 'x' } })))],
  ['a list of Splunk', 'a.json', json({ results: each((_raw) => ({ _raw })) })],
  [
    "Splunk's collector",
    'a.json',
    lines(each((_, event) => ({ time: 1, event, sourcetype: 'aws:cloudtrail' }))),
  ],
  ["Splunk's collector, text", 'a.json', texts.map((event) => json({ event })).join('')],
  [
    'Logstash',
    'a.json',
    lines(
      RECORDS.map(({ eventTime, ...rest }) => ({
        ...rest,
        '@timestamp': eventTime,
        '@version': '1',
        message: 'x',
      })),
    ),
  ],
  ['Filebeat', 'a.json', lines(each((message) => ({ '@timestamp': 'x', message })))],
  // Keys
  ['small letters', 'a.json', json({ Records: RECORDS.map((one) => respelled(one, lower)) })],
  ['PascalCase', 'a.json', lines(RECORDS.map((one) => respelled(one, pascal)))],
  ['snake_case', 'a.json', json(RECORDS.map((one) => respelled(one, snake)))],
  ['paths', 'a.json', lines(RECORDS.map((one) => Object.fromEntries(flat(one))))],
  [
    'structures as text',
    'a.json',
    log(
      ...RECORDS.map((one) => ({
        ...one,
        userIdentity: json(one['userIdentity']),
        responseElements: json(one['responseElements']),
        requestParameters: json(one['requestParameters']),
      })),
    ),
  ],
  // Text
  ['indented, one after the other', 'a.json', RECORDS.map((one) => JSON.stringify(one, null, 2)).join('\n')],
  [
    'indented files, put together',
    'a.json',
    RECORDS.map((one) => JSON.stringify({ Records: [one] }, null, 2)).join('\n'),
  ],
  ['files put together', 'a.json', RECORDS.map((one) => log(one)).join('')],
  ['lists put together', 'a.json', RECORDS.map((one) => json([one])).join('\r\n')],
  ['lines of a list', 'a.json', `${texts.join(',\n')}\n`],
  ['lists of text', 'a.json', json(texts)],
  ['UTF-16', 'a.json', utf16(log(...RECORDS))],
  ['UTF-16, big-endian', 'a.json', utf16(log(...RECORDS)).swap16()],
  ['UTF-16 without a mark', 'a.json', utf16(log(...RECORDS)).subarray(2)],
  ['not packed, with the ending', 'a.json.gz', log(...RECORDS)],
  [
    'packed behind zeros',
    'a.json.gz',
    Buffer.concat([
      gzipSync(`${texts[0] ?? ''}\n`),
      Buffer.alloc(500),
      gzipSync(texts.slice(1).join('\n')),
      Buffer.alloc(9),
    ]),
  ],
  // Times
  ['milliseconds', 'a.json', log(...withTime(Date.parse))],
  ['seconds', 'a.json', log(...withTime((iso) => Date.parse(iso) / 1000))],
  ['seconds as text', 'a.json', log(...withTime((iso) => String(Date.parse(iso) / 1000)))],
  ['a small z', 'a.json', log(...withTime(lower))],
  ['an offset', 'a.json', log(...withTime((iso) => iso.replace('T10', 'T12').replace('Z', '+02:00')))],
  ['UTC in letters', 'a.json', log(...withTime((iso) => iso.replace('T', ' ').replace('Z', '.000 UTC')))],
];

describe('shapes', async () => {
  const { coverage, activity, assumptions, people } = await answers(
    await folder({ 'a.json': log(...RECORDS) }),
  );
  it('means the same as the plain file, which has all', () => {
    expect(activity).toHaveLength(3);
    expect(assumptions).toMatchObject([
      { source: { arn: `arn:aws:iam::${ACCOUNT}:user/alice` }, roleArn: ROLE },
    ]);
  });

  it.each(SHAPES)('%s', async (_, file, contents) => {
    const found = await answers(await folder({ [file]: contents }));
    expect(found.notes.warnings).toEqual([]);
    expect(found.notes.incomplete).toEqual([]);
    expect(found).toMatchObject({ coverage, activity, assumptions, people });
    expect(found.notes.counts).toMatchObject({ filesRead: 1, recordsRead: 3, malformedRecords: 0 });
  });

  it('knows the same event in two shapes', async () => {
    const root = await folder(
      Object.fromEntries(SHAPES.map(([, file, contents], i) => [`${i}/${file}`, contents])),
    );
    const found = await answers(root);
    expect(total(found.activity)).toBe(3);
    expect(found.notes.counts['duplicateRecords']).toBe(3 * (SHAPES.length - 1));
  });
});
