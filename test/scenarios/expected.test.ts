import { expect, test } from 'vitest';
import { parseExpected } from './expected.js';

const parse = (value: unknown): unknown => parseExpected('x/expected.json', JSON.stringify(value));
const arn = 'arn:aws:iam::111122223333:user/a/b';

test('some fields at any depth are enough', () => {
  const expected = {
    principals: { [arn]: { used: [{ action: 's3:ListBucket' }], suggestion: { decision: 'keep' } } },
    assumptions: [],
    accounts: [{ counts: { users: 1 } }],
  };
  expect(parse(expected)).toEqual(expected);
});

test.each<[string, unknown, string]>([
  ['the whole', { principal: { [arn]: { used: [] } } }, '/: unknown field "principal"'],
  ['a principal', { principals: { [arn]: { usde: [] } } }, `/principals/${arn}: unknown field "usde"`],
  ['an action', { principals: { [arn]: { used: [{ actoin: 'a' }] } } }, '/used/0: unknown field "actoin"'],
  ['an assumption', { assumptions: [{ allow: 'yes' }] }, '/assumptions/0: unknown field "allow"'],
  ['an account', { accounts: [{ counts: { user: 1 } }] }, '/accounts/0/counts: unknown field "user"'],
])('a misspelt field of %s is named', (_, value, message) => {
  expect(() => parse(value)).toThrow(message);
});

test.each<[string, unknown]>([
  ['nothing at all', {}],
  ['no principal', { principals: {} }],
  ['nothing of a principal', { principals: { [arn]: {} } }],
  ['a state that there is not', { principals: { [arn]: { state: 'idle' } } }],
])('a scenario may not expect %s', (_, value) => {
  expect(() => parse(value)).toThrow('x/expected.json expects what no report has');
});
