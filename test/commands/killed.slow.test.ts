import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { checkReport } from '../support/check-report.js';
import { compileCli, type CompiledCli, type Outcome } from '../support/compiled-cli.js';

// Twenty runs and more, each in a process of its own.
vi.setConfig({ testTimeout: 600_000 });

const KILLS = 20;
const RESUMED = 'Resuming from the saved progress';
const DEMO = resolve('data/demo');
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-killed-'));
const config = join(work, 'config.yaml');
let cli: CompiledCli;
beforeAll(async () => {
  cpSync(DEMO, work, { recursive: true });
  cli = await compileCli();
});
afterAll(async () => {
  rmSync(work, { recursive: true });
  await cli.remove();
});

/** Of one small account, as how often it is made counts here; `more` comes behind the account's name. */
const argsOf = (output: string, more: readonly string[] = ['--no-cache']): string[] => [
  ...['report', '--config', config, '--quarter', '2026-Q3', '--output', output, '--force'],
  ...['--account', 'backup', ...more],
];

/** @param killAfter milliseconds; the process then has no chance to tidy up */
function report(output: string, killAfter: number | null = null, more?: readonly string[]): Promise<Outcome> {
  return cli.run(argsOf(output, more), {
    onStart: (child) => {
      if (killAfter !== null) void setTimeout(killAfter).then(() => child.kill('SIGKILL'));
    },
  });
}

/** Checksums of everything but what differs between any two runs. */
function bytesOf(folder: string): string[] {
  const { run, ...manifest } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    run: unknown;
  };
  expect(run).toBeDefined();
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').split('\n');
  return [
    ...sums.filter((line) => !line.endsWith('  manifest.json')),
    createHash('sha256').update(JSON.stringify(manifest)).digest('hex'),
  ];
}

const hidden = (): string[] => readdirSync(work).filter((name) => name.startsWith('.'));

test(`killed at ${KILLS} moments, a report is whole or not there, and in the end the same`, async () => {
  const undisturbed = join(work, 'undisturbed');
  const begin = performance.now();
  expect(await report(undisturbed)).toMatchObject({ code: 0 });
  const duration = performance.now() - begin;
  const expected = bytesOf(undisturbed);
  let resumed = 0;
  // Random moments may all be before answers are saved, if the machine has become faster meanwhile.
  await killWhenKept(join(work, 'absent'));
  for (let i = 0; i < KILLS; i += 1) {
    // Half of the series over an earlier report, half without one. Moments spread over the whole run, none twice.
    const output = join(work, i % 2 === 0 ? 'absent' : 'replaced');
    if (i % 2 === 1 && !existsSync(output)) cpSync(undisturbed, output, { recursive: true });
    const { stderr } = await report(output, (duration * (i + Math.random())) / KILLS);
    if (stderr.includes(RESUMED)) resumed += 1;
    // Between the two renames of a replacement the earlier report stands aside; the next run puts it back.
    if (existsSync(output)) {
      await checkReport(output);
      expect(bytesOf(output)).toEqual(expected);
    }
  }
  for (const output of [join(work, 'absent'), join(work, 'replaced')]) {
    const { code, stderr } = await report(output);
    expect(code, stderr).toBe(0);
    if (stderr.includes(RESUMED)) resumed += 1;
    expect(bytesOf(output)).toEqual(expected);
    await checkReport(output);
  }
  expect(hidden()).toEqual([]);
  expect(resumed).toBeGreaterThan(0);
});

/** Where runs for that output keep what they read. */
function findKept(output: string): string | undefined {
  const prefix = `.${output.slice(work.length + 1)}.cloudtracker-`;
  return hidden()
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(work, name, 'answers'))
    .find((answers) => existsSync(join(answers, 'seal.json')));
}

/** Kills a run after it has saved the answers of the logs. */
async function killWhenKept(output: string): Promise<void> {
  await cli.run(argsOf(output), {
    onStart: (child) => {
      const look = setInterval(() => {
        if (child.exitCode !== null) clearInterval(look);
        if (findKept(output) === undefined) return;
        clearInterval(look);
        child.kill('SIGKILL');
      }, 5);
    },
  });
}

const DROPPED = 'Discarding saved progress';
const first = (folder: string, pattern: RegExp): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name))[0] ?? '';

test.each<[string, readonly string[] | undefined, (kept: string) => void, string]>([
  ['goes on from what was kept', undefined, () => undefined, RESUMED],
  ['reads anew with --no-resume', ['--no-resume', '--no-cache'], () => undefined, 'of 254 files'],
  [
    'drops what is damaged',
    undefined,
    (kept) => {
      const file = first(kept, /activity\.rows$/);
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    },
    DROPPED,
  ],
  [
    'drops what was not finished',
    undefined,
    (kept) => {
      rmSync(first(kept, /seal\.json$/));
    },
    DROPPED,
  ],
  [
    'drops what came from other logs, also with the old size and time',
    undefined,
    () => {
      const log = first(join(work, 'logs'), /\.gz$/);
      writeFileSync(log, readFileSync(log));
      utimesSync(log, 0, 0);
    },
    DROPPED,
  ],
  ['drops what was for other accounts', ['staging', '--no-cache'], () => undefined, DROPPED],
])('after a kill, a run %s', async (name, more, change, said) => {
  const output = join(work, name.replaceAll(/\W/g, '-'));
  await killWhenKept(output);
  expect(existsSync(output)).toBe(false);
  change(findKept(output) ?? '');
  const { code, stderr } = await report(output, null, more);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain(said);
  await checkReport(output);
  expect(hidden()).toEqual([]);
});

test('with a cache, answers are saved there and nowhere else, and the next run uses them', async () => {
  const cache = join(work, 'cache');
  const output = join(work, 'with-cache');
  let besideReport = false;
  const killed = await cli.run(argsOf(output, ['--cache', cache]), {
    onStart: (child) => {
      const look = setInterval(() => {
        if (child.exitCode !== null) clearInterval(look);
        besideReport ||= hidden().some((name) => existsSync(join(work, name, 'answers')));
        const groups = existsSync(cache) ? readdirSync(cache) : [];
        const entries = groups.flatMap((group) => readdirSync(join(cache, group)));
        if (entries.every((name) => name.endsWith('.tmp'))) return;
        clearInterval(look);
        child.kill('SIGKILL');
      }, 5);
    },
  });
  expect(killed.code).toBeNull();
  expect(besideReport).toBe(false);
  const { code, stderr } = await report(output, null, ['--cache', cache]);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('Using cached answers of an earlier run');
  await checkReport(output);
  const { run } = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as {
    run: { resumed: boolean };
  };
  expect(run.resumed).toBe(true);
  expect(hidden()).toEqual([]);
});
