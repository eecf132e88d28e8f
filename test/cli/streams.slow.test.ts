import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkReport } from '../support/check-report.js';
import { compileCli, type CompiledCli } from '../support/compiled-cli.js';
import { isPlain } from './hostile.js';
import { inject, unfinishedIn } from './inject.js';

let cli: CompiledCli;
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-streams-'));
const output = join(work, 'report');
const config = `--config '${resolve('data/demo/config.yaml')}'`;
const query = `cloudtracker ${config} --account demo --start 2026-07-01 --end 2026-09-30`;
const report = `cloudtracker report ${config} --quarter 2026-Q3 --account backup --output '${output}' --no-cache`;

beforeAll(async () => {
  cli = await compileCli();
});
afterAll(() => cli.remove());
afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

/** Runs a pipeline; the exit code of its first command is printed on standard error. */
const first = (command: string, rest: string): string =>
  `mkdir -p '${work}'; ${command} ${rest}; echo "exit code \${PIPESTATUS[0]}" >&2`;

describe('a reader that leaves is no error', () => {
  test.each([
    ['a query', `${query} --list roles`, '| head -1'],
    ['a long query', `${query} --role admin`, '| true'],
    ['help', 'cloudtracker report --help', '| true'],
    ['help after an error', 'cloudtracker 2>&1', '| true'],
  ])('of %s', async (_, command, rest) => {
    const { stdout, stderr } = await cli.shell(first(command, rest));
    expect(stderr).toBe(`exit code ${command.includes('2>&1') ? 2 : 0}\n`);
    expect(stdout.split('\n').length).toBeLessThanOrEqual(2);
  });

  test.each(['| head -1', '| true', '2>&1 | head -1', '2>&1 | true'])('of a report: %s', async (rest) => {
    const { stderr } = await cli.shell(first(report, rest));
    expect(stderr).toMatch(/^exit code 0$/m);
    expect(stderr).not.toMatch(/EPIPE|^ +at /m);
    await checkReport(output);
    expect(readdirSync(work)).toEqual(['report']);
  });
});

describe('a disk that is full is an error', () => {
  test.each([
    ['a query', `${query} --list roles`],
    ['a query of one line', `${query} --user bob --show-used`],
    ['help', 'cloudtracker --help'],
    ['the version', 'cloudtracker --version'],
  ])('of %s', async (_, command) => {
    const { stderr } = await cli.shell(`${command} > /dev/full; echo "exit code $?" >&2`);
    expect(stderr).toMatch(/^error: Cannot write to standard output: ENOSPC.*\nexit code 2\n$/);
  });

  test('after a report, which is written whole', async () => {
    const { stderr } = await cli.shell(`mkdir -p '${work}'; ${report} > /dev/full; echo "exit code $?" >&2`);
    expect(stderr).toMatch(/\nerror: Cannot write to standard output: ENOSPC.*\nexit code 2\n$/);
    await checkReport(output);
  });

  test('but not where only messages go', async () => {
    const { code } = await cli.shell(`mkdir -p '${work}'; ${report} 2> /dev/full`);
    expect(code).toBe(0);
  });
});

describe('too few open files', () => {
  test('are named, and leave nothing behind', async () => {
    let named = 0;
    for (const limit of [24, 32, 48, 64, 80, 96]) {
      const { code, stderr } = await cli.shell(`mkdir -p '${work}'; ulimit -n ${limit}; ${report}`);
      if (code === 0) continue;
      expect(code, stderr).toBe(2);
      expect(stderr).toMatch(/^error: .*too many open files/m);
      expect(stderr).toContain('ulimit -n');
      expect(stderr).not.toMatch(/^ +at /m);
      expect(readdirSync(work)).toEqual([]);
      named += 1;
    }
    expect(named).toBeGreaterThan(0);
  });

  test('are not what macOS allows, and not half of it', async () => {
    const { code, stderr } = await cli.shell(`mkdir -p '${work}'; ulimit -n 128; ${report}`);
    expect(code, stderr).toBe(0);
  });
});

describe('a fault of the program ends with exit code 2, and leaves no unfinished report', () => {
  const fault = `new Error('a\\u001b[31m\\nb', { cause: new Error('c\\u202e') })`;
  test.each([
    ['an exception that nobody catches', 'reading', `setImmediate(() => { throw ${fault}; })`],
    ['an exception while files are written', 'reviewed', `setImmediate(() => { throw ${fault}; })`],
    ['a rejection that nobody handles', 'reading', `void Promise.reject(${fault})`],
    ['a rejection while files are written', 'reviewed', `void Promise.reject(${fault})`],
  ])('%s', async (_, text, act) => {
    const code = inject(`onText('${text}', () => { ${act}; })`);
    const outcome = await cli.shell(`mkdir -p '${work}'; NODE_OPTIONS='${code}' ${report}`);
    expect(outcome.code, outcome.stderr).toBe(2);
    expect(isPlain(outcome.stderr)).toBe(true);
    expect(outcome.stderr).toMatch(/^Error: a\\u001b\[31m\\u000ab\n +at /m);
    expect(outcome.stderr).toMatch(/^caused by Error: c\\u202e$/m);
    expect(existsSync(output)).toBe(false);
    expect(unfinishedIn(work)).toEqual([]);
  });

  test('also one that is no error', async () => {
    const code = inject(`onText('reading', () => { setImmediate(() => { throw 'x'; }); })`);
    const outcome = await cli.shell(`mkdir -p '${work}'; NODE_OPTIONS='${code}' ${report}`);
    expect(outcome.code, outcome.stderr).toBe(2);
    expect(outcome.stderr).toMatch(/^error: x$/m);
  });
});
