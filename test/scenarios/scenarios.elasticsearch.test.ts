import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { reportFromElasticsearch, reportFromFiles, scenarios } from './scenario.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-scenarios-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

/** The Elasticsearch engine does not look into requests yet: actions that they show are unknown there. */
const FROM_FILES_ONLY = ['requests', 'risks'];

const url = inject('elasticsearchUrl');
const names = scenarios.filter((name) => !FROM_FILES_ONLY.includes(name));
test.skipIf(url === '').each(names)('%s from Elasticsearch, with the same bytes as from files', async (name) => {
  const fromElasticsearch = await reportFromElasticsearch(name, work, url);
  expect(fromElasticsearch).toEqual(await reportFromFiles(name, work));
});
