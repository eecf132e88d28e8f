import { habits, mishaps } from './habits.mjs';
import { people as p } from './people.mjs';
import { stream } from './random.mjs';
import { AGENTS, after, isDataEvent } from './records.mjs';

const FIRST_DAY = Date.UTC(2026, 6, 1);
const DAYS = 92;

/** Days of the quarter, `{day: 'YYYY-MM-DD', weekend, number}`. */
const calendar = Array.from({ length: DAYS }, (_, number) => {
  const date = new Date(FIRST_DAY + number * 86_400_000);
  return { number, day: date.toISOString().slice(0, 10), weekend: [0, 6].includes(date.getUTCDay()) };
});

function time(random, /** @type {string} */ day, from = 7, to = 17) {
  const part = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${day}T${part(random.between(from, to))}:${part(random.between(0, 59))}:${part(random.between(0, 59))}Z`;
}

/** Makes `count` calls after `start`; some of them fail. */
function work(trail, random, caller, start, habit, count, { dataEvents = true } = {}) {
  const recorded = (/** @type {[string, unknown]} */ [name]) => dataEvents || !isDataEvent(name);
  const failures = mishaps[habit].filter(recorded);
  const names = Object.entries(habits[habit])
    .filter(recorded)
    .flatMap(([name, weight]) => Array.from({ length: weight }, () => name));
  let moment = start;
  for (let i = 0; i < count; i += 1) {
    moment = after(moment, random.between(2, 240));
    if (random.next() < 0.03) {
      const [name, code] = random.pick(failures);
      const who = caller.identity.arn;
      const message =
        code === 'AccessDenied' ? `User: ${who} is not authorized to perform this action` : code;
      trail.call(caller, moment, name, { error: [code, message] });
    } else {
      const name = random.pick(names);
      trail.call(caller, moment, name, { request: request(name) });
    }
  }
}

/** Parameters that a reader of the logs would look at first. @param {string} name */
function request(name) {
  if (/^s3:.*Object/.test(name)) return { bucketName: 'example-shop-assets', key: 'img/logo.svg' };
  if (name.startsWith('s3:GetBucket')) return { bucketName: 'example-shop-assets' };
  if (name.startsWith('dynamodb:') && !name.endsWith('ListTables')) return { tableName: 'orders' };
  if (name.startsWith('lambda:') && !name.includes('List')) return { functionName: 'orders' };
  return null;
}

/** @param {import('./records.mjs').Trail} trail */
export function everydayLife(trail) {
  const alice = trail.user(p.alice, '203.0.113.24');
  const charlie = trail.user(p.charlie, '198.51.100.77');
  const dana = trail.user(p.dana, '203.0.113.31');
  const erin = trail.user(p.erin, '203.0.113.32');
  const frank = trail.user(p.frank, '192.0.2.140');
  const onWorkdays = (
    /** @type {string} */ seed,
    /** @type {number} */ chance,
    /** @type {Function} */ act,
  ) => {
    const random = stream(seed);
    for (const day of calendar) if (!day.weekend && random.next() < chance) act(random, day);
  };

  onWorkdays('alice', 0.7, (random, { day }) => {
    const start = time(random, day, 7, 12);
    if (random.next() < 0.3) {
      trail.signIn(alice.identity, alice.account, start, alice.ip);
    }
    work(trail, random, alice, start, 'audit', random.between(4, 22));
  });
  onWorkdays('charlie', 0.35, (random, { day }) => {
    work(trail, random, charlie, time(random, day), 'platform', random.between(2, 8));
  });
  onWorkdays('dana', 0.75, (random, { day, number }) => {
    if (number > 46 && number < 62) return; // On vacation.
    work(trail, random, dana, time(random, day), 'developer', random.between(3, 16));
  });
  onWorkdays('erin', 0.7, (random, { day }) => {
    if (day > '2026-08-11') work(trail, random, erin, time(random, day), 'developer', random.between(3, 12));
  });
  onWorkdays('frank', 0.25, (random, { day }) => {
    work(trail, random, frank, time(random, day, 9, 15), 'contractor', random.between(3, 9));
  });
  onWorkdays('sso', 0.8, (random, { day }) => {
    const email = random.pick(['grace@example.com', 'grace@example.com', 'heidi@example.com']);
    const start = time(random, day, 8, 14);
    const session = trail.assumeBySso(
      start,
      p.powerUser,
      email,
      email.startsWith('grace') ? '203.0.113.40' : '203.0.113.41',
    );
    work(trail, random, session, start, 'poweruser', random.between(4, 14));
  });
  onWorkdays('sso staging', 0.5, (random, { day }) => {
    const start = time(random, day, 8, 14);
    const session = trail.assumeBySso(start, p.stagingDeveloper, 'dana@example.com', '203.0.113.31');
    work(trail, random, session, start, 'developer', random.between(3, 10), { dataEvents: false });
  });
  onWorkdays('github', 0.6, (random, { day, number }) => deployments(trail, random, day, number));
  machines(trail);
}

/** A push to main: the job deploys the shop, then deploys to staging in a second session. */
function deployments(trail, random, day, number) {
  const start = time(random, day, 9, 15);
  const subject =
    random.next() < 0.8 ? 'repo:example/shop:ref:refs/heads/main' : 'repo:example/shop:pull_request';
  const job = trail.assumeByGithub(start, p.githubDeploy, subject, `shop-${4200 + number}`, '192.0.2.200');
  if (random.next() < 0.6) {
    const staging = trail.assume(job, after(start, 20), p.deploy, `shop-${4200 + number}`);
    work(trail, random, staging, after(start, 30), 'deployment', random.between(3, 8), { dataEvents: false });
  }
  work(trail, random, job, after(start, 900), 'deployment', random.between(4, 10));
}

function machines(trail) {
  const random = stream('machines');
  const lambda = { ip: '192.0.2.30', agent: AGENTS.sdk };
  for (const { day, number, weekend } of calendar) {
    const hosts = [
      [p.webServer, 'i-0a1b2c3d4e5f60718', true],
      [p.stagingWeb, 'i-0f9e8d7c6b5a41302', false],
    ];
    for (const [role, instance, dataEvents] of hosts) {
      if (!dataEvents && weekend) continue; // Staging is switched off.
      const from = { ip: dataEvents ? '192.0.2.20' : '192.0.2.21', agent: AGENTS.agent };
      const session = trail.assumeByService('ec2', `${day}T05:02:11Z`, role, instance, from);
      const start = time(random, day, 5, 20);
      work(trail, random, session, start, 'server', random.between(4, 9), { dataEvents });
    }
    const start = time(random, day, 6, 20);
    const orders = trail.assumeByService('lambda', start, p.orders, 'orders', lambda);
    trail.call(orders, after(start, 2), 'logs:CreateLogStream', {
      request: { logGroupName: '/aws/lambda/orders' },
    });
    if (number % 30 === 4)
      trail.call(orders, after(start, 60), 'dynamodb:DescribeTable', { request: { tableName: 'orders' } });

    const runner = trail.assumeByService('backup', `${day}T02:00:04Z`, p.backupRunner, 'AWSBackup', {
      ip: 'backup.amazonaws.com',
      agent: 'backup.amazonaws.com',
    });
    runner.identity.invokedBy = 'backup.amazonaws.com';
    work(trail, random, runner, `${day}T02:01:00Z`, 'backups', random.between(2, 5));

    if (number % 5 === 0) {
      const scaling = trail.assumeByService('autoscaling', `${day}T03:00:00Z`, p.autoScaling, 'AutoScaling', {
        ip: 'autoscaling.amazonaws.com',
        agent: 'autoscaling.amazonaws.com',
      });
      scaling.identity.invokedBy = 'autoscaling.amazonaws.com';
      trail.call(scaling, `${day}T03:00:05Z`, 'ec2:RunInstances');
      trail.call(scaling, `${day}T03:01:15Z`, 'elasticloadbalancing:RegisterTargets');
      trail.call(scaling, `${day}T19:00:15Z`, 'ec2:TerminateInstances');
    }
  }
}
