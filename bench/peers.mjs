// `npm run bench:peers`: runs the same logs and IAM file through this program, trailscraper (actions in a trail)
// and cloudsplaining (risks in policies). Neither is a dependency; BENCH_PEERS names the `bin` folder of a Python
// environment that has them (`pip install trailscraper cloudsplaining`). Size: BENCH_RECORDS (60,000) and
// BENCH_PRINCIPALS (400).
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './files/generate.mjs';
import { measure } from './files/measure.mjs';
import { writePlan } from './files/plan.mjs';
import { ACCOUNTS } from './files/records.mjs';
import { bytesOf, filesIn } from './support.mjs';

const RECORDS = Number(process.env.BENCH_RECORDS ?? 60_000);
const PRINCIPALS = Number(process.env.BENCH_PRINCIPALS ?? 400);
const A_FILE = 1_000;
const PEERS = process.env.BENCH_PEERS ?? '';
const [ACCOUNT] = ACCOUNTS;
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-'));
const [logs, iam, config, plan] = ['logs', 'iam.json', 'config.yaml', 'plan.json'].map((name) =>
  join(work, name),
);

/** Users with two policies of the demo each. */
function writeIam() {
  const demo = JSON.parse(readFileSync(new URL('../data/demo/iam/demo.json', import.meta.url), 'utf8'));
  const attached = (i) => {
    const { PolicyName, Arn } = demo.Policies[i % demo.Policies.length];
    return { PolicyName, PolicyArn: Arn };
  };
  const users = Array.from({ length: PRINCIPALS }, (_, i) => ({
    Path: '/',
    UserName: `person.${i}`,
    UserId: `AIDA${i}`,
    Arn: `arn:aws:iam::${ACCOUNT}:user/person.${i}`,
    CreateDate: '2024-01-01T00:00:00Z',
    GroupList: [],
    UserPolicyList: [],
    AttachedManagedPolicies: [attached(i), attached(i * 7 + 3)],
    Tags: [],
  }));
  const lists = { UserDetailList: users, GroupDetailList: [], RoleDetailList: [], Policies: demo.Policies };
  writeFileSync(iam, JSON.stringify(lists));
}

const row = (label, { seconds, cpu, peakMb }, rate, output) =>
  console.log(
    [
      label.padEnd(52),
      `${seconds.toFixed(1)} s`.padStart(9),
      `${cpu.toFixed(1)} s CPU`.padStart(12),
      `${Math.round(peakMb)} MB`.padStart(9),
      rate.padStart(22),
      output.padStart(12),
    ].join(' '),
  );
const aSecond = ({ seconds }) => `${Math.round(RECORDS / seconds)} events/s`;
const aPrincipal = ({ seconds }) => `${((1000 * seconds) / PRINCIPALS).toFixed(1)} ms a principal`;
const size = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
/** A peer that fails is reported, and the others continue. */
const tried = async (label, command, args, print) => {
  try {
    const result = await measure(command, args);
    print(result);
    return result;
  } catch (error) {
    console.log(`${label}: ${error.message}`);
    return null;
  }
};

try {
  await generate(logs, RECORDS / A_FILE, A_FILE);
  writeIam();
  writeFileSync(
    config,
    `files: { path: logs }\naccounts: [{ name: bench, id: '${ACCOUNT}', iam: iam.json }]\n`,
  );
  console.log(`${RECORDS} events in ${RECORDS / A_FILE} files; ${PRINCIPALS} users of one account\n`);
  const ask = fileURLToPath(new URL('files/ask.mjs', import.meta.url));
  await writePlan(plan);
  const read = await measure(process.execPath, [ask, logs, '2', plan]);
  row('ours: all questions about the logs', read, aSecond(read), '');
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  for (const detail of ['services', 'full']) {
    const output = join(work, `report-${detail}`);
    const args = ['report', '--config', config, '--quarter', '2026-Q3', '--no-cache', '--detail', detail];
    const report = await measure(process.execPath, [cli, ...args, '--output', output]);
    row(`ours: whole report, --detail ${detail}`, report, aPrincipal(report), size(bytesOf(filesIn(output))));
  }
  const scraper = join(PEERS, 'trailscraper');
  if (existsSync(scraper)) {
    const label = 'trailscraper select | trailscraper generate';
    const select = `${scraper} select --log-dir ${logs} --from 2026-07-01 --to 2026-10-01`;
    const shell = `LC_ALL=C.UTF-8 ${select} | LC_ALL=C.UTF-8 ${scraper} generate`;
    await tried(label, 'sh', ['-c', shell], (result) => {
      row(label, result, aSecond(result), size(result.output.length));
    });
  } else console.log('trailscraper: not there (BENCH_PEERS)');
  const cloudsplaining = join(PEERS, 'cloudsplaining');
  if (existsSync(cloudsplaining)) {
    const label = 'cloudsplaining scan';
    const output = join(work, 'cloudsplaining');
    const shell = `mkdir ${output} && LC_ALL=C.UTF-8 ${cloudsplaining} scan -i ${iam} -o ${output} -s >/dev/null`;
    await tried(label, 'sh', ['-c', shell], (result) => {
      row(label, result, aPrincipal(result), size(bytesOf(filesIn(output))));
    });
  } else console.log('cloudsplaining: not there (BENCH_PEERS)');
} finally {
  rmSync(work, { recursive: true, force: true });
}
