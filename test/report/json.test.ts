import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { createJsonWriter } from '../../src/report/json/writer.js';
import { buildManifest } from '../../src/report/manifest.js';
import { strictSchema, type Schema } from '../support/strict-schema.js';
import { ACCOUNT, assumption, head, principal, totals, write } from './sample.js';

const lines = (text: string | undefined): unknown[] =>
  (text ?? '').split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));

const manifest = (
  run = {
    startedAt: '2026-10-01T01:02:03.456Z',
    finishedAt: '2026-10-01T01:02:04.1Z',
    concurrency: 2,
    resumed: false,
  },
) =>
  buildManifest({
    head,
    totals,
    run,
    options: { accounts: [ACCOUNT], detail: 'full' },
    config: { name: 'config.yaml', sha256: 'a'.repeat(64), effective: { accounts: [] } },
    inputs: [
      {
        kind: 'iam',
        name: 'demo.json',
        accounts: [ACCOUNT],
        sha256: 'b'.repeat(64),
        bytes: 1,
        records: { users: 1 },
        newest: null,
      },
    ],
    logFiles: null,
    exemptions: [],
    outputs: [{ path: 'csv/x.csv', sha256: 'c'.repeat(64), bytes: 1, rows: 0 }],
  });

function validate(files: ReadonlyMap<string, string>, schema: string, value: unknown): void {
  const found: unknown = JSON.parse(files.get(`json/schema/${schema}.schema.json`) ?? 'null');
  const ajv = new Ajv2020({ allErrors: true });
  ajv.validate(strictSchema(found as Schema), value);
  expect(ajv.errors ?? []).toEqual([]);
}

it.each(['full', 'services'] as const)('matches its schemas, detail %s', async (detail) => {
  const files = await write(createJsonWriter({ detail }));
  const principals = lines(files.get(`json/${ACCOUNT}/principals.ndjson`));
  const assumptions = lines(files.get(`json/${ACCOUNT}/assumptions.ndjson`));
  expect([principals.length, assumptions.length]).toEqual([2, 1]);
  for (const line of principals) validate(files, 'principal', line);
  for (const line of assumptions) validate(files, 'assumption', line);
  validate(files, 'report', JSON.parse(files.get('json/report.json') ?? 'null'));
  validate(files, 'manifest', manifest());
  const full = detail === 'full';
  expect('unused' in (principals[0] as object)).toBe(full);
  expect('unknownReasons' in (principals[0] as object)).toBe(full);
  const { risks } = principals[1] as { risks: { actions: unknown[]; actionsLeftOut?: number }[] };
  expect(risks.map(({ actions, actionsLeftOut }) => [actions.length, actionsLeftOut])).toEqual([
    [2, undefined],
    [1, undefined],
    full ? [30, undefined] : [20, 10],
  ]);
  expect(principals[0]).toMatchObject({
    trust: [{ findings: ['whole-account', 'never-assumed'] }, { inverted: true }],
    people: [{ sessionName: '=cmd()', sourceIdentity: '@ann' }],
    origins: [{ kind: 'user', sessions: 2 }],
  });
});

it('the schemas refuse what is wrong', async () => {
  const files = await write(createJsonWriter({ detail: 'full' }), [principal({ state: 'idle' as 'active' })]);
  const [line] = lines(files.get(`json/${ACCOUNT}/principals.ndjson`));
  expect(() => {
    validate(files, 'principal', line);
  }).toThrow();
  expect(() => {
    validate(files, 'assumption', {});
  }).toThrow();
  expect(() => {
    validate(files, 'manifest', { schemaVersion: 2 });
  }).toThrow();
});

it('keeps the order of the contract and writes names raw', async () => {
  const files = await write(createJsonWriter({ detail: 'full' }));
  const [, line] = lines(files.get(`json/${ACCOUNT}/principals.ndjson`));
  expect(
    Object.keys(line as object)
      .slice(0, 17)
      .join(),
  ).toBe(
    'arn,id,type,name,path,createdAt,lastActivity,state,services,used,ungranted,unused,unknown,denied,failed,unmappedEvents,suggestion',
  );
  expect(line).toMatchObject({ accountName: '=demo', unmappedEvents: [{ eventName: '</script>' }] });
  expect(line).not.toHaveProperty('grantedBy');
  const [pair] = lines(files.get(`json/${ACCOUNT}/assumptions.ndjson`));
  expect(
    Object.keys(pair as object)
      .slice(0, 9)
      .join(),
  ).toBe('sourceArn,sourceType,roleArn,allowed,assumed,sessions,firstAssumed,lastAssumed,actions');
});

it('leaves no pair out and has a file for every account', async () => {
  const files = await write(
    createJsonWriter({ detail: 'full' }),
    [],
    [
      assumption({ sourceAccountId: '999999999999' }),
      assumption({ sourceAccountId: '999999999999', roleAccountId: '888888888888' }),
      assumption({ sourceAccountId: '', roleAccountId: '' }),
      assumption({ sourceAccountId: '../x', roleAccountId: '' }),
    ],
  );
  const count = (id: string): number => lines(files.get(`json/${id}/assumptions.ndjson`)).length;
  expect(['012345678901', '999999999999', 'unknown', '___x', '210987654321'].map(count)).toEqual([
    1, 1, 1, 1, 0,
  ]);
  expect(files.get('json/210987654321/principals.ndjson')).toBe('');
});

it('only the run block of the manifest differs between runs', () => {
  const later = manifest({
    startedAt: '2027-01-01T00:00:00.000Z',
    finishedAt: '2027-01-01T00:00:09Z',
    concurrency: 1,
    resumed: true,
  });
  expect(later).not.toEqual(manifest());
  expect({ ...(later as object), run: 0 }).toEqual({ ...(manifest() as object), run: 0 });
});
