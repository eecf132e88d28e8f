import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { checkReport } from '../support/check-report.js';
import { compileCli, type CompiledCli } from '../support/compiled-cli.js';
import { indexDemo } from '../support/elasticsearch/index-demo.js';

// Four processes, each with the whole demo: more than the usual minute where the machine is busy.
vi.setConfig({ testTimeout: 300_000 });

const DEMO = resolve('data/demo');
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-same-'));
const url = inject('elasticsearchUrl');
let cli: CompiledCli;
beforeAll(async () => {
  cli = await compileCli();
});
afterAll(async () => {
  rmSync(work, { recursive: true });
  await cli.remove();
});

/** In another time zone, language and order of work each. */
const ENVIRONMENTS = [
  { concurrency: 1, cache: ['--no-cache'], env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' } },
  { concurrency: 4, cache: [], env: { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' } },
] as const;
/** After the others: what they left in the cache. */
const CACHED = { concurrency: 2, cache: [], env: { TZ: 'UTC', LC_ALL: 'C' } } as const;

/** Every file with its content, but what differs between any two runs: the manifest's run block, what it lists, its checksum. */
function contentsOf(folder: string): Map<string, string | null> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const ofRun = ['manifest.json', 'json/queries.ndjson'];
  return new Map(
    names.map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      if (name === 'json/queries.ndjson') return [name, null];
      if (name === 'SHA256SUMS')
        return [
          name,
          text
            .split('\n')
            .filter((line) => !ofRun.some((path) => line.endsWith(`  ${path}`)))
            .join('\n'),
        ];
      if (name !== 'manifest.json') return [name, text];
      const manifest = JSON.parse(text) as { run: { timeZone: string } };
      return [name, JSON.stringify({ ...manifest, run: null })];
    }),
  );
}

async function reports(config: string, name: string): Promise<Map<string, string | null>[]> {
  const all: Map<string, string | null>[] = [];
  for (const { concurrency, cache, env } of name === 'files' ? [...ENVIRONMENTS, CACHED] : ENVIRONMENTS) {
    const output = join(work, `${name}-${concurrency}`);
    const args = [
      '--config',
      config,
      '--quarter',
      '2026-Q3',
      '--output',
      output,
      '--concurrency',
      String(concurrency),
      ...cache,
    ];
    const { code, stderr, stdout } = await cli.run(['report', ...args], { env });
    expect(code, stderr).toBe(0);
    await checkReport(output);
    const { run } = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as { run: object };
    expect(run).toMatchObject({ concurrency, timeZone: env.TZ, resumed: false });
    const verified = await cli.run([
      'verify',
      output,
      '--sha256',
      /SHA256SUMS: (\w{64})/.exec(stdout)?.[1] ?? '',
    ]);
    expect(verified).toMatchObject({ code: 0 });
    all.push(contentsOf(output));
  }
  return all;
}

const manifestOf = (report: Map<string, string | null> | undefined): unknown =>
  JSON.parse(report?.get('manifest.json') ?? 'null');

const expectSame = ([first, ...others]: Map<string, string | null>[]): void => {
  expect(others).not.toEqual([]);
  for (const other of others) {
    expect(other.size).toBe(first?.size);
    const different = [...(first ?? [])].filter(([name, text]) => other.get(name) !== text);
    // Before the bytes, so that a failure says where.
    expect(manifestOf(other)).toEqual(manifestOf(first));
    expect(different.map(([name]) => name)).toEqual([]);
  }
};

test('a folder of logs gives the same bytes in every time zone, language and order, and from the cache', async () => {
  expectSame(await reports(join(DEMO, 'config.yaml'), 'files'));
});

test.skipIf(url === '')('so does Elasticsearch', async () => {
  const { config, records } = await indexDemo(url, 'same-bytes', work);
  const all = await reports(config, 'elasticsearch');
  expectSame(all);
  const { trail } = JSON.parse(all[0]?.get('manifest.json') ?? '') as { trail: { server: object } };
  expect(trail.server).toMatchObject({
    // The tests' server has no module that answers to `GET /`.
    cluster: null,
    pattern: 'same-bytes',
    indices: [{ name: 'same-bytes', documents: records, uuid: expect.any(String) as string }],
  });
});
