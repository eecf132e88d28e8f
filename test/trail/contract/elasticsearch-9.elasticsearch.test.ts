import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import type { IndexLayout, JsonObject } from '../../support/elasticsearch/index-records.js';
import { findJava } from '../../support/elasticsearch/java.js';
import { startMajor, VERSIONS, type TestElasticsearch } from '../../support/elasticsearch/server.js';
import { chainRecords, peopleRecords, resourceRecords } from './detail-records.js';
import { answersOf, askElasticsearch, askFiles, knownIn, questions } from './engines.js';
import { A, B, contractRecords, PERIOD } from './records.js';

const { java } = VERSIONS[9];
const canRun = inject('elasticsearchUrl') !== '' && (await findJava(java)) !== null;
const LAYOUTS: IndexLayout[] = ['dynamic', 'flattened', 'ecs'];
const LOGS = resolve('data/demo/logs');

if (canRun) {
  describe('Elasticsearch 9 answers as the files engine does', () => {
    let server: TestElasticsearch | null = null;
    beforeAll(async () => {
      server = await startMajor(9);
    });
    afterAll(async () => {
      await server?.stop();
    });

    it('is the version it says', async () => {
      const answer = await fetch(`${server?.url ?? ''}/_nodes/_local?filter_path=nodes.*.version`);
      expect(await answer.text()).toContain(`"version":"${VERSIONS[9].version}"`);
    });

    const records = [...contractRecords(), ...peopleRecords(), ...resourceRecords(), ...chainRecords()];
    it.each(LAYOUTS)('on records of all kinds with the %s layout, from several shards', async (layout) => {
      const request = { period: PERIOD, accountIds: [A, B], concurrency: 4 };
      const files = await askFiles(records, request);
      const answers = await askElasticsearch(server?.url ?? '', records, request, layout, {
        tuning: { pageSize: 20, hitPageSize: 20, sliceDocuments: 50, duplicateWindowDocuments: 50 },
        shards: 3,
      });
      expect(answers.notes.incomplete).toEqual([]);
      expect(knownIn(layout, answers)).toEqual(knownIn(layout, files));
    });

    it('on the demo', async () => {
      const request = {
        period: { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' },
        accountIds: ['123456789012', '210987654321', '345678901234'],
        concurrency: 4,
      };
      const files = await answersOf(await openFilesTrail({ path: LOGS }, request));
      const answers = await askElasticsearch(server?.url ?? '', demoRecords(), request, 'flattened');
      expect(files.activity.length).toBeGreaterThan(100);
      expect(questions(answers)).toEqual(questions(files));
    });
  });
} else {
  const line =
    inject('elasticsearchUrl') === ''
      ? 'Elasticsearch 9 not tested: no Elasticsearch can be started'
      : `Elasticsearch 9 not tested: needs Java ${java}`;
  it(line, () => {
    console.warn(line);
  });
}

function demoRecords(): JsonObject[] {
  return readdirSync(LOGS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json.gz'))
    .flatMap((name) => {
      const text = gunzipSync(readFileSync(join(LOGS, name))).toString('utf8');
      return (JSON.parse(text) as { Records?: JsonObject[] }).Records ?? [];
    });
}
