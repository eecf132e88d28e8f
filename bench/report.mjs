// `npm run bench`: a report over generated accounts, timed by stage, beside zcat of the same logs. BENCH_ACCOUNTS
// (1), BENCH_PRINCIPALS of each (2,000), BENCH_EVENTS in total, BENCH_DETAILS (services,full). Everything is
// generated from a fixed seed into a temporary folder, which is removed at the end.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bytesOf, filesIn, randomNumbers } from './support.mjs';

const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 1);
const PRINCIPALS = Number(process.env.BENCH_PRINCIPALS ?? 2000);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 200_000);
const FILE_EVENTS = 1000;
const DETAILS = (process.env.BENCH_DETAILS ?? 'services,full').split(',');
const accountId = (n) => String(111_122_223_333 + n * 7_919);
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-'));

const random = randomNumbers();

const demo = JSON.parse(readFileSync(new URL('../data/demo/iam/demo.json', import.meta.url), 'utf8'));
const arns = demo.Policies.map((policy) => ({ PolicyName: policy.PolicyName, PolicyArn: policy.Arn }));
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const base = (account, i, kind) => ({
  Path: '/',
  Arn: `arn:aws:iam::${account}:${kind}/p${i}`,
  CreateDate: '2024-01-01T00:00:00Z',
  AttachedManagedPolicies: [arns[i % arns.length]],
});
function iamFile(account) {
  const users = [];
  const roles = [];
  for (let i = 0; i < PRINCIPALS; i += 1) {
    if (i % 2 === 0)
      users.push({
        ...base(account, i, 'user'),
        UserName: `p${i}`,
        UserId: `AIDA${account}${i}`,
        GroupList: [],
        UserPolicyList: [],
      });
    else
      roles.push({
        ...base(account, i, 'role'),
        RoleName: `p${i}`,
        RoleId: `AROA${account}${i}`,
        AssumeRolePolicyDocument: trust,
        RolePolicyList: [],
      });
  }
  const lists = {
    UserDetailList: users,
    RoleDetailList: roles,
    GroupDetailList: [],
    Policies: demo.Policies,
  };
  writeFileSync(join(work, `${account}.json`), JSON.stringify(lists));
  return `  - { name: bench-${account}, id: '${account}', iam: ${account}.json }`;
}
const accounts = Array.from({ length: ACCOUNTS }, (_, n) => iamFile(accountId(n)));
writeFileSync(join(work, 'config.yaml'), ['files: { path: logs }', 'accounts:', ...accounts, ''].join('\n'));

const CALLS = [
  'ec2 DescribeInstances',
  'ec2 RunInstances',
  's3 ListBuckets',
  'iam ListUsers',
  'kms Decrypt',
  'sqs CreateQueue',
];
const START = Date.UTC(2026, 6, 1);
mkdirSync(join(work, 'logs'));
for (let file = 0; file * FILE_EVENTS < EVENTS; file += 1) {
  const Records = [];
  for (let n = 0; n < FILE_EVENTS; n += 1) {
    const i = random(PRINCIPALS);
    const account = accountId(random(ACCOUNTS));
    const [service, eventName] = CALLS[random(CALLS.length)].split(' ');
    const kind = i % 2 === 0 ? 'user' : 'role';
    const arn = `arn:aws:iam::${account}:${kind}/p${i}`;
    Records.push({
      eventVersion: '1.09',
      userIdentity:
        kind === 'user'
          ? {
              type: 'IAMUser',
              principalId: `AIDA${account}${i}`,
              arn,
              accountId: account,
              accessKeyId: `AKIA${account}${i}`,
              userName: `p${i}`,
            }
          : {
              type: 'AssumedRole',
              principalId: `AROA${account}${i}:s`,
              arn: `arn:aws:sts::${account}:assumed-role/p${i}/s`,
              accountId: account,
              accessKeyId: `ASIA${account}${i}`,
              sessionContext: {
                sessionIssuer: { type: 'Role', principalId: `AROA${account}${i}`, arn, accountId: account },
              },
            },
      eventTime: new Date(START + random(92 * 86_400) * 1000).toISOString().replace('.000Z', 'Z'),
      eventSource: `${service}.amazonaws.com`,
      eventName,
      awsRegion: 'us-east-1',
      sourceIPAddress: '198.51.100.7',
      userAgent: 'aws-cli/2.17.0 md/awscrt#0.20.11 ua/2.0 os/linux#6.1 md/arch#x86_64 lang/python#3.11.8',
      ...(random(100) < 3 ? { errorCode: 'AccessDenied', errorMessage: 'not authorized' } : {}),
      requestParameters: {
        filterSet: { items: [{ name: 'tag:Name', valueSet: { items: [{ value: `v${n}` }] } }] },
        maxResults: random(100),
      },
      responseElements: null,
      requestID: `${file}-${n}-${random(2 ** 31)}`,
      eventID: `${file}-${n}`,
      readOnly: true,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com`,
      },
    });
  }
  writeFileSync(
    join(work, 'logs', `${accountId(0)}_CloudTrail_${String(file).padStart(5, '0')}.json.gz`),
    gzipSync(JSON.stringify({ Records })),
  );
}

function timed(label, command, args) {
  const begin = process.hrtime.bigint();
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  if (result.status !== 0) throw new Error(`${label} failed: ${result.stderr}`);
  console.log(`${label.padEnd(46)} ${seconds.toFixed(2)} s`);
  return { seconds, stdout: result.stdout };
}

try {
  const principals = ACCOUNTS * PRINCIPALS;
  console.log(`${ACCOUNTS} x ${PRINCIPALS} principals, ${EVENTS} events in ${EVENTS / FILE_EVENTS} files`);
  const logs = join(work, 'logs');
  const { seconds: zcat } = timed('zcat, one process (floor of reading)', 'sh', [
    '-c',
    `zcat ${logs}/*.gz | wc -c`,
  ]);
  const cli = new URL('../dist/cli.js', import.meta.url).pathname;
  const args = (detail) => [
    'report',
    '--timings',
    '--no-cache',
    '--config',
    join(work, 'config.yaml'),
    '--quarter',
    '2026-Q3',
    '--detail',
    detail,
  ];
  for (const detail of DETAILS) {
    const output = join(work, `out-${detail}`);
    const { seconds, stdout } = timed(`report --detail ${detail}`, process.execPath, [
      cli,
      ...args(detail),
      '--output',
      output,
    ]);
    const bytes = bytesOf(filesIn(output));
    console.log(
      `  ${(seconds / zcat).toFixed(1)} x zcat, ${((1000 * seconds) / principals).toFixed(1)} ms and ${Math.round(bytes / principals / 1024)} kB a principal, ${Math.round(bytes / 1e6)} MB in all`,
    );
    for (const line of stdout.split('\n'))
      if (/^[a-z ]+ {2,}[\d.]+ (s|MB)$/i.test(line)) console.log(`  ${line}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
