import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkReport } from '../support/check-report.js';
import { compileCli, type CompiledCli, type Outcome } from '../support/compiled-cli.js';
import { inject, unfinishedIn } from './inject.js';

vi.setConfig({ testTimeout: 300_000 });

let cli: CompiledCli;
const folder = mkdtempSync(join(tmpdir(), 'cloudtracker-signals-'));
const work = join(folder, 'work');
const output = join(work, 'report');
const whole = join(folder, 'whole');
const config = ['--config', resolve('data/demo/config.yaml')];
const query = [...config, '--account', 'demo', '--start', '2026-07-01', '--end', '2026-09-30'];
const reportTo = (target: string, ...more: string[]): string[] => [
  ...['report', ...config, '--quarter', '2026-Q3', '--account', 'backup'],
  ...['--output', target, '--no-cache', '--detail', 'services', ...more],
];
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

beforeAll(async () => {
  cli = await compileCli();
  expect(await cli.run(reportTo(whole))).toMatchObject({ code: 0 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cli.remove();
});
beforeEach(() => {
  rmSync(work, { recursive: true, force: true });
});

const runWith = (code: string, args: readonly string[]): Promise<Outcome> =>
  cli.run(args, { env: { NODE_OPTIONS: inject(code) } });

describe('a signal ends a report', () => {
  test.each(
    SIGNALS.flatMap((signal) =>
      ['reading', 'of 254 files', 'reviewed'].map((text) => [signal, text] as const),
    ),
  )('%s at "%s": nothing half-written stays', async (signal, text) => {
    const { code, stdout, stderr } = await runWith(`onText('${text}', send('${signal}'))`, reportTo(output));
    expect(code, stderr).toBe(CODES[signal]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/\nInterrupted: stopping\.\nInterrupted\. No report was written\..*\n$/);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(existsSync(output)).toBe(false);
    expect(unfinishedIn(work)).toEqual([]);
    // The logs may have been read just before the signal.
    if (text === 'reading') expect(stderr).toMatch(/No report was written\.\n$/);
    if (text === 'reviewed') expect(stderr).toMatch(/Run the same command again to resume\.\n$/);
    const resumed = /Run the same command/.test(stderr);
    const again = await cli.run(reportTo(output));
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr.includes('Resuming from the saved progress')).toBe(resumed);
    await checkReport(output);
    expect(readdirSync(work)).toEqual(['report']);
  });

  test('and does not promise to resume where the period of the next run is another one', async () => {
    const { stderr } = await runWith(
      `onText('reviewed', send('SIGINT'))`,
      reportTo(output).filter((arg) => !['--quarter', '2026-Q3'].includes(arg)),
    );
    expect(stderr).toMatch(/\nInterrupted\. No report was written\.\n$/);
  });

  test('and leaves an earlier one as it was', async () => {
    expect((await cli.run(reportTo(output))).code).toBe(0);
    const { code } = await runWith(`onText('reviewed', send('SIGINT'))`, reportTo(output, '--force'));
    expect(code).toBe(130);
    await checkReport(output);
  });

  test('unless it is being put in its place', async () => {
    const { code, stdout, stderr } = await runWith(`onRename('/report', send('SIGINT'))`, reportTo(output));
    expect(code, stderr).toBe(130);
    expect(stdout).toContain('SHA-256 of SHA256SUMS');
    expect(stderr).toMatch(/\nInterrupted\. The report was already complete\.\n$/);
    await checkReport(output);
    expect(readdirSync(work)).toEqual(['report']);
  });

  test('at once when it is the second', async () => {
    // As on a disk that does not answer.
    const code = `onText('reviewed', () => {
      fs.promises.rm = () => new Promise(() => undefined);
      syncBuiltinESMExports();
      setInterval(() => undefined, 1000);
      send('SIGINT')();
      setTimeout(send('SIGINT'), 1000);
    });`;
    const args = reportTo(output).map((arg) => `'${arg}'`);
    const begin = performance.now();
    const { stderr } = await cli.shell(
      `NODE_OPTIONS='${inject(code)}' cloudtracker ${args.join(' ')}; echo "exit code $?" >&2`,
    );
    expect(stderr).toMatch(/Interrupted: stopping\.\n(.*\n)?exit code 130\n$/);
    expect(performance.now() - begin).toBeLessThan(60_000);
    rmSync(work, { recursive: true, force: true });
  });
});

describe.each<[string, () => readonly string[]]>([
  ['a query', () => [...query, '--list', 'users']],
  ['check', () => ['check', ...config, '--quarter', '2026-Q3']],
  ['verify', () => ['verify', whole]],
  ['diff', () => ['diff', whole, whole]],
])('a signal ends %s', (_, args) => {
  test.each(SIGNALS)('%s', async (signal) => {
    const { code, stdout, stderr } = await runWith(`onListening(send('${signal}'))`, args());
    expect(code, stderr).toBe(CODES[signal]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/(^|\n)Interrupted: stopping\.\nInterrupted\.\n$/);
  });
});

test('all commands tell of these exit codes', async () => {
  for (const command of [[], ['report'], ['check'], ['verify'], ['diff'], ['ingest']]) {
    const { stdout } = await cli.run([...command, '--help']);
    expect(stdout).toMatch(/129, 130, 143 +ended by SIGHUP, Ctrl-C \(SIGINT\) or SIGTERM/);
  }
});
