// Asks the files engine all questions of a report, and prints seconds, events and memory as JSON.
// PLAN is a file with the services of a RequestPlan: the catalog is not part of the measurement.
// node bench/files/ask.mjs FOLDER THREADS PLAN [CACHE [DAYS]]
import { readFileSync } from 'node:fs';
import { limitHeapGrowth } from '../../dist/heap.js';
import { ACCOUNTS, DAYS, START } from './records.mjs';

// Like the command: before modules are loaded.
limitHeapGrowth();
const { SavedAnswers } = await import('../../dist/commands/saved-answers.js');
const { filesEngine } = await import('../../dist/trail/files/engine.js');
const [path, threads, plan, cache, days = DAYS] = process.argv.slice(2);
const day = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const begin = performance.now();
const { value: source } = filesEngine.read({ path }, { folder: process.cwd(), topIndex: undefined });
const request = {
  period: { start: day(START), end: day(START + Number(days) * 86_400_000) },
  accountIds: ACCOUNTS,
  concurrency: Number(threads),
  requests: {
    prefixes: { first: new Map(), second: new Map() },
    services: new Map(JSON.parse(readFileSync(plan, 'utf8'))),
  },
};
const { trail } = await new SavedAnswers(source, request, { cache }).open();
const rows = {};
for (const question of ['activity', 'assumptions', 'people', 'resources', 'requests']) {
  rows[question] = 0;
  for await (const row of trail[question]()) rows[question] += row === undefined ? 0 : 1;
}
const coverage = await trail.coverage();
const { counts, warnings } = trail.notes();
await trail.close();
console.log(
  JSON.stringify({
    seconds: (performance.now() - begin) / 1000,
    events: coverage.reduce((sum, { events }) => sum + events, 0),
    rows,
    counts,
    warnings,
  }),
);
