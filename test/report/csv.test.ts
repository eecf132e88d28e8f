import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN, type Cell } from '../../src/report/csv/cells.js';
import { ACCESS_REVIEW } from '../../src/report/csv/tables/access-review.js';
import { createCsvWriter } from '../../src/report/csv/writer.js';
import { createPoliciesWriter } from '../../src/report/policies/writer.js';
import { ACCOUNT, principal, role, write } from './sample.js';

type Row = Readonly<Record<string, string>>;
const read = (text: string | undefined): Row[] => {
  const rows: unknown = parse(text ?? '', { columns: true, record_delimiter: '\r\n' });
  return rows as Row[];
};
const csvLine = (cells: readonly Cell[]): string => PLAIN.lines([cells]);
const cell = (value: string | readonly string[]): string => {
  const rows: unknown = parse(csvLine([value]), { record_delimiter: '\r\n' });
  return (rows as string[][])[0]?.[0] ?? '';
};

describe('cells', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\n=x', '＝1', '＋1', '－1', '＠x'])(
    'makes %j text',
    (text) => {
      expect(cell(text)).toBe(`'${text}`);
    },
  );

  it.each(['a,b', 'a"b', 'a\r\nb', "'x", ' =x', 'x=1', 'ü€😀', '__proto__'])('keeps %j', (text) => {
    expect(cell(text)).toBe(text);
  });

  it('quotes a lone line end too, which some readers take for the end of a row', () => {
    expect(csvLine(['a\nb', 'c\rd', 'e'])).toBe('"a\nb","c\rd",e\r\n');
  });

  it('any text is read back, after its apostrophe', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', ',', ';', '\r', '\n', ' ', '=', '+', "'", 'ü'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (cells) => {
        const read: unknown = parse(csvLine(cells), { record_delimiter: '\r\n', relax_column_count: true });
        expect(
          (read as string[][])[0]?.map((value, i) => value.slice(value.length - (cells[i] ?? '').length)),
        ).toEqual(cells);
      }),
    );
  });

  it('holds no more than a spreadsheet does', () => {
    const list = Array.from({ length: 5000 }, (_, i) => `action-${i}`);
    const kept = cell(list);
    expect(kept.length).toBeLessThanOrEqual(32_767);
    const more = Number(/… \(\+(\d+) more\)$/.exec(kept)?.[1]);
    expect(kept.split('; ').length - 1 + more).toBe(5000);
    expect(cell(list.slice(0, 3))).toBe('action-0; action-1; action-2');
    for (const text of ['x'.repeat(40_000), `=${'x'.repeat(32_766)}`, '😀'.repeat(20_000)]) {
      expect(cell(text).length).toBeLessThanOrEqual(32_767);
      expect(cell(text)).not.toContain('\uFFFD');
    }
  });

  it('writes numbers as they are, yes and no, and nothing', () => {
    expect(csvLine([-1, 0, true, false, null, []])).toBe('-1,0,yes,no,,\r\n');
  });
});

describe('the files', () => {
  it('access-review.csv: one row per principal, all columns in order', async () => {
    const text = (await write(createCsvWriter({ detail: 'full' }))).get('csv/access-review.csv') ?? '';
    expect(text.split('\r\n')[0]?.split(',')).toEqual(ACCESS_REVIEW.columns.map(([name]) => name));
    const [first, second, ...rest] = read(text);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ data_completeness: 'incomplete', last_activity_at: '', days_idle: '' });
    expect(first?.trusted_by).toBe(
      `arn:aws:iam::210987654321:root; everyone except arn:aws:iam::${ACCOUNT}:user/alice; arn:aws:iam::${ACCOUNT}:user/alice`,
    );
    expect(second).toMatchObject({
      account_id: ACCOUNT,
      account_name: "'=demo",
      groups: `'+group; b,"c"\r\nd`,
      policies_attached: "'@p",
      admin: 'yes',
      days_idle: '60',
      assumed_by_count: '1',
      risk_tags: 'admin; privilege-escalation; unused:privilege-escalation; data-exfiltration',
      trusted_by: '',
      suggestion_reason: "'-2 of 5",
      data_completeness: 'complete',
      report_link: `accounts/${ACCOUNT}/users/AIDAALICE.html`,
      decision: '',
    });
  });

  it('privileges: one row per action and status, sorted; a file for every account', async () => {
    const files = await write(createCsvWriter({ detail: 'full' }), [principal()]);
    const rows = read(files.get(`csv/privileges/${ACCOUNT}.csv`));
    expect(rows.map((row) => `${row.action} ${row.status} ${row.count} ${row.granted_by}`)).toEqual([
      'ec2:Unseen unknown 0 ',
      'iam:ListUsers ungranted 2 ',
      "s3:CreateBucket unused 0 '@p; q",
      "s3:DeleteBucket unused 0 '@p; q",
      "s3:GetObject unknown 0 '@p; q",
      "s3:ListBucket used 7 '@p; q",
    ]);
    expect(read(files.get('csv/privileges/210987654321.csv'))).toEqual([]);
  });

  it('--detail services leaves the privileges out', async () => {
    const files = await write(createCsvWriter({ detail: 'services' }));
    expect([...files.keys()].filter((path) => path.includes('privileges'))).toEqual([]);
    expect(read(files.get('csv/services.csv'))[0]).toMatchObject({
      service: 's3',
      used_actions: 's3:ListBucket',
    });
  });

  it('an administrator has all rows', async () => {
    const unused = Array.from({ length: 1203 }, (_, i) => `x:A${String(i).padStart(5, '0')}`);
    const files = await write(createCsvWriter({ detail: 'full' }), [
      principal({ used: [], ungranted: [], unknown: [], unused }),
    ]);
    expect(read(files.get(`csv/privileges/${ACCOUNT}.csv`)).map((row) => row.action)).toEqual(unused);
  });

  it('suggestions.csv names policy files that are there', async () => {
    const rows = read((await write(createCsvWriter({ detail: 'full' }))).get('csv/suggestions.csv'));
    const policies = await write(createPoliciesWriter());
    expect(
      rows.map((row) => `${row.decision} ${row.variant} ${row.actions_removed} ${row.policy_file}`),
    ).toEqual([
      'remove  5 ',
      `reduce cautious 2 policies/${ACCOUNT}/AIDAALICE.json`,
      `reduce cautious 2 policies/${ACCOUNT}/AIDAALICE.cautious-2.json`,
      `reduce strict 4 policies/${ACCOUNT}/AIDAALICE.strict-1.json`,
      `reduce observed 4 policies/${ACCOUNT}/AIDAALICE.observed-1.json`,
      'reduce  1 ',
    ]);
    expect(rows.map((row) => [row.change, row.target, row.sentence].join())).toEqual([
      ',,',
      ...Array.from({ length: 2 }, () => 'replace-policies,,Replace the policies.'),
      'replace-policies,,Alternative: the strict form allows only what was used.',
      'replace-policies,,Alternative: the observed form allows only what was used, on the resources it was used on.',
      "leave-group,'+group,'=Leave the group.",
    ]);
    expect([...policies.keys()].sort()).toEqual(rows.flatMap((row) => row.policy_file || []).sort());
    const document: unknown = JSON.parse(policies.get(`policies/${ACCOUNT}/AIDAALICE.json`) ?? '');
    expect(document).toEqual(principal().suggestion.cautious[0]?.document);
  });

  it('population.csv counts the rows that were written', async () => {
    const whole = read((await write(createCsvWriter({ detail: 'full' }))).get('csv/population.csv'));
    expect(whole.map((row) => Object.values(row).slice(2).join())).toEqual(['2,1,1,0', '0,0,0,0']);
    const writer = createCsvWriter({ detail: 'full' });
    const lost = read((await write(writer, [role])).get('csv/population.csv'));
    expect(lost[0]?.difference).toBe('1');
    expect(writer.missingRows).toBe(1);
  });

  it('assumptions.csv', async () => {
    const rows = read((await write(createCsvWriter({ detail: 'full' }))).get('csv/assumptions.csv'));
    expect(rows[0]).toMatchObject({
      source_name: 'alice',
      assumed: 'yes',
      sessions: '2',
      actions_used: 's3:ListBucket',
    });
  });

  it('trust.csv: one row per trusted principal, with plain sentences', async () => {
    const rows = read((await write(createCsvWriter({ detail: 'full' }))).get('csv/trust.csv'));
    expect(
      rows.map(({ role_name, kind, trusted, findings }) => ({ role_name, kind, trusted, findings })),
    ).toEqual([
      {
        role_name: 'r',
        kind: 'account',
        trusted: 'arn:aws:iam::210987654321:root',
        findings: 'whole-account; never-assumed',
      },
      { role_name: 'r', kind: 'not user', trusted: `arn:aws:iam::${ACCOUNT}:user/alice`, findings: '' },
    ]);
    expect(rows[0]).toMatchObject({
      conditions: "'=StringEquals sts:ExternalId = a; Bool aws:MultiFactorAuthPresent = true",
      sessions: '0',
      last_assumed: '',
      sentence:
        'Allows a whole account. The administrators of account 210987654321 decide which of its users and roles can assume this role. The logs of the period show no role assumption through the entry arn:aws:iam::210987654321:root.',
    });
    expect(rows[1]?.sentence).toBe('Allows everyone except the principal that it names.');
  });

  it('people.csv and trail-principals.csv: who it was, and what they did', async () => {
    const files = await write(createCsvWriter({ detail: 'full' }));
    expect(read(files.get('csv/people.csv'))).toMatchObject([
      {
        role_name: 'r',
        session_name: "'=cmd()",
        source_identity: "'@ann",
        events: '4',
        succeeded: '2',
        denied: '1',
        failed: '1',
        actions_used: 's3:ListBucket',
      },
    ]);
    expect(read(files.get('csv/trail-principals.csv'))).toMatchObject([
      { account_name: "'=demo", kind: 'root', unique_id: '', events: '1', actions_used: 'iam:ListUsers' },
    ]);
  });

  it.each([
    ['full', 's3:Get29 (unknown)'],
    ['services', '… (+10 more)'],
  ] as const)('risks.csv: one row per risk, detail %s', async (detail, end) => {
    const rows = read((await write(createCsvWriter({ detail }), [principal()])).get('csv/risks.csv'));
    expect(rows.map(({ tag, method, unused }) => [tag, method, unused].join())).toEqual([
      'privilege-escalation,CreateBucket,no',
      "privilege-escalation,'=Method,yes",
      'data-exfiltration,,no',
    ]);
    expect(rows[0]?.actions).toBe('s3:CreateBucket (unused); s3:ListBucket (used)');
    expect(rows[2]?.actions?.endsWith(end)).toBe(true);
  });
});
