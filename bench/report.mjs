// `npm run bench`: one report over generated accounts, timed beside the floor of the same work (zcat of the same logs).
// Everything is generated from a fixed seed into a temporary folder, which is removed at the end.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const PRINCIPALS = Number(process.env.BENCH_PRINCIPALS ?? 2000);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 200_000);
const FILE_EVENTS = 1000;
const ACCOUNT = '111122223333';
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-'));

let seed = 42;
function random(below) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

const demo = JSON.parse(readFileSync(new URL('../data/demo/iam/demo.json', import.meta.url), 'utf8'));
const arns = demo.Policies.map((policy) => ({ PolicyName: policy.PolicyName, PolicyArn: policy.Arn }));
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const base = (i, kind) => ({
  Path: '/',
  Arn: `arn:aws:iam::${ACCOUNT}:${kind}/p${i}`,
  CreateDate: '2024-01-01T00:00:00Z',
  AttachedManagedPolicies: [arns[i % arns.length]],
});
const users = [];
const roles = [];
for (let i = 0; i < PRINCIPALS; i += 1) {
  if (i % 2 === 0)
    users.push({
      ...base(i, 'user'),
      UserName: `p${i}`,
      UserId: `AIDA${i}`,
      GroupList: [],
      UserPolicyList: [],
    });
  else
    roles.push({
      ...base(i, 'role'),
      RoleName: `p${i}`,
      RoleId: `AROA${i}`,
      AssumeRolePolicyDocument: trust,
      RolePolicyList: [],
    });
}
writeFileSync(
  join(work, 'iam.json'),
  JSON.stringify({
    UserDetailList: users,
    RoleDetailList: roles,
    GroupDetailList: [],
    Policies: demo.Policies,
  }),
);
writeFileSync(
  join(work, 'config.yaml'),
  `files: { path: logs }\naccounts: [{ name: bench, id: '${ACCOUNT}', iam: iam.json }]\n`,
);

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
    const [service, eventName] = CALLS[random(CALLS.length)].split(' ');
    const kind = i % 2 === 0 ? 'user' : 'role';
    const arn = `arn:aws:iam::${ACCOUNT}:${kind}/p${i}`;
    Records.push({
      eventVersion: '1.09',
      userIdentity:
        kind === 'user'
          ? {
              type: 'IAMUser',
              principalId: `AIDA${i}`,
              arn,
              accountId: ACCOUNT,
              accessKeyId: `AKIA${i}`,
              userName: `p${i}`,
            }
          : {
              type: 'AssumedRole',
              principalId: `AROA${i}:s`,
              arn: `arn:aws:sts::${ACCOUNT}:assumed-role/p${i}/s`,
              accountId: ACCOUNT,
              accessKeyId: `ASIA${i}`,
              sessionContext: {
                sessionIssuer: { type: 'Role', principalId: `AROA${i}`, arn, accountId: ACCOUNT },
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
      recipientAccountId: ACCOUNT,
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com`,
      },
    });
  }
  writeFileSync(
    join(work, 'logs', `${ACCOUNT}_CloudTrail_${String(file).padStart(5, '0')}.json.gz`),
    gzipSync(JSON.stringify({ Records })),
  );
}

function timed(label, command, args) {
  const begin = process.hrtime.bigint();
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  if (result.status !== 0) throw new Error(`${label} failed: ${result.stderr}`);
  console.log(`${label.padEnd(46)} ${seconds.toFixed(2)} s`);
  return seconds;
}

function folderBytes(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

try {
  console.log(`${PRINCIPALS} principals, ${EVENTS} events in ${EVENTS / FILE_EVENTS} files`);
  const logs = join(work, 'logs');
  const zcat = timed('zcat, one process (floor of reading)', 'sh', ['-c', `zcat ${logs}/*.gz | wc -c`]);
  const cli = new URL('../dist/cli.js', import.meta.url).pathname;
  const args = (detail) => [
    'report',
    '--config',
    join(work, 'config.yaml'),
    '--quarter',
    '2026-Q3',
    '--detail',
    detail,
  ];
  for (const detail of ['services', 'full']) {
    const output = join(work, `out-${detail}`);
    const seconds = timed(`report --detail ${detail}`, process.execPath, [
      cli,
      ...args(detail),
      '--output',
      output,
    ]);
    const bytes = folderBytes(output);
    console.log(
      `  ${(seconds / zcat).toFixed(1)} x zcat, ${((1000 * seconds) / PRINCIPALS).toFixed(1)} ms and ${Math.round(bytes / PRINCIPALS / 1024)} kB a principal, ${Math.round(bytes / 1e6)} MB in all`,
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
