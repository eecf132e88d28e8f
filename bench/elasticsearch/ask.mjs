// Runs in its own process to measure the memory of the questions alone. Argument: JSON with node, index, period,
// accountIds, concurrency; prints one JSON object.
import { loadCatalog } from '../../dist/catalog/catalog.js';
import { limitHeapGrowth } from '../../dist/heap.js';
import { openElasticsearchTrail } from '../../dist/trail/elasticsearch/open.js';

limitHeapGrowth(); // Like the command.
const { node, index, period, accountIds, concurrency } = JSON.parse(process.argv[2]);
const config = { nodes: [node], index, keyPrefix: '', timestampField: 'eventTime', mapping: 'auto' };
const seconds = {};
const rows = {};
const timed = async (name, work) => {
  const start = performance.now();
  const result = await work();
  seconds[name] = (performance.now() - start) / 1000;
  return result;
};
const counted = async (name, answers) => {
  rows[name] = 0;
  for await (const row of answers) rows[name] += row.count ?? row.sessions ?? 1;
};

const { requestPlan: requests } = await loadCatalog();
const trail = await timed('open', () =>
  openElasticsearchTrail(config, { period, accountIds, concurrency, requests }),
);
await timed('coverage', async () => {
  rows.coverage = (await trail.coverage()).reduce((sum, { events }) => sum + events, 0);
});
for (const name of ['activity', 'weeks', 'assumptions', 'people', 'resources', 'requests'])
  await timed(name, () => counted(name, trail[name]()));
const { counts, effort, incomplete, warnings, queries } = trail.notes();
const kinds = {};
for (const { kind, pages, tookMilliseconds, buckets } of queries ?? []) {
  const sum = (kinds[kind] ??= { queries: 0, pages: 0, tookMilliseconds: 0, buckets: 0 });
  sum.queries += 1;
  sum.pages += pages;
  sum.tookMilliseconds += tookMilliseconds;
  sum.buckets += buckets;
}
await trail.close();
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, rows, counts, effort, incomplete, warnings, kinds, megabytes }));
