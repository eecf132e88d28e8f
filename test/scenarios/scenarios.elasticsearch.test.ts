import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { getOrInsertComputed } from '../../src/base/maps.js';
import type { PrincipalRecord } from '../../src/model/principal.js';
import { reportFromElasticsearch, reportFromFiles, scenarios } from './scenario.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-scenarios-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

const url = inject('elasticsearchUrl');
const reports = new Map<string, Promise<Map<string, string>>>();
const fromFiles = (name: string): Promise<Map<string, string>> =>
  getOrInsertComputed(reports, name, () => reportFromFiles(name, work));

test.skipIf(url === '').each(scenarios)('%s from Elasticsearch, with the same bytes as from files', async (name) => {
  const fromElasticsearch = await reportFromElasticsearch(name, work, url);
  expect(fromElasticsearch).toEqual(await fromFiles(name));
});

/** Those about who called. */
const IDENTITIES = [
  'assumptions',
  'identity',
  'managed-roles',
  'renamed-users',
  'role-paths',
  'service-callers',
  'trust',
  'web-identities',
];

/** What a report says of each principal, but for names and resources in the logs, which have another case. */
function verdicts(report: ReadonlyMap<string, string>): unknown {
  const principals = [...report]
    .filter(([file]) => file.endsWith('principals.ndjson'))
    .flatMap(([, text]) => text.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line) as PrincipalRecord);
  return principals.map(({ arn, state, used, unused, unknown, denied, trust, suggestion }) => ({
    ...{ arn, state, unused, unknown, denied, trust },
    used: used.map(({ action, count, lastUsed }) => [action, count, lastUsed]),
    suggestion: { ...suggestion, observed: [] },
  }));
}

test.skipIf(url === '').each(IDENTITIES)('%s from an index in lower case, with the same verdicts', async (name) => {
  const found = await reportFromElasticsearch(name, work, url, 'lower-case');
  expect(verdicts(found)).toEqual(verdicts(await fromFiles(name)));
});
