import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileCli, type CompiledCli, type Outcome } from '../support/compiled-cli.js';
import { hostileAccount, isPlain, PERIOD } from './hostile.js';
import { inject, unfinishedIn } from './inject.js';

/** `script` of util-linux makes a terminal; the one of BSD has other options. */
const hasScript = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    console.warn('skipped: terminals, because there is no script of util-linux');
    return false;
  }
})();

let cli: CompiledCli;
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-terminal-'));
const demo = `--config '${resolve('data/demo/config.yaml')}'`;
const check = `cloudtracker check ${demo} --quarter 2026-Q3`;
const list = `cloudtracker ${demo} --account demo --start 2026-07-01 --end 2026-09-30 --list users`;
beforeAll(async () => {
  cli = await compileCli();
});
afterAll(async () => {
  rmSync(work, { recursive: true });
  await cli.remove();
});

/** What a terminal is sent; its line ends are those of Unix here. */
async function onTerminal(
  script: string,
  columns: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const outcome = await cli.shell(`exec timeout 60 script -qec "$SCRIPT" /dev/null`, {
    env: { TERM: 'xterm', ...env, SCRIPT: `stty cols ${columns} rows 24; ${script}`, SHELL: '/bin/bash' },
  });
  return { ...outcome, stdout: outcome.stdout.replaceAll('\r\n', '\n') };
}

/** The texts that stood on the moving line, one after the other. */
const moved = (sent: string): string[] =>
  sent
    .split('\r\u001b[K')
    .slice(1)
    .map((text) => text.split('\n')[0] ?? '');

describe.skipIf(!hasScript)('on a terminal', () => {
  test('progress is one moving line, which is gone at the end', async () => {
    const { code, stdout } = await onTerminal(check, 80);
    expect(code, stdout).toBe(0);
    const lines = moved(stdout);
    expect(lines.join('\n')).toMatch(/^read \d+ of 254 files, \d+ events$/m);
    expect(lines.at(-1)).toMatch(/^Configuration /);
    // No other escape codes: nothing to undo, whatever ends the run.
    expect(stdout.replaceAll('\r\u001b[K', '')).not.toContain('\u001b');
  });

  test.each([20, 21, 33])('of %i columns it does not wrap', async (columns) => {
    const { stdout } = await onTerminal(check, columns);
    const lines = moved(stdout).slice(0, -1);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.length).toBeLessThan(columns);
  });

  test.each([0, 1, 2, 19])('of %i columns it is lines', async (columns) => {
    const { code, stdout } = await onTerminal(check, columns);
    expect(code).toBe(0);
    expect(isPlain(stdout), JSON.stringify(stdout.slice(0, 500))).toBe(true);
    expect(stdout).toMatch(/^read \d+ of 254 files/m);
    expect(stdout.length).toBeLessThan(3000);
  });

  test.each([{ TERM: 'dumb' }, { CI: 'true' }, { CI: '1' }])('with %j it is lines', async (env) => {
    const { stdout } = await onTerminal(check, 80, env);
    expect(isPlain(stdout)).toBe(true);
    expect(stdout).toMatch(/^read \d+ of 254 files/m);
  });

  test('that is made narrow on the way, the moving line gives way to lines', async () => {
    const narrow = `import { execFileSync } from 'node:child_process';
      onText('files', () => execFileSync('stty', ['cols', '0'], { stdio: [2, 2, 2] }));`;
    const report = `cloudtracker report ${demo} --quarter 2026-Q3 --account backup --output '${join(work, 'report')}' --no-cache --detail services`;
    const { code, stdout } = await onTerminal(report, 80, { NODE_OPTIONS: inject(narrow) });
    expect(code, stdout).toBe(0);
    expect(moved(stdout)[0]).toBe('reading 1 account');
    expect(stdout).toMatch(/^reviewed 5 of 5 principals$/m);
    expect(stdout.length).toBeLessThan(3000);
  });

  test('a terminal that closes ends the run, and nothing half-written stays', async () => {
    const target = join(work, 'closed');
    const report = `cloudtracker report ${demo} --quarter 2026-Q3 --output '${target}' --no-cache --detail services`;
    // The parent is the shell of script, which leads the session of the terminal, and the parent of that is script.
    const hangUp = `import { readFileSync } from 'node:fs';
      const parentOf = (pid) => Number(/PPid:\\s*(\\d+)/.exec(readFileSync('/proc/' + pid + '/status', 'utf8'))[1]);
      onText('reading', () => {
        fs.writeFileSync('${work}/pid', String(process.pid));
        process.kill(parentOf(process.ppid), 'SIGKILL');
      });`;
    const { code } = await onTerminal(`${report}; true`, 80, { NODE_OPTIONS: inject(hangUp) });
    expect(code).not.toBe(0);
    const pid = Number(readFileSync(join(work, 'pid'), 'utf8'));
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 60_000 }).toBe(false);
    expect(unfinishedIn(work)).toEqual([]);
    expect(existsSync(target)).toBe(false);
  });

  test('answers have colors unless these are not wanted', async () => {
    const colored = '\u001b[37m  alice\u001b[0m\n\u001b[31m- bob\u001b[0m\n';
    const plain = '  alice\n- bob\n';
    expect((await onTerminal(list, 80)).stdout).toContain(colored);
    expect((await onTerminal(`${list} --no-color`, 80)).stdout).toContain(plain);
    expect((await onTerminal(list, 80, { NO_COLOR: '1' })).stdout).toContain(plain);
    expect((await onTerminal(list, 80, { TERM: 'dumb' })).stdout).toContain(plain);
    expect((await cli.shell(list)).stdout).toContain(plain);
  });

  test('names do not end their color', async () => {
    const config = hostileAccount('\u001b[0m\u001b[2J');
    const query = ['--config', `'${config}'`, '--account', '111122223333', ...PERIOD, '--list users'];
    const { stdout } = await onTerminal(`cloudtracker ${query.join(' ')}`, 80);
    expect(stdout).toContain('\u001b[33m? bob\\u001b[0m\\u001b[2J\u001b[0m\n');
  });
});
