import { expect, it } from 'vitest';
import { requiredFiles } from '../../src/report/contents.js';

const EVIDENCE = ['json/log-files.ndjson', 'json/queries.ndjson'];

it.each([[[]], [['json/log-files.ndjson']], [['json/queries.ndjson']], [EVIDENCE]])(
  'a report has the evidence that its engine gives: %j',
  (evidence) => {
    const required = requiredFiles({
      accountIds: ['111122223333'],
      detail: 'full',
      evidence,
      compared: false,
    });
    expect(required.filter((path) => EVIDENCE.includes(path)).sort()).toEqual(evidence);
  },
);
