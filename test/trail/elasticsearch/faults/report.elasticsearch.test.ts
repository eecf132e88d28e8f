import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { wholeReport } from '../../../support/report.js';
import { FaultProxy } from '../../../support/elasticsearch/fault-proxy.js';
import { indexRecords, type JsonObject } from '../../../support/elasticsearch/index-records.js';
import { everyNth, isAbout, isSearch } from './support.js';

const url = inject('elasticsearchUrl');
const SCENARIO = 'test/scenarios/assumptions';
const INDEX = 'faults-report';
const [ONE, TWO] = ['111122223333', '444455556666'];

interface Principal {
  readonly arn: string;
  readonly state: string;
  readonly suggestion: { readonly decision: string; readonly reason: string };
}
interface Made {
  readonly incomplete: boolean;
  readonly one: readonly Principal[];
  readonly two: readonly Principal[];
  readonly access: string;
}

describe.skipIf(url === '')('a report through a fault', () => {
  const work = mkdtempSync(join(tmpdir(), 'cloudtracker-faults-'));
  let proxy: FaultProxy;
  let whole: Made;
  beforeAll(async () => {
    const { Records } = JSON.parse(readFileSync(join(SCENARIO, 'trail.json'), 'utf8')) as {
      Records: JsonObject[];
    };
    await indexRecords(url, INDEX, Records, 'keyword');
    proxy = await FaultProxy.start(url);
    whole = await report();
  });
  afterEach(() => {
    proxy.heal();
  });
  afterAll(async () => {
    await proxy.stop();
    rmSync(work, { recursive: true });
  });

  async function report(...lines: string[]): Promise<Made> {
    const folder = mkdtempSync(join(work, 'run-'));
    cpSync(SCENARIO, folder, { recursive: true });
    const config = join(folder, 'config.yaml');
    const source = ['elasticsearch:', `node: ${proxy.url}`, `index: ${INDEX}`, ...lines].join('\n  ');
    writeFileSync(config, `${readFileSync(config, 'utf8')}${source}\n`);
    const output = join(folder, 'out');
    const { incomplete } = await wholeReport({
      config,
      output,
      quarter: '2026-Q3',
    });
    const principals = (account: string): Principal[] =>
      readFileSync(join(output, 'json', account, 'principals.ndjson'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Principal);
    return {
      incomplete,
      one: principals(ONE),
      two: principals(TWO),
      access: readFileSync(join(output, 'csv/access-review.csv'), 'utf8'),
    };
  }

  it('that passes is the same', async () => {
    const isSpoiled = everyNth(5);
    proxy.fault = (sent) => (isSpoiled(sent) ? 'reset' : null);
    expect(await report()).toEqual(whole);
    expect(whole.incomplete).toBe(false);
  });

  it('that stays advises nothing for the account concerned, and changes nothing for the other', async () => {
    proxy.fault = (sent) => (isSearch(sent) && isAbout(TWO, sent) ? { status: 503 } : null);
    const { incomplete, one, two } = await report('retry_for: 100ms');
    expect(incomplete).toBe(true);
    expect(one).toEqual(whole.one);
    expect(two.map(({ arn }) => arn)).toEqual(whole.two.map(({ arn }) => arn));
    for (const { state, suggestion } of two) {
      expect([state, suggestion.decision]).toEqual(['incomplete', 'investigate']);
      expect(suggestion.reason).toContain('status 503');
    }
  });

  it('that says nothing of documents that are there advises nothing for the account concerned', async () => {
    proxy.change = (answer, sent) =>
      isSearch(sent) && isAbout(TWO, sent) && sent.body.includes('"composite"')
        ? { ...answer, aggregations: { groups: { buckets: [] } } }
        : answer;
    const { incomplete, one, two } = await report('retry_for: 100ms');
    expect(incomplete).toBe(true);
    expect(one).toEqual(whole.one);
    for (const { state, suggestion } of two) {
      expect([state, suggestion.decision]).toEqual(['incomplete', 'investigate']);
      expect(suggestion.reason).toMatch(/the groups have 0 of \d+ matching documents/);
    }
  });

  it('that begins before anything was read is an error, and leaves nothing', async () => {
    proxy.fault = (sent) => (isSearch(sent) ? { status: 503 } : null);
    await expect(report('retry_for: 100ms')).rejects.toThrow(/faults-report .*cannot be read: .*status 503/);
    expect(readdirSync(work).filter((run) => !existsSync(join(work, run, 'out')))).toHaveLength(1);
  });

  it('that outlasts the deadline advises nothing', async () => {
    let isLate = false;
    proxy.fault = (sent) => {
      isLate ||= sent.body.includes('composite');
      return isLate && isSearch(sent) ? { delay: 30_000 } : null;
    };
    const { incomplete, one, two } = await report('deadline: 10s');
    expect(incomplete).toBe(true);
    for (const { state, suggestion } of [...one, ...two]) {
      expect([state, suggestion.decision]).toEqual(['incomplete', 'investigate']);
      expect(suggestion.reason).toContain('the deadline of the run has passed');
    }
  });
});
