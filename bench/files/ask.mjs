// Asks the files engine everything that a report asks, and prints seconds, events and memory as JSON.
// node bench/files/ask.mjs FOLDER THREADS [CACHE [DAYS]]
import { limitHeapGrowth } from '../../dist/heap.js';
import { SavedAnswers } from '../../dist/commands/saved-answers.js';
import { filesEngine } from '../../dist/trail/files/engine.js';
import { ACCOUNTS, DAYS, START } from './records.mjs';

limitHeapGrowth(); // As the command does.
const [path, threads, cache, days = DAYS] = process.argv.slice(2);
const day = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const begin = performance.now();
const { source } = filesEngine.read({ path }, { folder: process.cwd(), topIndex: undefined });
const request = {
  period: { start: day(START), end: day(START + Number(days) * 86_400_000) },
  accountIds: ACCOUNTS,
  concurrency: Number(threads),
};
const { trail } = await new SavedAnswers(source, request, { cache }).open();
const rows = {};
for (const question of ['activity', 'assumptions', 'people', 'resources']) {
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
