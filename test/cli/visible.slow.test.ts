import { dirname, join } from 'node:path';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeVisible } from '../../src/cli/visible.js';
import { compileCli, type CompiledCli } from '../support/compiled-cli.js';
import { CONTROLS, hostileAccount, isPlain, PERIOD, SHOWN } from './hostile.js';
import { inject } from './inject.js';

let cli: CompiledCli;
const config = hostileAccount();
const account = ['--config', config, '--account', '111122223333', ...PERIOD];
beforeAll(async () => {
  cli = await compileCli();
});
afterAll(() => cli.remove());

/** Runs the command, and expects that it obeys no name and shows what is said. */
async function expectShown(code: number, shown: string, ...args: string[]): Promise<string> {
  const outcome = await cli.run(args);
  const all = outcome.stdout + outcome.stderr;
  expect(outcome.code, all).toBe(code);
  expect(isPlain(all), JSON.stringify(all)).toBe(true);
  expect(all).toContain(shown);
  return all;
}

test('every control is shown as JSON writes it, and nothing else changes', () => {
  expect(makeVisible(CONTROLS)).toBe(SHOWN);
  expect(makeVisible('Zoë 名前 😀 שלום')).toBe('Zoë 名前 😀 שלום');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(isPlain(makeVisible(text)) && !makeVisible(text).includes('\n')).toBe(true);
      // Lines of JSON keep their meaning.
      expect(JSON.parse(makeVisible(JSON.stringify(text)))).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

describe('names of others do not control the terminal in', () => {
  test('the answers of queries', async () => {
    const listed = await expectShown(2, `? bob${SHOWN}\n`, ...account, '--list', 'users');
    expect(listed).toContain('Incomplete data');
    await expectShown(2, `Getting info on bob${SHOWN},`, ...account, '--user', `bob${CONTROLS}`);
  });

  test('check', async () => {
    const all = await expectShown(2, `one${SHOWN}`, 'check', '--config', config, ...PERIOD);
    expect(all).toContain(`policy/m${SHOWN}`);
    expect(all).toContain(`damaged${SHOWN}.json`);
  });

  test('report, verify and diff', async () => {
    const [before, now] = [join(dirname(config), 'before'), join(dirname(config), `now${CONTROLS}`)];
    const report = ['report', '--config', config, ...PERIOD, '--output'];
    await expectShown(2, `one${SHOWN}`, ...report, before);
    const other = hostileAccount(`${CONTROLS}2`);
    await expectShown(
      2,
      `now${SHOWN}/index.html`,
      ...['report', '--config', other, ...PERIOD, '--output', now],
    );
    writeFileSync(join(now, `extra${CONTROLS}`), '');
    await expectShown(2, `extra: extra${SHOWN}`, 'verify', now);
    await expectShown(1, `user/bob${SHOWN}`, 'diff', before, now);
    const { stdout } = await cli.run(['diff', '--json', before, now]);
    expect(isPlain(stdout)).toBe(true);
    const changes = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { arn: string }).arn);
    expect(changes).toContain(`arn:aws:iam::111122223333:user/bob${CONTROLS}2`);
  });

  test.each<[string, string[], string]>([
    ['an unknown option', [`--x${CONTROLS}`], `unknown option '--x${SHOWN}'`],
    ['a wrong choice', ['--list', CONTROLS], `'${SHOWN}' is invalid`],
    ['an unknown argument', ['diff', 'a', 'b', CONTROLS], 'too many arguments'],
    [
      'a configuration that is not there',
      ['report', '--config', CONTROLS],
      `configuration ${SHOWN} does not exist.`,
    ],
    ['a principal that is not there', [...account, '--user', CONTROLS], `no user "${SHOWN}"`],
    ['a date', ['report', '--config', config, '--start', CONTROLS], `--start ${SHOWN} is not a date.`],
    ['a folder', ['verify', CONTROLS], SHOWN],
  ])('the message about %s', async (_, args, shown) => {
    await expectShown(2, shown, ...args);
  });

  test('the suggestion of an option, which keeps its line', async () => {
    await expectShown(2, `unknown option '--uset'\n(Did you mean --user?)\n`, '--uset');
    const all = await expectShown(2, '--a\\u000a(Did you mean', '--a\n(Did you mean x?)');
    expect(all).not.toMatch(/^\(Did/m);
  });

  test('the lines about a configuration, which keep theirs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cloudtracker-lines-'));
    const file = join(folder, 'config.yaml');
    writeFileSync(file, JSON.stringify({ [`a${CONTROLS}`]: 1, [`b${CONTROLS}`]: 1, accounts: [] }));
    const all = await expectShown(2, 'config.yaml:1: ', 'report', '--config', file);
    expect(all.trimEnd().split('\n')).toHaveLength(3);
    writeFileSync(file, 'accounts: [{ name: a, id: "111122223333", iam: i.json }]\n');
    const forms = await expectShown(2, '  elasticsearch:\n    host: localhost\n', 'report', '--config', file);
    expect(forms).not.toContain('\\u');
    writeFileSync(file, 'a: "x\n%\u009b');
    await expectShown(2, 'not valid YAML', 'report', '--config', file);
  });

  test('warnings of Node', async () => {
    const code = inject(`onListening(() => process.emitWarning(${JSON.stringify(CONTROLS)}))`);
    const { stderr } = await cli.run(['check', '--config', config, ...PERIOD], {
      env: { NODE_OPTIONS: code },
    });
    expect(stderr).toContain(`Warning: ${SHOWN}\n`);
    expect(isPlain(stderr)).toBe(true);
  });

  test('what a server answers', async () => {
    const server = createServer((_, answer) => {
      answer.writeHead(400, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
      answer.end(JSON.stringify({ error: { type: CONTROLS, reason: CONTROLS }, status: 400 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const file = join(mkdtempSync(join(tmpdir(), 'cloudtracker-answer-')), 'config.yaml');
    writeFileSync(
      file,
      JSON.stringify({
        elasticsearch: { node: `http://127.0.0.1:${port}`, retry_for: '1s' },
        accounts: [{ name: 'a', id: '111122223333', iam: join(dirname(config), 'iam.json') }],
      }),
    );
    try {
      for (const command of [['report', '--output', join(dirname(file), 'out')], ['check']]) {
        const { code, stdout, stderr } = await cli.run([...command, '--config', file, ...PERIOD]);
        expect(code, stderr).toBe(2);
        expect(isPlain(stdout + stderr), JSON.stringify(stdout + stderr)).toBe(true);
      }
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
