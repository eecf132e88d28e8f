import { expect } from 'vitest';
import type { Tuning } from '../../../../src/trail/elasticsearch/tuning.js';
import { openElasticsearchTrail } from '../../../../src/trail/elasticsearch/open.js';
import type { TrailRequest } from '../../../../src/trail/types.js';
import type { Sent } from '../../../support/elasticsearch/fault-proxy.js';
import { answersOf, elasticsearchConfig, type Answers } from '../../contract/engines.js';
import { A, B, PERIOD } from '../../contract/records.js';

/** Pages and pauses so small that a few records take many requests, and faults pass quickly. */
export const SMALL = {
  pageSize: 20,
  hitPageSize: 10,
  keysPerQuery: 2,
  fewestKeys: 1,
  sliceDocuments: 20,
  duplicateWindowDocuments: 20,
  retryDelay: 5,
  patience: 60_000,
} satisfies Partial<Tuning>;

/** The same for faults that do not pass. */
export const HASTY = { ...SMALL, patience: 100 } satisfies Partial<Tuning>;

export async function ask(
  node: string,
  index: string,
  tuning: Partial<Tuning> = SMALL,
  more: Partial<TrailRequest> = {},
): Promise<Answers> {
  const request = { period: PERIOD, accountIds: [A, B], concurrency: 4, ...more };
  const config = elasticsearchConfig(node, index, 'keyword');
  return answersOf(await openElasticsearchTrail(config, request, tuning));
}

export const isSearch = ({ path }: Sent): boolean => path.startsWith('/_search');

/** Whether it asks for what an account's trail recorded. */
export const isAbout = (accountId: string, { body }: Sent): boolean =>
  body.includes(`"recipientAccountId":["${accountId}"]`);

/** True for every n-th search. */
export function everyNth(n: number): (sent: Sent) => boolean {
  let searches = 0;
  return (sent) => isSearch(sent) && ++searches % n === 0;
}

/** The activity rows of one account. */
const activityIn = ({ activity }: Answers, accountId: string): unknown[] =>
  activity.filter((row) => row.recipientAccountId === accountId);

/** That the answers about account B are not whole for that reason, and those about A are. */
export function expectOnlyB(answers: Answers, whole: Answers, reason: string): void {
  const { notes } = answers;
  expect(notes.incomplete.map(({ accountId }) => accountId)).toEqual([B]);
  expect(notes.incomplete[0]?.reason).toContain(reason);
  expect(activityIn(answers, A)).toEqual(activityIn(whole, A));
  const coverageOf = ({ coverage }: Answers): unknown => coverage.find(({ accountId }) => accountId === A);
  expect(coverageOf(answers)).toEqual(coverageOf(whole));
  const failed = [...(notes.queries ?? [])].filter(({ status }) => status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  for (const query of failed) expect(JSON.stringify(query.body)).toContain(B);
}
