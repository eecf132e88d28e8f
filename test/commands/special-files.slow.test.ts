import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { runDiff } from '../../src/commands/diff.js';
import { ExpectedError } from '../../src/base/expected-error.js';
import type { ReportOptions } from '../../src/commands/report.js';
import { runVerify } from '../../src/commands/verify.js';
import type { ElasticsearchConfig } from '../../src/config/types.js';
import { createClient } from '../../src/trail/elasticsearch/client.js';
import { TrailError } from '../../src/trail/errors.js';
import { compileCli, type CompiledCli, type Outcome } from '../support/compiled-cli.js';
import { wholeReport } from '../support/report.js';
import { makeFifo, makeSpecialFiles } from '../support/special-files.js';

// Whatever waits for a FIFO, or reads a device to its end, never ends.
vi.setConfig({ testTimeout: 60_000 });

const LATER = { start: '2026-09-01', end: '2026-10-31' };
const DEMO = resolve('data/demo');
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-special-'));
const report = join(work, 'report');
const special = await makeSpecialFiles();
let cli: CompiledCli;
beforeAll(async () => {
  cli = await compileCli();
  await wholeReport({ config: configWith(''), output: report, quarter: '2026-Q3' });
});
afterAll(async () => {
  rmSync(work, { recursive: true });
  await cli.remove();
});

let round = 0;
function configWith(keys: string, iam = join(DEMO, 'iam/backup.json')): string {
  const file = join(work, `config-${(round += 1)}.yaml`);
  const account = `accounts:\n  - name: backup\n    id: '210987654321'\n    iam: ${iam}\n    ${keys}\n`;
  writeFileSync(file, `files:\n  path: ${DEMO}/logs\n${account}`);
  return file;
}

/** A copy of the report in which one file is another. */
async function copyWith(path: string, replace: (path: string) => unknown): Promise<string> {
  const folder = join(work, `copy-${(round += 1)}`);
  cpSync(report, folder, { recursive: true });
  rmSync(join(folder, path));
  await replace(join(folder, path));
  return folder;
}

const failure = async (run: Promise<unknown>): Promise<string> => {
  const error: unknown = await run.catch((thrown: unknown) => thrown);
  if (!(error instanceof ExpectedError))
    throw new Error(`not an error that explains itself: ${String(error)}`);
  return error.message;
};

describe.each(special)('an input that is $kind ($path)', ({ kind, path }) => {
  const named = `${path} cannot be read`;
  const make = (options: Partial<ReportOptions>): Promise<string> =>
    failure(wholeReport({ config: configWith(''), output: join(work, 'out'), ...LATER, ...options }));

  it.each<[string, () => Partial<ReportOptions>]>([
    ['config', () => ({ config: path })],
    ['iam', () => ({ config: configWith('', path) })],
    ['scp', () => ({ config: configWith(`scp: [${path}]`) })],
    ['boundary', () => ({ config: configWith(`boundary: [${path}]`) })],
    ['credential_report', () => ({ config: configWith(`credential_report: ${path}`) })],
    ['--decisions', () => ({ previous: report, decisions: path })],
  ])('as %s is named', async (_, options) => {
    const message = await make(options());
    expect(message).toContain(named);
    expect(message).toContain(`it is ${kind}, not a regular file`);
  });

  it('as secret, certificate or key is named', async () => {
    const config: ElasticsearchConfig = {
      nodes: ['https://127.0.0.1:1'],
      ...{ index: 'i', keyPrefix: '', timestampField: 'eventTime', mapping: 'auto' },
    };
    const file = { file: path };
    const variants: [string, Partial<ElasticsearchConfig>][] = [
      ['api_key_file', { auth: { kind: 'api_key', apiKey: file } }],
      ['password_file', { auth: { kind: 'basic', username: 'u', password: file } }],
      ['bearer_token_file', { auth: { kind: 'bearer', token: file } }],
      ['ca', { ca: path }],
      ['cert', { clientCertificate: { cert: path, key: path } }],
      ['key', { clientCertificate: { cert: join(work, 'config-1.yaml'), key: path } }],
    ];
    for (const [key, variant] of variants) {
      const run = createClient({ ...config, ...variant }, { requestTimeout: 1000 });
      await expect(run).rejects.toThrow(TrailError);
      await expect(run).rejects.toThrow(`${path} (elasticsearch.${key}) cannot be read (it is ${kind}, not`);
    }
  });
});

describe.each<[string, (path: string) => unknown]>([
  ['a FIFO', makeFifo],
  [
    'a character device',
    (path) => {
      symlinkSync('/dev/zero', path);
    },
  ],
])('a file of a report that is %s', (kind, replace) => {
  it.each(['manifest.json', 'json/report.json', 'json/210987654321/principals.ndjson'])(
    'is named by diff: %s',
    async (path) => {
      const folder = await copyWith(path, replace);
      expect(await failure(runDiff(folder, report))).toBe(
        `${join(folder, path)} cannot be read: it is ${kind}, not a regular file${kind === 'a FIFO' ? ': write the output to a file first' : ''}`,
      );
    },
  );

  it.each(['index.html', 'manifest.json', 'SHA256SUMS'])('is named by verify: %s', async (path) => {
    const folder = await copyWith(path, replace);
    const run = runVerify({ folder, onProgress: () => undefined });
    if (path === 'SHA256SUMS')
      expect(await failure(run)).toMatch(/SHA256SUMS cannot be read: (it is a|a symbolic link)/);
    else expect((await run).findings).toContainEqual(expect.objectContaining({ kind: 'no file', path }));
  });

  it.each(['manifest.json', 'SHA256SUMS'])('keeps --force from replacing the folder: %s', async (path) => {
    const output = await copyWith(path, replace);
    expect(
      await failure(wholeReport({ config: configWith(''), output, quarter: '2026-Q3', force: true })),
    ).toContain('does not contain a CloudTracker report');
  });
});

const NEVER_ALONE = { ref: false };
/** Ends a command that hangs. */
const run = (args: readonly string[]): Promise<Outcome> =>
  cli.run([...args, '--quarter', '2026-Q3', '--output', join(work, `cli-${(round += 1)}`)], {
    onStart: (child) => void setTimeout(50_000, undefined, NEVER_ALONE).then(() => child.kill('SIGKILL')),
  });

test('the command ends with code 2 and a message for a FIFO that nobody writes to, and for an endless device', async () => {
  const fifo = await makeFifo(join(work, 'fifo.yaml'));
  expect(await run(['report', '--config', fifo])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${fifo} cannot be read: it is a FIFO, not a regular file: write the output to a file first\n`,
  });
  const { code, stderr } = await run(['report', '--config', configWith('', '/dev/zero')]);
  expect({ code, stderr }).toMatchObject({ code: 2 });
  expect(stderr).toMatch(/error: \/dev\/zero cannot be read \(it is a character device, .*\n$/);
});

test('threads go on past a FIFO and an endless device among the logs, and the account is incomplete', async () => {
  const logs = join(work, 'logs');
  cpSync(join(DEMO, 'logs'), logs, { recursive: true });
  await makeFifo(join(logs, '210987654321-a.json.gz'));
  symlinkSync('/dev/zero', join(logs, '210987654321-b.json'));
  const config = configWith('');
  writeFileSync(config, readFileSync(config, 'utf8').replace(`${DEMO}/logs`, logs));
  const { code, stdout, stderr } = await run(['report', '--config', config]);
  expect({ code, stderr }).toMatchObject({ code: 2 });
  expect(stdout).toContain('warning: 210987654321-a.json.gz was not read: it is a FIFO');
  expect(stdout).toContain('warning: 210987654321-b.json was not read: it is a character device');
  expect(stdout).toContain('Incomplete data: the report marks the affected principals');
});
