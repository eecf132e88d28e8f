import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { reportFromElasticsearch, reportFromFiles, scenarios } from './scenario.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-scenarios-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

const url = inject('elasticsearchUrl');
test.skipIf(url === '').each(scenarios)('%s from Elasticsearch, with the same bytes as from files', async (name) => {
  const fromElasticsearch = await reportFromElasticsearch(name, work, url);
  expect(fromElasticsearch).toEqual(await reportFromFiles(name, work));
});
