// `npm run bench:files`: cost of the files engine compared with decompression. Everything is generated and measured
// in one run. BENCH_FILES (2000), BENCH_RECORDS per file (1000), BENCH_THREADS, BENCH_PAIRS (5) of zcat and this
// engine; BENCH_FOLDER keeps the files for the next run.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './files/generate.mjs';
import { measure } from './files/measure.mjs';
import { writePlan } from './files/plan.mjs';
import { bytesOf, filesIn } from './support.mjs';

const FILES = Number(process.env.BENCH_FILES ?? 2000);
const RECORDS = Number(process.env.BENCH_RECORDS ?? 1000);
const THREADS = Number(process.env.BENCH_THREADS ?? Math.min(4, availableParallelism()));
const PAIRS = Number(process.env.BENCH_PAIRS ?? 5);
const TRAILSCRAPER = 47_000;
if (FILES * RECORDS > 20_000_000) throw new Error('More than 20 million records fill the disk.');

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-'));
const kept = process.env.BENCH_FOLDER;
const logs = kept ?? join(work, 'logs');
const plan = join(work, 'plan.json');
await writePlan(plan);
const script = (name) => fileURLToPath(new URL(`files/${name}.mjs`, import.meta.url));
const million = (n) => `${(n / 1e6).toFixed(1)} million`;

const row = (label, { seconds, cpu, peakMb }, events, floor) => {
  const cells = [
    `${seconds.toFixed(2)} s`,
    `${cpu.toFixed(2)} s CPU`,
    `${Math.round(events / seconds / 1000)},000 events/s`,
    `${Math.round(peakMb)} MB`,
    ...(floor === undefined
      ? []
      : [`${(seconds / floor.seconds).toFixed(2)} x (CPU ${(cpu / floor.cpu).toFixed(2)} x)`]),
  ];
  console.log(label.padEnd(44) + cells.map((cell) => cell.padStart(20)).join(''));
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const middle = (runs) =>
  Object.fromEntries(
    ['seconds', 'cpu', 'peakMb'].map((part) => [part, median(runs.map((run) => run[part]))]),
  );

const ask = async (folder, ...more) => {
  const result = await measure(process.execPath, [script('ask'), folder, String(THREADS), plan, ...more]);
  return { ...result, answer: JSON.parse(result.output) };
};

try {
  if (!existsSync(logs)) {
    const begin = performance.now();
    await generate(logs, FILES, RECORDS);
    console.log(`made ${FILES} files in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  }
  const files = filesIn(logs).sort();
  const events = files.length * RECORDS;
  const gz = bytesOf(files);
  const zcat = (processes) =>
    measure('sh', ['-c', `find ${logs} -name '*.gz' | xargs -P ${processes} -n 20 zcat | wc -c`]);
  // Once before measuring, so that all files are in memory.
  const raw = Number((await zcat(THREADS)).output);
  console.log(
    `${million(events)} events in ${files.length} files, ${Math.round(gz / 1e6)} MB, ${Math.round(raw / 1e6)} MB unpacked (${Math.round(raw / events)} bytes an event); ${THREADS} threads\n`,
  );
  // In turns, so that other load slows both.
  const pairs = [];
  for (let pair = 0; pair < PAIRS; pair += 1)
    pairs.push({ floor: await zcat(THREADS), ours: await ask(logs) });
  const floor = middle(pairs.map((pair) => pair.floor));
  const ours = middle(pairs.map((pair) => pair.ours));
  row(`zcat, ${THREADS} processes (the floor)`, floor, events);
  row(`ours, ${THREADS} threads`, ours, events, floor);
  const times = (part) => median(pairs.map((pair) => pair.ours[part] / pair.floor[part])).toFixed(2);
  console.log(
    `${PAIRS} pairs, median ratio: ${times('seconds')} x zcat by the clock (at most 1.1), ${times('cpu')} x its processor time`,
  );
  const { answer } = pairs[0].ours;
  if (answer.events !== events) console.log(`ours counted ${answer.events} events: WRONG`);
  const plain = await measure(process.execPath, [script('plain'), logs]);
  row('gunzip and JSON.parse, one thread', plain, events, floor);

  const tenth = join(work, 'tenth');
  mkdirSync(tenth);
  for (const file of files.filter((_, i) => i % 10 === 0)) symlinkSync(file, join(tenth, basename(file)));
  const part = await ask(tenth);
  row(`ours, a tenth of the files`, part, part.answer.events);
  const cache = join(work, 'cache');
  const filling = await ask(logs, cache);
  row('ours, filling the cache', filling, events, floor);
  const again = await ask(logs, cache);
  row('ours, nothing has changed', again, events, floor);
  const cached = bytesOf(filesIn(cache));
  console.log(
    `\ncache: ${(cached / 1e6).toFixed(1)} MB; second run: ${((100 * again.seconds) / filling.seconds).toFixed(1)} % of the first (less than 5)`,
  );
  console.log(
    `ours: ${(answer.events / ours.seconds / TRAILSCRAPER).toFixed(1)} x trailscraper's ${TRAILSCRAPER} events/s; ` +
      `ten times the events: ${(ours.seconds / part.seconds).toFixed(1)} x the time, ${(ours.peakMb / part.peakMb).toFixed(1)} x the memory`,
  );
  console.log(`answers: ${JSON.stringify(answer.rows)}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
