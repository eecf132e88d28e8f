import { CALLS, PRINCIPALS } from './calls.mjs';

// Records of an invented organization for the benchmark of the files engine: the content of a file depends only on
// its number.
export const START = Date.UTC(2026, 6, 1);
export const DAYS = 92;
const ACCOUNTS = ['111122223333', '222233334444', '333344445555', '444455556666'];
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-2'];
const SESSION_HOURS = 6;
export { ACCOUNTS };

const AGENTS = [
  'aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard',
  'aws-sdk-go-v2/1.38.3 ua/2.1 os/linux lang/go#1.24.6 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.250.0 m/E,i',
  'Boto3/1.40.21 md/Botocore#1.40.21 ua/2.1 os/linux#5.10 md/arch#x86_64 lang/python#3.12.11 Botocore/1.40.21',
];

/** Pseudo-random numbers from a seed (mulberry32: public domain). */
function numbers(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n) => next() % n;
  const hex = (length) => {
    let text = '';
    while (text.length < length) text += next().toString(16).padStart(8, '0');
    return text.slice(0, length);
  };
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const pick = (list) => list[below(list.length)];
  return { next, below, hex, uuid, pick };
}

const iso = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const id = (prefix, a, b) =>
  `${prefix}${numbers(a * 7919 + b)
    .hex(16)
    .toUpperCase()}`;

function principal(n) {
  const account = ACCOUNTS[n % ACCOUNTS.length];
  const user = n % 5 < 2;
  const name = user ? `person.${n}` : `service-role-${n}`;
  const path = n % 3 === 0 ? '/team/platform/' : '/';
  return {
    n,
    account,
    user,
    name,
    arn: `arn:aws:iam::${account}:${user ? 'user' : 'role'}${path}${name}`,
    id: id(user ? 'AIDA' : 'AROA', n, 1),
  };
}

/** Session of a role at a time: all calls in the same hours have the same key. */
function session(role, time) {
  const slot = Math.floor(time / (SESSION_HOURS * 3_600_000));
  const name =
    role.n % 7 === 0
      ? `i-0${numbers(role.n).hex(16)}`
      : `person.${(role.n * 31 + (slot % 5)) % 400}@example.com`;
  return {
    slot,
    name,
    key: id('ASIA', role.n, slot),
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`,
  };
}

function identityOf(who, time) {
  if (who.user) {
    return {
      type: 'IAMUser',
      principalId: who.id,
      arn: who.arn,
      accountId: who.account,
      accessKeyId: id('AKIA', who.n, 2),
      userName: who.name,
    };
  }
  const { slot, name, key, arn } = session(who, time);
  return {
    type: 'AssumedRole',
    principalId: `${who.id}:${name}`,
    arn,
    accountId: who.account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: who.id,
        arn: who.arn,
        accountId: who.account,
        userName: who.name,
      },
      attributes: { creationDate: iso(slot * SESSION_HOURS * 3_600_000), mfaAuthenticated: 'false' },
    },
  };
}

function assumeRole(random, role, time) {
  const { key, name, arn } = session(role, time);
  return {
    requestParameters: { roleArn: role.arn, roleSessionName: name, durationSeconds: 3600 },
    responseElements: {
      credentials: { accessKeyId: key, sessionToken: random.hex(120), expiration: 'Aug 1, 2026, 8:00:00 PM' },
      assumedRoleUser: { assumedRoleId: `${role.id}:${name}`, arn },
    },
    resources: [{ accountId: role.account, type: 'AWS::IAM::Role', ARN: role.arn }],
    sharedEventID: random.uuid(),
  };
}

/** Every principal has a dozen types of calls, a few of them frequent. */
const habit = (random, who) =>
  CALLS[(who.n * 7 + Math.min(random.below(12), random.below(12)) * 3) % CALLS.length];

/**
 * @param {number} file number of the file
 * @param {number} files number of files: they are spread over the whole time
 * @param {number} count records in it
 */
export function logFile(file, files, count) {
  const random = numbers(file + 1);
  const account = ACCOUNTS[file % ACCOUNTS.length];
  const region = REGIONS[Math.floor(file / ACCOUNTS.length) % REGIONS.length];
  const end = START + Math.floor(((file + 1) / files) * DAYS * 86_400_000);
  const span = Math.floor((DAYS * 86_400_000) / files);
  const Records = [];
  for (let n = 0; n < count; n += 1) {
    // A few principals of an account make most calls.
    const one = () => random.below(PRINCIPALS / ACCOUNTS.length);
    const who = principal(Math.min(one(), one()) * ACCOUNTS.length + (file % ACCOUNTS.length));
    const time = end - 1000 - random.below(Math.max(1, span - 1000));
    const starts = random.below(100) < 4;
    const [service, name, details] = habit(random, who);
    const denied = random.below(100) < 3;
    const role = { ...principal(who.n - (who.n % 5) + 4), account: who.account };
    const said = starts ? assumeRole(random, who.user ? role : who, time) : details(random, who);
    Records.push({
      eventVersion: '1.11',
      userIdentity:
        starts && !who.user ? { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' } : identityOf(who, time),
      eventTime: iso(time),
      eventSource: `${starts ? 'sts' : service}.amazonaws.com`,
      eventName: starts ? 'AssumeRole' : name,
      awsRegion: region,
      sourceIPAddress: `203.0.113.${random.below(256)}`,
      userAgent: random.pick(AGENTS),
      ...(denied && {
        errorCode: service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied',
        errorMessage: `User: ${who.arn} is not authorized to perform: ${service}:${name} because no identity-based policy allows the action`,
      }),
      requestParameters: null,
      responseElements: null,
      ...said,
      ...(denied && { responseElements: null }),
      requestID: random.uuid(),
      eventID: random.uuid(),
      readOnly: /^(Get|Describe|List|Batch)/.test(name),
      eventType: 'AwsApiCall',
      managementEvent: said.managementEvent ?? true,
      recipientAccountId: account,
      eventCategory: said.eventCategory ?? 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
      },
    });
  }
  const stamp = iso(end).replace(/[-:]/g, '').slice(0, 13);
  const [year, month, day] = iso(end).slice(0, 10).split('-');
  return {
    path: `AWSLogs/${account}/CloudTrail/${region}/${year}/${month}/${day}/${account}_CloudTrail_${region}_${stamp}Z_${random.hex(16)}.json.gz`,
    contents: JSON.stringify({ Records }),
  };
}
