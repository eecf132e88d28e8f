import { test } from 'vitest';
import { askFiles } from './engines.js';
import { expectAnswers } from './expected-answers.js';
import { A, B, contractRecords, PERIOD } from './records.js';

test('the files engine gives the expected answers', async () => {
  expectAnswers(await askFiles(contractRecords(), { period: PERIOD, accountIds: [A, B], concurrency: 4 }));
});
