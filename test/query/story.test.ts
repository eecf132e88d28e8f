import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runQuery, type QueryOptions } from '../../src/commands/query/run.js';

/** The examples of the original's documentation, asked of the demo. */
const config = fileURLToPath(new URL('../../data/demo/config.yaml', import.meta.url));

async function ask(
  flags: Partial<QueryOptions>,
): Promise<{ lines: string[]; warnings: string[]; code: number }> {
  const lines: string[] = [];
  const warnings: string[] = [];
  const code = await runQuery({
    config,
    account: 'demo',
    start: '2026-07-01',
    end: '2026-09-30',
    write: (line) => lines.push(typeof line === 'string' ? line : line.text),
    warn: (line) => warnings.push(line),
    ...flags,
  });
  return { lines, warnings, code };
}
const actionsWith = (mark: string, lines: readonly string[]): string[] =>
  lines.slice(1).filter((line) => line.startsWith(`${mark} `));

describe('--list', () => {
  it('marks the users that did nothing', async () => {
    const { lines, warnings, code } = await ask({ list: 'users' });
    expect(lines).toEqual(['  alice', '- bob', '  charlie', '  dana', '  erin', '  frank']);
    expect(warnings).toEqual([]);
    expect(code).toBe(0);
  });

  it('lists roles, service-linked ones too', async () => {
    const { lines } = await ask({ list: 'roles' });
    expect(lines).toEqual([
      '  AWSReservedSSO_PowerUserAccess_4f1c9a7be2d05836',
      '  AWSServiceRoleForAutoScaling',
      '  admin',
      '  github-deploy',
      '- legacy-reporting',
      '  orders-function',
      '  web-server',
    ]);
  });

  it('takes the account by its id, and tells accounts apart where names are the same', async () => {
    const { lines } = await ask({ account: '210987654321', list: 'roles', end: '2026-07-20' });
    expect(lines).toEqual(['- admin', '  backup-runner', '- nightly-export', '- vault-auditor']);
  });
});

describe('--user', () => {
  it('shows that alice created a bucket, which she may not do now', async () => {
    const { lines } = await ask({ user: 'alice' });
    expect(lines[0]).toBe('Getting info on alice, user created 2017-09-02T18:02:14Z');
    expect(actionsWith('+', lines)).toEqual(['+ s3:createbucket']);
    expect(lines).toContain('  sts:assumerole');
    expect(lines).toContain('  s3:listallmybuckets');
    expect(lines).toContain('- redshift:describeclusters');
    expect(lines.join('\n')).not.toContain('getcalleridentity');
    const actions = lines.slice(1).map((line) => line.slice(2));
    expect(actions).toEqual([...actions].sort());
  });

  it('finds no CreateBucket of alice after she lost it: a denied call is no use', async () => {
    const { lines } = await ask({ user: 'alice', start: '2026-07-20' });
    expect(lines.join('\n')).not.toContain('s3:createbucket');
  });

  it('counts the last day, as the original meant it', async () => {
    const on = await ask({ user: 'alice', start: '2026-07-06', end: '2026-07-06' });
    expect(on.lines).toContain('+ s3:createbucket');
    const before = await ask({ user: 'alice', start: '2026-07-01', end: '2026-07-05' });
    expect(before.lines).not.toContain('+ s3:createbucket');
  });

  it('shows only what was used with --show-used', async () => {
    const { lines } = await ask({ user: 'alice', showUsed: true });
    expect(actionsWith('-', lines)).toEqual([]);
    expect(actionsWith('?', lines)).toEqual([]);
    expect(lines).toContain('+ s3:createbucket');
  });

  it('hides list and describe with --ignore-benign', async () => {
    const { lines } = await ask({ user: 'alice', ignoreBenign: true });
    expect(lines.filter((line) => /:(list|describe)/.test(line))).toEqual([]);
    expect(lines).toContain('+ s3:createbucket');
  });

  it('hides unknown ones with --ignore-unknown', async () => {
    const all = await ask({ user: 'dana' });
    expect(actionsWith('?', all.lines).length).toBeGreaterThan(0);
    const fewer = await ask({ user: 'dana', ignoreUnknown: true });
    expect(actionsWith('?', fewer.lines)).toEqual([]);
  });

  it('credits what a group grants', async () => {
    const { lines } = await ask({ user: 'dana' });
    expect(lines).toContain('  s3:getobject');
    expect(lines).toContain('- s3:deleteobject'); // S3 data events are logged in this account.
    expect(lines).not.toContain('- dynamodb:deletetable'); // Denied on everything.
  });

  it('does not credit erin with what an earlier erin did', async () => {
    const { lines } = await ask({ user: 'erin', end: '2026-08-11' });
    expect(lines.filter((line) => /^[ +] /.test(line))).toEqual([]);
  });

  it('knows that bob did nothing', async () => {
    const { lines } = await ask({ user: 'bob', showUsed: true });
    expect(lines).toEqual(['Getting info on bob, user created 2018-03-14T09:20:41Z']);
  });

  it('grants frank no more than his boundary', async () => {
    const { lines } = await ask({ user: 'frank' });
    expect(lines).toContain('  ec2:describeinstances');
    expect(lines.join('\n')).not.toContain('rds:');
  });
});

describe('--role and --destrole', () => {
  it('shows what was done in a role by all who used it', async () => {
    const { lines } = await ask({ role: 'admin', showUsed: true });
    expect(lines).toEqual([
      'Getting info for role admin',
      '  iam:createuser',
      '  s3:createbucket',
      '  sts:assumerole',
    ]);
  });

  it('tells alice and charlie apart in the role that they share', async () => {
    const alice = await ask({ user: 'alice', destrole: 'admin', showUsed: true });
    expect(alice.lines).toEqual([
      'Getting info on alice, user created 2017-09-02T18:02:14Z',
      'Getting info for AssumeRole into admin',
      '  iam:createuser',
      '  s3:createbucket',
    ]);
    const charlie = await ask({ user: 'charlie', destrole: 'admin', showUsed: true, end: '2026-09-20' });
    expect(charlie.lines.slice(2)).toEqual(['  s3:createbucket']);
  });

  it('shows the privileges of the role, not of the user', async () => {
    const { lines } = await ask({ user: 'charlie', destrole: 'admin' });
    expect(lines).toContain('- iam:createuser');
    expect(lines.length).toBeGreaterThan(10_000);
  });

  it('follows charlie into another account', async () => {
    const { lines } = await ask({
      user: 'charlie',
      destrole: 'admin',
      destaccount: 'backup',
      showUsed: true,
    });
    expect(lines).toEqual([
      'Getting info on charlie, user created 2019-11-21T15:47:03Z',
      'Getting info for AssumeRole into admin',
      '  backup:listbackupvaults',
      '  backup:listrecoverypointsbybackupvault',
      '  backup:startrestorejob',
    ]);
  });

  it('follows one role into the next', async () => {
    const { lines } = await ask({
      role: 'admin',
      destrole: 'deploy',
      destaccount: 'staging',
      showUsed: true,
    });
    expect(lines).toEqual([
      'Getting info for role admin',
      'Getting info for AssumeRole into deploy',
      '  cloudformation:describestacks',
      '  cloudformation:updatestack',
    ]);
  });
});

describe('mistakes', () => {
  it('says that the file may be stale, and which name is close', async () => {
    await expect(ask({ user: 'alise' })).rejects.toThrow(
      /no user "alise".*Did you mean alice\?.*export the file again/s,
    );
    await expect(ask({ role: 'no-such-role' })).rejects.toThrow(
      /no role .*get-account-authorization-details/s,
    );
  });

  it('lists the accounts when one is missing or not known', async () => {
    await expect(ask({ user: 'alice', account: 'prod' })).rejects.toThrow(/"prod".*demo \(123456789012\)/);
  });

  it('warns of a period without events', async () => {
    const { lines, warnings, code } = await ask({ list: 'users', start: '2025-01-01', end: '2025-01-31' });
    expect(lines[0]).toBe('? alice');
    expect(code).toBe(2);
    expect(warnings.join('\n')).toContain('no event of account demo');
  });
});
