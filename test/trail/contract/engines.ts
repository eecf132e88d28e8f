import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ElasticsearchConfig } from '../../../src/config/types.js';
import { openElasticsearchTrail } from '../../../src/trail/elasticsearch/open.js';
import type { Tuning } from '../../../src/trail/elasticsearch/tuning.js';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import { PeopleAggregator } from '../../../src/trail/people.js';
import type { TrailRequest } from '../../../src/trail/types.js';
import { answersOf, type Answers } from '../../support/trail-answers.js';
import {
  indexRecords,
  LAYOUT_SETTINGS,
  type IndexLayout,
  type JsonObject,
} from '../../support/elasticsearch/index-records.js';

export { answersOf, type Answers };

/** Pages so small that a few records take many of them. */
export const TINY_PAGES = {
  pageSize: 3,
  hitPageSize: 4,
  keysPerQuery: 2,
  fewestKeys: 1,
  sliceDocuments: 7,
  duplicateWindowDocuments: 5,
} satisfies Partial<Tuning>;

/** Also queries all accounts together, and repeats a failed query without a pause. */
export const TINY = { ...TINY_PAGES, retryDelay: 1, accountsApart: 0 } satisfies Partial<Tuning>;

/** The answers without the notes, which engines need not agree on. */
export type Questions = Omit<Answers, 'notes'>;

export const questions = ({
  coverage,
  activity,
  assumptions,
  people,
  resources,
  requests,
  weeks,
}: Answers): Questions => ({
  coverage,
  activity,
  assumptions,
  people,
  resources,
  requests,
  weeks,
});

/** What can be known from an index that does not have all fields. */
export function knownIn(layout: IndexLayout, answers: Answers): Questions {
  const all = questions(answers);
  if (layout === 'explicit') return { ...all, resources: [] };
  if (layout !== 'ecs' && layout !== 'ecs-text') return all;
  const people = new PeopleAggregator();
  for (const row of all.people) people.add({ ...row, sourceIdentity: null });
  return { ...all, people: people.rows(), ...(layout === 'ecs' ? {} : { resources: [] }) };
}

export async function askFiles(records: readonly JsonObject[], request: TrailRequest): Promise<Answers> {
  const path = await mkdtemp(join(tmpdir(), 'cloudtracker-contract-'));
  try {
    const half = Math.ceil(records.length / 2);
    for (const [index, part] of [records.slice(0, half), records.slice(half)].entries()) {
      await writeFile(
        join(path, `part-${String(index)}.json.gz`),
        gzipSync(JSON.stringify({ Records: part })),
      );
    }
    return await answersOf(await openFilesTrail({ path }, request));
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

export function elasticsearchConfig(url: string, index: string, layout: IndexLayout): ElasticsearchConfig {
  return { nodes: [url], index, mapping: 'auto', ...LAYOUT_SETTINGS[layout] };
}

export async function askElasticsearch(
  url: string,
  records: readonly JsonObject[],
  request: TrailRequest,
  layout: IndexLayout,
  options: { tuning?: Partial<Tuning>; shards?: number } = {},
): Promise<Answers> {
  const index = `contract-${layout}-${String(process.pid)}-${String(Date.now())}`;
  await indexRecords(url, index, records, layout, options.shards ?? 1);
  try {
    const config = elasticsearchConfig(url, index, layout);
    return await answersOf(await openElasticsearchTrail(config, request, options.tuning));
  } finally {
    await fetch(`${url}/${index}`, { method: 'DELETE' });
  }
}
