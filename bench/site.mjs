// `npm run bench:site`: renders a generated report of BENCH_ACCOUNTS × BENCH_PRINCIPALS (fixed seed, policies of
// the demo) and prints the time and memory of its pages, beside a plain concatenation of the same bytes to disk.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../dist/catalog/catalog.js';
import { createAssumeRules } from '../dist/commands/assume-rules.js';
import { loadEvaluators } from '../dist/commands/evaluators.js';
import { loadIamAccount } from '../dist/iam/load.js';
import { createStaging } from '../dist/report/output.js';
import { createSiteWriter } from '../dist/report/site/writer.js';
import { createReview } from '../dist/review/review.js';
import { describePrincipal, describeTotals } from '../dist/wording/described.js';
import { filesIn, randomNumbers } from './support.mjs';

const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 5);
const PRINCIPALS = Number(process.env.BENCH_PRINCIPALS ?? 2000);
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-site-'));
const period = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
const START = Date.parse(period.start);

const random = randomNumbers();
const accountId = (n) => String(100000000000 + n * 7919);
const iso = (seconds) => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');

const demo = JSON.parse(readFileSync(new URL('../data/demo/iam/demo.json', import.meta.url), 'utf8'));
const arns = demo.Policies.map((policy) => ({ PolicyName: policy.PolicyName, PolicyArn: policy.Arn }));
const TEAMS = ['billing', 'search', 'payments', 'platform', 'data', 'mobile', 'growth', 'security'];
const nameOf = (i) => `${TEAMS[i % TEAMS.length]}-${i % 3 === 0 ? 'deploy' : 'service'}-${i}`;

function iamFile(account) {
  const users = [];
  const roles = [];
  for (let i = 0; i < PRINCIPALS; i += 1) {
    const kind = i % 4 === 0 ? 'user' : 'role';
    const base = {
      Path: '/',
      Arn: `arn:aws:iam::${account}:${kind}/${nameOf(i)}`,
      CreateDate: '2024-01-01T00:00:00Z',
      AttachedManagedPolicies: [arns[i % arns.length], arns[(i * 7 + 3) % arns.length]],
    };
    if (kind === 'user')
      users.push({
        ...base,
        UserName: nameOf(i),
        UserId: `AIDA${account}${i}`,
        GroupList: [],
        UserPolicyList: [],
      });
    else
      roles.push({
        ...base,
        RoleName: nameOf(i),
        RoleId: `AROA${account}${i}`,
        RolePolicyList: [],
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            i % 50 === 1
              ? {
                  Effect: 'Allow',
                  Principal: { AWS: `arn:aws:iam::${account}:user/${nameOf(i - 1)}` },
                  Action: 'sts:AssumeRole',
                }
              : { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
      });
  }
  const file = join(work, `${account}.json`);
  writeFileSync(
    file,
    JSON.stringify({
      UserDetailList: users,
      RoleDetailList: roles,
      GroupDetailList: [],
      Policies: demo.Policies,
    }),
  );
  return file;
}

const CALLS = [
  'ec2 DescribeInstances',
  'ec2 RunInstances',
  'ec2 DescribeVpcs',
  's3 ListBuckets',
  's3 GetBucketPolicy',
  'iam ListUsers',
  'iam GetUser',
  'kms Decrypt',
  'sqs CreateQueue',
  'sqs ListQueues',
  'lambda ListFunctions20150331',
  'cloudtrail DescribeTrails',
  'rds DescribeDBInstances',
  'cloudformation DescribeStacks',
  'sts GetCallerIdentity',
  'logs DescribeLogGroups',
].map((call) => call.split(' '));

function* activity(accounts) {
  for (const { id } of accounts)
    for (let i = 0; i < PRINCIPALS; i += 1) {
      if (i % 5 === 2) continue;
      const kind = i % 4 === 0 ? 'user' : 'role';
      for (let n = 0; n < 8; n += 1) {
        const [service, eventName] = CALLS[(i + n * 3) % CALLS.length];
        const first = random(60 * 86_400);
        yield {
          actor: {
            kind,
            arn: `arn:aws:iam::${id}:${kind}/${nameOf(i)}`,
            id: `${kind === 'user' ? 'AIDA' : 'AROA'}${id}${i}`,
            accountId: id,
          },
          recipientAccountId: id,
          eventSource: `${service}.amazonaws.com`,
          eventName,
          apiCall: true,
          outcome: n === 7 ? 'denied' : 'succeeded',
          errorCode: n === 7 ? 'AccessDenied' : null,
          count: 1 + random(500),
          first: iso(first),
          last: iso(first + random(30 * 86_400)),
        };
      }
    }
}
async function* asynchronous(items) {
  yield* items;
}

async function main() {
  const catalog = await loadCatalog();
  const accounts = [];
  for (let n = 0; n < ACCOUNTS; n += 1) {
    const id = accountId(n);
    accounts.push(await loadIamAccount(iamFile(id), { id, name: `account-${n}` }));
  }
  const evaluators = await loadEvaluators(
    catalog,
    accounts.map(({ id, name }) => ({ id, name })),
  );
  const head = {
    id: '2026-Q3',
    period,
    toolVersion: 'bench',
    catalogUpdatedAt: catalog.updatedAt,
    catalogActions: catalog.actions.length,
    accounts: accounts.map(({ id, name }) => ({ id, name })),
  };
  const review = await createReview({
    head,
    catalog,
    accounts,
    evaluators,
    rules: createAssumeRules(catalog, accounts, evaluators),
    coverage: accounts.map(({ id }) => ({
      accountId: id,
      events: 1,
      first: period.start,
      last: period.start,
      emptyDays: [],
      dataEventSources: [],
    })),
    activity: asynchronous(activity(accounts)),
    assumptions: asynchronous([]),
    people: asynchronous([]),
    resources: asynchronous([]),
    requests: asynchronous([]),
    weeks: asynchronous([]),
    notes: () => ({ engine: 'files', warnings: [], counts: {}, incomplete: [] }),
    exemptions: [],
    credentials: new Map(),
    owners: { tags: [], accounts: [] },
    dataEvents: [],
    configured: [],
  });
  const folder = await createStaging(join(work, 'site'), { force: false });
  const writer = createSiteWriter({ detail: 'full' });
  let pages = 0;
  const timed = async (work) => {
    const begin = performance.now();
    await work();
    pages += performance.now() - begin;
  };
  let peak = 0;
  const input = process.memoryUsage().rss;
  let half = 0;
  let done = 0;
  const total = ACCOUNTS * PRINCIPALS;
  const begin = performance.now();
  const before = process.cpuUsage();
  await timed(() => writer.begin(head, folder));
  for (const { principal, assumptions } of review.principals()) {
    await timed(() => writer.principal(describePrincipal(principal), assumptions));
    done += 1;
    if (done % 100 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    if (done === total / 2) half = peak;
  }
  await timed(async () => {
    for (const assumption of review.assumptions) await writer.assumption(assumption);
    await writer.end(describeTotals(review.totals()));
    await folder.commit({ tool: { name: 'bench' } });
  });
  const all = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(before);
  const seconds = pages / 1000;
  const floorBegin = performance.now();
  const output = await open(join(work, 'all'), 'w');
  for (const file of filesIn(join(work, 'site'))) await output.write(readFileSync(file));
  await output.close();
  const floor = (performance.now() - floorBegin) / 1000;
  const files = folder.files();
  const bytes = statSync(join(work, 'all')).size;
  const largest = files.reduce((most, file) => (file.bytes > most.bytes ? file : most));
  const kB = (bytes) => `${Math.round(bytes / 1024)} kB`;
  console.log(
    `${ACCOUNTS} accounts × ${PRINCIPALS} principals, ${files.length} files, ${Math.round(bytes / 1e6)} MB`,
  );
  const each = (seconds) =>
    `${seconds.toFixed(1)} s, ${((1000 * seconds) / total).toFixed(2)} ms a principal`;
  console.log(`review (decides, suggests)      ${each(all - seconds)}`);
  console.log(`pages (render and write)        ${each(seconds)}`);
  console.log(`processor, both together        ${each((user + system) / 1e6)}`);
  console.log(
    `concatenation of the same bytes ${floor.toFixed(1)} s; pages take ${(seconds / floor).toFixed(1)} times as long`,
  );
  console.log(
    `peak memory ${Math.round(peak / 1e6)} MB (${Math.round(input / 1e6)} MB before the first page, ${Math.round(half / 1e6)} MB at half of the principals), ${kB(bytes / total)} a principal, largest file ${kB(largest.bytes)}: ${largest.path}`,
  );
}

try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}
