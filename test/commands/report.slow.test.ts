import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReportOptions, ReportResult } from '../../src/commands/report.js';
import { wholeReport } from '../support/report.js';
import { checkReport } from '../support/check-report.js';

const DEMO = resolve('data/demo');
const SHARED = resolve('../shared/data');
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-report-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

async function run(output: string, options: Partial<ReportOptions> = {}): Promise<ReportResult> {
  const result = await wholeReport({
    config: join(DEMO, 'config.yaml'),
    output: join(work, output),
    ...options,
    ...(options.start === undefined ? { quarter: '2026-Q3' } : {}),
  });
  await checkReport(join(work, output));
  return result;
}

function filesOf(output: string): Map<string, string> {
  const root = join(work, output);
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  return new Map(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  );
}

describe('the demo', () => {
  test('gives the golden report', async () => {
    await run('golden');
    for (const file of [
      'csv/access-review.csv',
      'csv/assumptions.csv',
      'csv/population.csv',
      'json/report.json',
    ]) {
      await expect(readFileSync(join(work, 'golden', file), 'utf8')).toMatchFileSnapshot(
        join(import.meta.dirname, '../golden/demo', file),
      );
    }
  });

  test('gives the same bytes again, whatever the concurrency, but for the manifest’s run', async () => {
    const result = await run('again', { concurrency: 1 });
    expect(result.incomplete).toBe(false);
    const [first, second] = [filesOf('golden'), filesOf('again')];
    expect([...first.keys()]).toEqual([...second.keys()]);
    const differing = [...first].filter(([name, hash]) => second.get(name) !== hash).map(([name]) => name);
    expect(differing).toEqual(['SHA256SUMS', 'manifest.json']);
    const manifest = (output: string): object => ({
      ...(JSON.parse(readFileSync(join(work, output, 'manifest.json'), 'utf8')) as object),
      run: null,
    });
    expect(manifest('golden')).toEqual(manifest('again'));
  });

  test('lists every file but itself in SHA256SUMS, with its hash', () => {
    const sums = readFileSync(join(work, 'golden/SHA256SUMS'), 'utf8').trimEnd().split('\n');
    const listed = new Map(sums.map((line) => [line.slice(66), line.slice(0, 64)]));
    const actual = filesOf('golden');
    actual.delete('SHA256SUMS');
    expect(listed).toEqual(actual);
  });

  test('with --detail services leaves out the per-action lists', async () => {
    await run('services', { detail: 'services', accounts: ['backup'] });
    const names = [...filesOf('services').keys()];
    expect(names.filter((name) => name.startsWith('csv/privileges'))).toEqual([]);
    const line = readFileSync(join(work, 'services/json/210987654321/principals.ndjson'), 'utf8').split(
      '\n',
    )[0];
    expect(JSON.parse(line ?? '')).not.toHaveProperty('unused');
  });
});

describe('bad input', () => {
  const iam = readFileSync(join(DEMO, 'iam/backup.json'), 'utf8');
  const config = (name: string, text: string): string => {
    const folder = join(work, name);
    mkdirSync(join(folder, 'logs'), { recursive: true });
    writeFileSync(join(folder, 'iam.json'), iam);
    writeFileSync(join(folder, 'logs/a.json'), '{"Records":[]}');
    writeFileSync(join(folder, 'config.yaml'), text);
    return join(folder, 'config.yaml');
  };
  const account = 'accounts: [{ name: backup, id: "210987654321", iam: iam.json }]\n';

  test.each([
    ['empty-file', '', /empty/],
    ['unknown-key', `${account}files: { path: logs }\nconcurency: 3\n`, /concurency/],
    ['no-source', account, /files/],
    [
      'no-iam',
      'accounts: [{ name: a, id: "210987654321", iam: gone.json }]\nfiles: { path: logs }\n',
      /gone\.json/,
    ],
    [
      'wrong-account',
      'accounts: [{ name: a, id: "000000000001", iam: iam.json }]\nfiles: { path: logs }\n',
      /210987654321/,
    ],
    [
      'not-iam',
      'accounts: [{ name: a, id: "210987654321", iam: logs/a.json }]\nfiles: { path: logs }\n',
      /get-account-authorization-details/,
    ],
    ['no-logs', `${account}files: { path: gone }\n`, /gone/],
    [
      'unreachable',
      `${account}elasticsearch: { host: 127.0.0.1, port: 9, index: cloudtrail }\n`,
      /127\.0\.0\.1:9/,
    ],
  ])('%s: says what is wrong and leaves nothing behind', async (name, text, message) => {
    await expect(run(`${name}/out`, { config: config(name, text) })).rejects.toThrow(message);
    expect(readdirSync(join(work, name)).sort()).toEqual(['config.yaml', 'iam.json', 'logs']);
  });

  test('an existing folder is not overwritten, an earlier report only with --force', async () => {
    const existing = join(work, 'precious');
    mkdirSync(existing);
    writeFileSync(join(existing, 'thesis.txt'), 'x');
    await expect(run('precious', { force: true })).rejects.toThrow(/does not contain a CloudTracker report/);
    await expect(run('golden')).rejects.toThrow(/--force/);
    const before = filesOf('golden');
    const times = (): Map<string, bigint> =>
      new Map(
        [...before.keys()].map((name) => [
          name,
          statSync(join(work, 'golden', name), { bigint: true }).mtimeNs / 1000n,
        ]),
      );
    const earlier = times();
    await run('golden', { force: true });
    expect([...filesOf('golden').keys()]).toEqual([...before.keys()]);
    const later = times();
    // To the microsecond, which is what Node can set.
    const moved = [...earlier].filter(([name, time]) => time !== later.get(name));
    expect(moved.map(([name]) => name)).toEqual(['SHA256SUMS', 'manifest.json']);
  });

  test('a corrupt log file makes its account’s principals incomplete, and is named', async () => {
    const folder = join(work, 'corrupt');
    cpSync(DEMO, folder, { recursive: true });
    const logs = join(folder, 'logs');
    const victim = readdirSync(logs, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.includes('210987654321') && file.endsWith('.gz'))
      .sort()[0];
    if (victim === undefined) throw new Error('no log file of the account');
    const bytes = readFileSync(join(logs, victim));
    writeFileSync(join(logs, victim), bytes.subarray(0, bytes.length / 2));
    const { totals, incomplete } = await run('corrupt-out', { config: join(folder, 'config.yaml') });
    expect(incomplete).toBe(true);
    expect(totals.warnings.join('\n')).toContain(victim);
    const byAccount = totals.accounts.map(({ name, counts }) => [name, counts.incomplete, counts.principals]);
    expect(byAccount).toEqual([
      ['demo', 0, 13],
      ['backup', 5, 5],
      ['staging', 0, 4],
    ]);
    expect(
      new Set(totals.summaries.filter((s) => s.accountName === 'backup').map((s) => s.decision)),
    ).toEqual(new Set(['investigate']));
  });

  test('an empty period is refused', async () => {
    await expect(run('empty', { start: '2026-09-02', end: '2026-09-01' })).rejects.toThrow();
  });
});

test.skipIf(!existsSync(SHARED))(
  'real records against real authorization details of another account',
  async () => {
    const folder = join(work, 'real');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'config.yaml'),
      `accounts:
  - { name: example, id: '200611803367', iam: ${SHARED}/cloudsplaining-example/authorization-details.json }
  - { name: trail, id: '123837392027', iam: iam.json }
  - { name: mapper, id: '123456789012', iam: ${SHARED}/cloudmapper-demo/authorization-details.json }
files: { path: ${SHARED}/stratus-trail }
`,
    );
    writeFileSync(
      join(folder, 'iam.json'),
      JSON.stringify({
        UserDetailList: [
          {
            UserName: 'benjamin',
            UserId: 'AIDATFQR7NSC5U6Q3TMDR',
            Arn: 'arn:aws:iam::123837392027:user/benjamin',
            Path: '/',
          },
        ],
        GroupDetailList: [],
        RoleDetailList: [],
        Policies: [],
      }),
    );
    const { totals } = await run('real/out', {
      config: join(folder, 'config.yaml'),
      start: '2023-07-01',
      end: '2023-07-31',
    });
    expect(totals.accounts.map(({ id, counts }) => [id, counts.principals])).toEqual([
      ['123456789012', 6],
      ['123837392027', 1],
      ['200611803367', 122],
    ]);
    expect(totals.accounts[1]?.trailOnly.some(({ kind }) => kind === 'deleted')).toBe(true);
    const unmapped = totals.mapping.unmapped.map(({ eventName }) => eventName);
    expect(unmapped).toEqual(['GetStorageLensDashboardDataInternal']);
    const limits = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8');
    for (const name of unmapped) expect(limits, 'explained').toContain(name);
  },
);
