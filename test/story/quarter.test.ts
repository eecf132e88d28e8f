import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffLine, runDiff } from '../../src/commands/diff.js';
import type { ReportOptions, ReportResult } from '../../src/commands/report.js';
import { wholeReport } from '../support/report.js';
import { runVerify, type Finding } from '../../src/commands/verify.js';
import { ACCOUNT, credentialReport, details, trail } from './account.js';

/** Two quarters of one account: a review, decisions, what was done about them, and the review that proves it. */
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-story-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

const BUCKETS = ['s3:ListAllMyBuckets', 's3:CreateBucket', 's3:DeleteBucket'];
const Q2 = {
  ann: { may: BUCKETS, owner: 'ann@example.com' },
  bob: { may: BUCKETS },
  carl: { may: BUCKETS },
  dora: { may: BUCKETS },
  eve: { may: BUCKETS },
  fred: { may: BUCKETS },
  gus: { may: BUCKETS },
  hal: { may: BUCKETS },
  ian: { may: ['s3:ListAllMyBuckets'] },
  jane: { may: BUCKETS },
  kim: { may: BUCKETS },
};
const DECISIONS: Readonly<Record<string, string>> = {
  ...{ ann: 'keep', bob: 'revoke', carl: 'revoke', dora: 'Revoke', eve: 'modify', fred: 'modify' },
  ...{ gus: 'keep', hal: '', ian: 'keep', jane: 'revoke', kim: 'modify' },
};
/** bob is gone, dora too but re-created, eve lost two actions, ian became an administrator, jane lost all, kim gained. */
const Q3 = {
  ann: Q2.ann,
  carl: Q2.carl,
  dora: { ...Q2.dora, id: 'AIDADORA2' },
  eve: { may: ['s3:ListAllMyBuckets'] },
  fred: Q2.fred,
  gus: Q2.gus,
  hal: Q2.hal,
  ian: { ...Q2.ian, has: ['Everything'] as const },
  jane: {},
  kim: { may: [...BUCKETS, 's3:PutBucketPolicy'] },
  zoe: { has: ['Buckets'] as const },
};

async function report(quarter: string, options: Partial<ReportOptions> = {}): Promise<ReportResult> {
  return wholeReport({
    config: join(work, `${quarter}.yaml`),
    quarter,
    output: join(work, quarter),
    concurrency: 1,
    ...options,
  });
}
type Row = Readonly<Record<string, string>>;
const readCsv = (file: string): Row[] => {
  const rows: unknown = parse(readFileSync(join(work, file)), { columns: true, bom: true });
  return rows as Row[];
};
const by = (rows: readonly Row[], column: string): Record<string, string | undefined> =>
  Object.fromEntries(rows.map((row) => [row['principal_name'] ?? '', row[column]]));

/** As a German Excel saves it: semicolons, a byte order mark, columns moved, dates and account ids in its own form. */
function fillIn(file: string, target: string): void {
  const rows = readCsv(file).map((row) => ({
    ...row,
    account_id: '1,23457E+11',
    decision: DECISIONS[row['principal_name'] ?? ''] ?? '',
    reviewer: 'Ümit',
    reviewed_at: '05.07.2026',
    ticket: 'SEC-7; SEC-8',
  }));
  const columns = Object.keys(rows[0] ?? {}).reverse();
  writeFileSync(
    join(work, target),
    `\uFEFF${stringify(rows, { header: true, columns, delimiter: ';', record_delimiter: '\r\n' })}`,
  );
}

let q3: ReportResult;
beforeAll(async () => {
  mkdirSync(join(work, 'logs'));
  writeFileSync(
    join(work, 'logs/all.json'),
    trail({
      ann: ['2026-05-04', '2026-08-04'],
      ...Object.fromEntries(
        ['bob', 'carl', 'dora', 'eve', 'fred', 'gus'].map((name) => [name, ['2026-05-05']]),
      ),
      ian: ['2026-05-06', '2026-08-06'],
      kim: ['2026-08-07'],
    }),
  );
  for (const [quarter, people] of [
    ['2026-Q2', Q2],
    ['2026-Q3', Q3],
  ] as const) {
    writeFileSync(join(work, `${quarter}.json`), details(people));
    writeFileSync(join(work, `${quarter}.csv`), credentialReport(['ann', 'hal'], ['ian', 'carl']));
    writeFileSync(
      join(work, `${quarter}.yaml`),
      `accounts:
  - { name: demo, id: '${ACCOUNT}', iam: ${quarter}.json, credential_report: ${quarter}.csv, owner: platform, quiet: true }
files: { path: logs }
exemptions:
  - { id: EX-1, arn: '*/fred', owner: security, reason: until the move, expires: 2026-07-31 }
  - { id: EX-2, arn: '*/hal', owner: finance, reason: yearly close }
`,
    );
  }
  await report('2026-Q2');
  fillIn('2026-Q2/csv/access-review.csv', 'reviewed.csv');
  q3 = await report('2026-Q3', {
    previous: join(work, '2026-Q2'),
    decisions: join(work, 'reviewed.csv'),
    csvProfile: 'vanta',
  });
}, 120_000);

describe('the review of the first quarter', () => {
  it('says of each user whose it is and how it signs in', () => {
    const rows = readCsv('2026-Q2/csv/access-review.csv');
    expect(by(rows, 'owner')).toMatchObject({ ann: 'ann@example.com', bob: 'platform', hal: 'finance' });
    expect(by(rows, 'owner_source')).toMatchObject({
      ann: 'tag:Owner',
      bob: 'account',
      hal: 'exemption:EX-2',
    });
    expect(by(rows, 'human')).toMatchObject({ ann: 'yes', bob: 'unknown', ian: 'no' });
    expect(by(rows, 'console_access')).toMatchObject({ ann: 'yes', ian: 'no', bob: '' });
    expect(by(rows, 'mfa')).toMatchObject({ ann: 'yes', ian: 'no' });
    // From 2026-01-01 to the end of June.
    expect(by(rows, 'oldest_key_age_days')).toMatchObject({ ian: '181', ann: '', bob: '' });
    expect(new Set(rows.map((row) => row['change_since_last']))).toEqual(new Set(['']));
  });
});

describe('the review of the second quarter', () => {
  it('proves what was revoked and what was not', () => {
    const rows = readCsv('2026-Q3/csv/changes.csv');
    expect(by(rows, 'outcome')).toEqual({
      ...{ ann: 'kept', bob: 'revoked', carl: 'not-revoked', dora: 're-created', eve: 'narrowed' },
      ...{ fred: 'not-narrowed', gus: 'kept-idle', hal: 'undecided', ian: 'kept', jane: 'no-rights' },
      ...{ kim: 'widened', zoe: '' },
    });
    const sentences = by(rows, 'sentence');
    expect(sentences['carl']).toBe(
      'Revoke decided by Ümit on 2026-07-05: the user still exists, with 3 granted actions.',
    );
    expect(sentences['eve']).toContain(
      '2 actions were removed. No action that was unused in the last review',
    );
    expect(sentences['fred']).toContain('2 actions that were unused in the last review are still granted.');
  });

  it('says it in one line too', () => {
    expect(q3.sinceLast).toBe(
      'Since 2026-Q2: 2 new, 4 changed, 5 same, 2 gone; outcomes of decisions: 1 not-revoked, 1 re-created, 1 widened, 1 not-narrowed, 1 undecided, 1 kept-idle, 1 no-rights, 1 revoked, 1 narrowed, 2 kept',
    );
  });

  it('says which grants were added, and by which policy', () => {
    const lines = readFileSync(join(work, '2026-Q3/json/changes.ndjson'), 'utf8').trimEnd().split('\n');
    const changes = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const of = (name: string) => changes.find((change) => change['name'] === name);
    expect(of('kim')).toMatchObject({ added: [{ policies: ['own'], actions: ['s3:PutBucketPolicy'] }] });
    expect(of('eve')).toMatchObject({
      removed: ['s3:CreateBucket', 's3:DeleteBucket'],
      policies: { changed: ['own'] },
    });
    expect(of('ian')).toMatchObject({
      admin: { before: false, now: true },
      policies: { added: ['Everything'], removed: [], changed: [] },
    });
    expect((of('ian')?.['added'] as { policies: string[] }[]).map(({ policies }) => policies)).toEqual([
      ['Everything'],
    ]);
  });

  it('has the change in each row of the review; who is gone is in changes.csv only', () => {
    const rows = readCsv('2026-Q3/csv/access-review.csv');
    expect(by(rows, 'change_since_last')).toEqual({
      ...{ ann: 'same', carl: 'same', dora: 'new', eve: 'changed', fred: 'same', gus: 'same', hal: 'same' },
      ...{ ian: 'changed', jane: 'changed', kim: 'changed', zoe: 'new' },
    });
    expect(by(rows, 'previous_decision')).toMatchObject({ ann: 'keep', carl: 'revoke', hal: '', zoe: '' });
    expect(readCsv('2026-Q3/csv/population.csv')).toMatchObject([
      { principals_in_iam_file: '11', rows_reported: '11', difference: '0' },
    ]);
  });

  it('matches the schemas that lie beside it', () => {
    const read = (file: string): object =>
      JSON.parse(readFileSync(join(work, '2026-Q3', file), 'utf8')) as object;
    const lines = (file: string): unknown[] =>
      readFileSync(join(work, '2026-Q3', file), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    for (const [name, values] of [
      ['change', lines('json/changes.ndjson')],
      ['principal', lines(`json/${ACCOUNT}/principals.ndjson`)],
      ['catalog', [read('json/catalog.json')]],
      ['report', [read('json/report.json')]],
    ] as const) {
      const ajv = new Ajv2020({ strict: false });
      const validate = ajv.compile(read(`json/schema/${name}.schema.json`));
      for (const value of values)
        expect(validate(value), `${name}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
  });

  it('counts every principal of the last review once', () => {
    const changes = readCsv('2026-Q3/csv/changes.csv').map((row) => row['change_since_last']);
    const count = (kind: string) => changes.filter((change) => change === kind).length;
    expect(count('same') + count('changed') + count('gone') + count('not-reviewed')).toBe(11);
    expect(count('same') + count('changed') + count('new')).toBe(11);
  });

  it('shows it on a page of its own, in the navigation of every page', () => {
    const page = readFileSync(join(work, '2026-Q3/changes.html'), 'utf8');
    expect(page).toContain('Revoke decided, still present');
    expect(page).toContain('aria-current="page">Changes');
    expect(readFileSync(join(work, '2026-Q3/index.html'), 'utf8')).toContain('href="changes.html"');
    const carl = readFileSync(join(work, `2026-Q3/accounts/${ACCOUNT}/users/AIDACARL.html`), 'utf8');
    expect(carl).toContain('the user still exists');
  });

  it('has findings for a pipeline, those of exempted principals suppressed', () => {
    expect(q3.findings).toEqual({
      // carl, dora, eve, fred, gus, jane, zoe; hal is exempted.
      ...{ inactive: 7, 'unused-admin': 1, 'new-admin': 1, incomplete: 0, 'expired-exemption': 1 },
    });
    const sarif = JSON.parse(readFileSync(join(work, '2026-Q3/json/findings.sarif'), 'utf8')) as {
      runs: { results: { ruleId: string; suppressions?: unknown[]; message: { text: string } }[] }[];
    };
    const results = sarif.runs[0]?.results ?? [];
    expect(
      results.filter(({ suppressions }) => suppressions !== undefined).map(({ ruleId }) => ruleId),
    ).toEqual(['inactive']);
    expect(q3.totals.warnings[0]).toContain('Exemption EX-1 of security expired on 2026-07-31');
  });

  it('has the list that the named tool imports', () => {
    const rows = readCsv('2026-Q3/csv/access-review.vanta.csv');
    expect(rows).toHaveLength(11);
    expect(rows[0]).toEqual({
      'Account name': 'demo/ann',
      'Account owner': 'ann@example.com',
      Role: 'own',
      Status: 'Active',
    });
  });

  it('diff finds the same changes in the two reports alone', async () => {
    const { changes } = await runDiff(join(work, '2026-Q2'), join(work, '2026-Q3'));
    expect(
      Object.fromEntries(changes.map(({ principal, change }) => [`${principal.name} ${change}`, 1])),
    ).toEqual(
      Object.fromEntries(
        readCsv('2026-Q3/csv/changes.csv').map((row) => [
          `${row['principal_name'] ?? ''} ${row['change_since_last'] ?? ''}`,
          1,
        ]),
      ),
    );
    const kim = changes.find(({ principal }) => principal.name === 'kim');
    expect(kim === undefined ? '' : diffLine(kim)).toContain('"actions":["s3:PutBucketPolicy"]');
    const same = await runDiff(join(work, '2026-Q3'), join(work, '2026-Q3'));
    expect(new Set(same.changes.map(({ change }) => change))).toEqual(new Set(['same']));
  });

  it('verifies as it was written; one flipped bit is named', async () => {
    const verified = async (name: string): Promise<readonly Finding[]> =>
      (await runVerify({ folder: join(work, name), onProgress: () => undefined })).findings;
    expect(await verified('2026-Q3')).toEqual([]);
    cpSync(join(work, '2026-Q3'), join(work, 'flipped'), { recursive: true });
    const file = join(work, 'flipped', 'csv', 'changes.csv');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await verified('flipped')).toMatchObject([{ kind: 'changed', path: 'csv/changes.csv' }]);
  });
});

describe('mistakes', () => {
  const loop = { previous: join(work, '2026-Q2'), output: join(work, 'never') };

  it('names the rows of decisions that cannot be used, and writes nothing', async () => {
    const [first, ...rest] = readFileSync(join(work, '2026-Q2/csv/access-review.csv'), 'utf8').split('\r\n');
    const bad = rest.map((line, i) =>
      i === 0
        ? line.replace(/,,,,,,$/, ',,perhaps,,,,')
        : i === 1
          ? line.replaceAll('AIDABOB', 'AIDANOBODY')
          : line,
    );
    writeFileSync(join(work, 'bad.csv'), [first, ...bad].join('\r\n'));
    await expect(report('2026-Q3', { ...loop, decisions: join(work, 'bad.csv') })).rejects.toThrow(
      /bad\.csv:2: decision "perhaps" is not one of keep, revoke, modify, abstain\n.*bad\.csv:3: .*not in review 2026-Q2/,
    );
  });

  it('refuses decisions on another review, a changed report, and one without actions', async () => {
    const filled = readFileSync(join(work, 'reviewed.csv'), 'utf8').replaceAll('2026-Q2/', '2025-Q2/');
    writeFileSync(join(work, 'other.csv'), filled);
    await expect(report('2026-Q3', { ...loop, decisions: join(work, 'other.csv') })).rejects.toThrow(
      /to review 2025-Q2, not 2026-Q2/,
    );
    await expect(
      report('2026-Q3', { output: loop.output, decisions: join(work, 'reviewed.csv') }),
    ).rejects.toThrow(/requires --previous/);
    await report('2026-Q2', { output: join(work, 'services'), detail: 'services' });
    await expect(report('2026-Q3', { ...loop, previous: join(work, 'services') })).rejects.toThrow(
      /--detail services/,
    );
    const lines = join(work, `services/json/${ACCOUNT}/principals.ndjson`);
    writeFileSync(lines, readFileSync(join(work, `2026-Q2/json/${ACCOUNT}/principals.ndjson`)));
    await expect(runDiff(join(work, 'services'), join(work, '2026-Q3'))).rejects.toThrow(/another SHA-256/);
  });
});
