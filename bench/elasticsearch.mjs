// `npm run bench:elasticsearch`: times the questions of a report, beside bare queries and the queries of the
// original CloudTracker, on the test server. BENCH_EVENTS, BENCH_SESSIONS and BENCH_INGESTED reduce the size.
// BENCH_STORED=no fills the index as other shippers do: requests are then read in the documents. ELASTICSEARCH_URL names a running server, on which an index of the same size is reused.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Client } from '@elastic/elasticsearch';
import { loadCatalog } from '../dist/catalog/catalog.js';
import { createCallPlans } from '../dist/base/requests/plan.js';
import { documentOf } from '../dist/ingest/document.js';
import { ingest } from '../dist/ingest/ingest.js';
import { prepareIndex } from '../dist/ingest/prepare-index.js';
import { requestStore } from '../dist/ingest/store-request.js';
import { parametersOf, RESOURCE_PARAMETERS } from '../dist/trail/resources/table.js';
import { organisation, PERIOD } from './elasticsearch/events.mjs';
import { originalWay, Plain, send } from './elasticsearch/plain.mjs';
import { startServer } from './elasticsearch/server.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 2_000_000);
const SESSIONS = Number(process.env.BENCH_SESSIONS ?? EVENTS / 20);
const PRINCIPALS = 1_000;
const ACCOUNTS = 20;
const CONCURRENCY = availableParallelism();
const INGESTED = Number(process.env.BENCH_INGESTED ?? Math.min(100_000, EVENTS));
const SAMPLE = { principals: 20, sessions: 100 };
const PARAMETERS = Object.fromEntries(
  Object.keys(RESOURCE_PARAMETERS).map((service) => [service, parametersOf(service)]),
);
const IS_STORED = process.env.BENCH_STORED !== 'no';
const INDEX = `bench-${IS_STORED ? 'stored' : 'plain'}-${EVENTS}`;
const QUESTIONS = ['coverage', 'activity', 'weeks', 'assumptions', 'people', 'resources', 'requests'];
const { requestPlan } = await loadCatalog();
const planOf = createCallPlans(requestPlan);
const isPlanned = ({ source, name }) => planOf(source, name) !== null;
const seconds = (since) => (performance.now() - since) / 1000;
const print = (name, value) => console.log(`${name.padEnd(46)} ${value}`);

const server = await startServer();
if (server === null) process.exit(1);
const org = organisation({ accounts: ACCOUNTS, principals: PRINCIPALS, sessions: SESSIONS, events: EVENTS });
try {
  console.log(
    `${EVENTS} events, ${SESSIONS} role sessions, ${PRINCIPALS} principals, ${ACCOUNTS} accounts; ` +
      `${CONCURRENCY} processors, shared with the server`,
  );
  await measureIngest();
  await load();
  await measure();
} finally {
  await server.stop();
}

async function measureIngest() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-logs-'));
  const index = 'bench-ingest';
  try {
    let file = 0;
    let part = [];
    const flush = () => {
      writeFileSync(join(folder, `${(file += 1)}.json.gz`), gzipSync(JSON.stringify({ Records: part })));
      part = [];
    };
    for (const record of org.records(INGESTED)) if (part.push(record) === 1_000) flush();
    if (part.length > 0) flush();
    await send(server.url, `/${index}?ignore_unavailable=true`, '', 'DELETE');
    const start = performance.now();
    const config = {
      nodes: [server.url],
      index,
      keyPrefix: '',
      timestampField: 'eventTime',
      mapping: 'auto',
    };
    const folders = [folder];
    const signal = new AbortController().signal;
    const rest = { requests: requestPlan, concurrency: CONCURRENCY, signal, onProgress: () => undefined };
    await ingest({ config, index, folders, ...rest });
    const rate = Math.round((INGESTED / seconds(start)) * 60);
    print(`ingest of ${INGESTED} events`, `${rate} a minute, ${(rate / 100_000).toFixed(1)} x 100,000`);
    await send(server.url, `/${index}`, '', 'DELETE');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Fills the index that `ingest` creates, without files. */
async function load() {
  const client = new Client({ node: server.url });
  const there = await client.count({ index: INDEX, ignore_unavailable: true });
  if (there.count !== EVENTS) {
    await send(server.url, `/${INDEX}?ignore_unavailable=true`, '', 'DELETE');
    await prepareIndex(client, INDEX);
    const start = performance.now();
    let lines = [];
    const underWay = new Set();
    const flush = async () => {
      const sent = send(
        server.url,
        `/${INDEX}/_bulk?filter_path=errors`,
        `${lines.join('\n')}\n`,
        'POST',
        'application/x-ndjson',
      );
      lines = [];
      const done = sent.then(({ errors }) => {
        underWay.delete(done);
        if (errors) throw new Error('not all events were indexed');
      });
      underWay.add(done);
      if (underWay.size >= CONCURRENCY) await Promise.race(underWay);
    };
    const storeRequest = IS_STORED ? requestStore(requestPlan) : undefined;
    for (const record of org.records()) {
      const { body } = documentOf(record, { fileName: 'bench', position: 0 }, storeRequest);
      if (lines.push('{"create":{}}', body) >= 4_000) await flush();
    }
    if (lines.length > 0) await flush();
    await Promise.all(underWay);
    await client.indices.refresh({ index: INDEX });
    print('loading (not measured)', `${seconds(start).toFixed(0)} s`);
  }
  await client.close();
}

/** Each side twice, in turns: a new server is slow at first. */
async function measure() {
  const plain = new Plain(server.url, INDEX, PERIOD, IS_STORED);
  await plain.coverage();
  const rounds = [await measureRound(plain, 0), await measureRound(plain, 1)];
  const least = (valueOf) => Math.min(...rounds.map(valueOf));
  const leastOf = (side) =>
    Object.fromEntries(
      Object.keys(rounds[0][side]).map((name) => [name, least((round) => round[side][name])]),
    );
  const floor = leastOf('floor');
  const own = leastOf('own');
  const original = least((round) => round.original);

  const all = Object.values(floor).reduce((sum, value) => sum + value, 0);
  const total = Object.values(own).reduce((sum, value) => sum + value, 0);
  console.log('\nquestion, seconds                              bare      ours     ratio');
  const row = (name, bare, own) =>
    console.log(
      `${name.padEnd(42)} ${bare.toFixed(2).padStart(8)} ${own.toFixed(2).padStart(9)} ${(own / bare).toFixed(2).padStart(9)}`,
    );
  row('(a) activity, the keys of the goal', floor.activity, own.activity);
  for (const question of QUESTIONS.filter((name) => name !== 'activity'))
    row(`    ${question}`, floor[question], own[question]);
  row("(a') all questions", all, total);
  console.log('    coverage of ours includes the search for duplicates, which the bare way has not\n');
  print(
    `(c) the original's way, from ${SAMPLE.principals} + ${SAMPLE.sessions} queries, scaled`,
    `${original.toFixed(0)} s`,
  );
  const same = ({ open, activity, assumptions }) => open + activity + assumptions;
  print('    ours, the same two questions, takes', fasterBy(original, same(own)));
  print('    in the first round', fasterBy(rounds[0].original, same(rounds[0].own)));
  print('    ours, all questions, takes', fasterBy(original, total));
  print('peak memory of ours', `${Math.max(...rounds.map(({ ours }) => ours.megabytes)).toFixed(0)} MB`);
  print('requests of ours', `${rounds[0].ours.effort.queries}, of the bare way ${rounds[0].requests}`);
  for (const { ours } of rounds) {
    if (ours.incomplete.length > 0) throw new Error(JSON.stringify(ours.incomplete));
    if (process.env.BENCH_VERBOSE) console.log(JSON.stringify(ours, null, 1));
  }
}

function fasterBy(original, taken) {
  return `${taken.toFixed(1)} s, faster by ${(original / taken).toFixed(0)} x`;
}

async function measureRound(plain, round) {
  const before = plain.sent;
  const floor = {};
  for (const question of QUESTIONS) {
    const start = performance.now();
    await plain[question](question === 'requests' ? org.calls.filter(isPlanned) : PARAMETERS);
    floor[question] = seconds(start);
  }
  const requests = plain.sent - before;
  const ours = askInProcess();
  // Different ones each time, so that no server cache has them.
  const sampleOf = (all, size) => all.slice(round * size, (round + 1) * size);
  const sampled = await originalWay(
    plain,
    sampleOf(org.users, SAMPLE.principals),
    sampleOf(org.opened, SAMPLE.sessions),
  );
  const original = (sampled.principal * PRINCIPALS + sampled.session * SESSIONS) / 1000;
  return { floor, requests, ours, own: ours.seconds, original };
}

function askInProcess() {
  const script = fileURLToPath(new URL('./elasticsearch/ask.mjs', import.meta.url));
  const request = {
    node: server.url,
    index: INDEX,
    period: PERIOD,
    accountIds: org.accountIds,
    concurrency: CONCURRENCY,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, JSON.stringify(request)], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
