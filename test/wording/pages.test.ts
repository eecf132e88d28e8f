import { expect, it } from 'vitest';
import { dataEventsByAccount } from '../../src/wording/pages.js';

const account = (name: string, ...dataEvents: readonly string[]) => ({ name, dataEvents });

it.each([
  [[account('demo', 's3')], 'S3 in demo'],
  [
    [account('backup'), account('demo', 's3:read', 's3:write'), account('staging')],
    'S3 reads, S3 writes in demo; no data events in backup, staging',
  ],
  [[account('a', 'lambda.amazonaws.com', 'kinesis')], 'Lambda, kinesis in a'],
  [
    Array.from({ length: 10 }, (_, i) => account(`n${i}`)),
    'no data events in n0, n1, n2, n3, n4, n5, n6, n7 and 2 more accounts',
  ],
])('the data events of %j are %s', (accounts, text) => {
  expect(dataEventsByAccount(accounts)).toBe(text);
});
