import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checkReport } from '../support/check-report.js';
import type { CompiledCli } from '../support/compiled-cli.js';

/** In another time zone, language and order of work each. */
const ENVIRONMENTS = [
  { concurrency: 1, cache: ['--no-cache'], env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' } },
  { concurrency: 4, cache: [], env: { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' } },
] as const;
/** After the others: what they left in the cache. */
const CACHED = { concurrency: 2, cache: [], env: { TZ: 'UTC', LC_ALL: 'C' } } as const;

/** Every file with its content, without what differs between runs: the run block of the manifest, its files, its checksum. */
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

/**
 * A report in each environment, and of files one from the cache; each is as its schemas and checksums say.
 * @param work folder for the reports
 */
export async function reports(
  cli: CompiledCli,
  config: string,
  name: 'files' | 'elasticsearch',
  work: string,
): Promise<Map<string, string | null>[]> {
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
    expect(run).toMatchObject({ concurrency, timeZone: env.TZ, resumed: env === CACHED.env });
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

export const expectSame = ([first, ...others]: Map<string, string | null>[]): void => {
  expect(others).not.toEqual([]);
  for (const other of others) {
    expect(other.size).toBe(first?.size);
    const different = [...(first ?? [])].filter(([name, text]) => other.get(name) !== text);
    // Before the bytes, so that a failure says where.
    expect(manifestOf(other)).toEqual(manifestOf(first));
    expect(different.map(([name]) => name)).toEqual([]);
  }
};
