import { describe, expect, inject, it } from 'vitest';
import { askFiles, type Answers } from '../contract/engines.js';
import { A, assume, record, session, user } from '../contract/records.js';
import { askMapped, keyword, request } from './mapped.js';

const url = inject('elasticsearchUrl');
const flattened = { type: 'flattened' };
const LONG = 60;

const usual = [
  assume('deploy', 'ASIAONE', { userIdentity: user('alice') }),
  assume('audit', 'ASIATWO', { userIdentity: session('deploy', 'ann', 'ASIAONE') }),
  record({ eventName: 'GetBucketAcl', userIdentity: session('audit', 'bob', 'ASIATWO') }),
];
const ofLongName = assume('deploy', 'ASIALONG', { userIdentity: user('l'.repeat(LONG)) });
const inLongRole = assume('r'.repeat(LONG), 'ASIADEEP', { userIdentity: user('alice') });
const byName = assume('deploy', 'ASIANAME', {
  requestParameters: { roleArn: 'deploy', roleSessionName: 'n' },
  responseElements: {
    credentials: { accessKeyId: 'ASIANAME' },
    assumedRoleUser: { arn: `arn:aws:sts::${A}:assumed-role/named/n` },
  },
});

describe.skipIf(url === '')('starts of role sessions', () => {
  it.each([
    { name: 'all are keywords', properties: {}, read: ['doc values'] },
    {
      name: 'times are in nanoseconds',
      properties: { eventTime: { type: 'date_nanos' } },
      read: ['doc values'],
    },
    {
      name: 'parameters are flattened',
      properties: { requestParameters: flattened, responseElements: flattened },
      read: ['doc values'],
    },
    {
      name: 'keys are not kept as doc values',
      properties: {
        responseElements: {
          properties: {
            credentials: { properties: { accessKeyId: { type: 'keyword', doc_values: false } } },
          },
        },
      },
      read: ['fields'],
    },
    {
      name: 'times are shown as seconds',
      properties: {
        eventTime: { type: 'date', format: 'epoch_second||strict_date_optional_time' },
        userIdentity: { properties: { sessionContext: flattened } },
      },
      read: ['fields'],
    },
    {
      name: 'callers are flattened',
      properties: { userIdentity: { properties: { sessionContext: flattened } } },
      read: ['fields'],
    },
  ])('are the same where $name', async ({ properties, read }) => {
    const records = [...usual, ofLongName, inLongRole];
    const answers = await askMapped(url, properties, records);
    expect(answers.assumptions).toEqual((await askFiles(records, request)).assumptions);
    expect(answers.assumptions.map(({ sessions }) => sessions)).toEqual([1, 1, 1, 1]);
    expect(waysOf(answers)).toEqual(read);
  });

  it.each([
    {
      name: 'a value is too long for its keyword',
      properties: { userIdentity: { properties: { arn: { ...keyword, ignore_above: LONG } } } },
      records: [...usual, ofLongName],
    },
    {
      name: 'a flattened value is too long',
      properties: { requestParameters: { ...flattened, ignore_above: LONG } },
      records: [...usual, inLongRole],
    },
    { name: 'a role is given by its name', properties: {}, records: [...usual, byName] },
  ])('are read with their documents where $name', async ({ properties, records }) => {
    const answers = await askMapped(url, properties, records);
    expect(answers.assumptions).toEqual((await askFiles(records, request)).assumptions);
    expect(answers.assumptions).toHaveLength(3);
    expect(waysOf(answers)).toEqual(['doc values', 'fields']);
  });
});

/** The kinds of field access (doc values or fields) of the queries that found session starts. */
function waysOf({ notes }: Answers): string[] {
  const found = [...(notes.queries ?? [])].filter(({ kind, hits }) => kind === 'sessions' && hits > 0);
  const ways = found.map(({ body }) => ('docvalue_fields' in (body as object) ? 'doc values' : 'fields'));
  return [...new Set(ways)].sort();
}
