import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FaultProxy, type Sent } from '../../../support/elasticsearch/fault-proxy.js';
import { indexRecords } from '../../../support/elasticsearch/index-records.js';
import { questions, type Answers } from '../../contract/engines.js';
import { A, contractRecords } from '../../contract/records.js';
import { ask, isAbout, isSearch, SMALL } from './support.js';

const url = inject('elasticsearchUrl');
const INDEX = 'faults-slices';
const DAY = 86_400_000;

describe.skipIf(url === '')('slices that the cluster is slow with', () => {
  let proxy: FaultProxy;
  let whole: Answers;
  beforeAll(async () => {
    await indexRecords(url, INDEX, contractRecords(), 'keyword', 2);
    proxy = await FaultProxy.start(url);
    whole = await ask(url, INDEX, {});
  });
  afterAll(() => proxy.stop());

  it('are read on in halves of their time, from the group where they were left', async () => {
    const answers = await ask(url, INDEX, { ...SMALL, pageSize: 3, sliceDocuments: 1_000, slowPage: -1 });
    expect(answers.notes.effort?.['slicesSplit'] ?? 0).toBeGreaterThan(0);
    expect(questions(answers)).toEqual(questions(whole));
  });

  it('are read in halves where no page comes in time', async () => {
    const isWide = ({ body }: Sent): boolean => {
      const [, from = 0, to = 0] = /"gte":(\d+),"lt":(\d+)/.exec(body)?.map(Number) ?? [];
      return to - from > 4 * DAY;
    };
    proxy.fault = (sent) =>
      isSearch(sent) && isAbout(A, sent) && sent.body.includes('"field":"userIdentity.type"') && isWide(sent)
        ? { delay: 60_000 }
        : null;
    const answers = await ask(proxy.url, INDEX, { requestTimeout: 5_000 });
    expect(answers.notes.effort?.['slicesSplit'] ?? 0).toBeGreaterThan(0);
    expect(answers.notes.incomplete).toEqual([]);
    expect(questions(answers)).toEqual(questions(whole));
  });
});
