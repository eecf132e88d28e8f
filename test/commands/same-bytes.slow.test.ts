import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, test, vi } from 'vitest';
import { compileCli, type CompiledCli } from '../support/compiled-cli.js';
import { expectSame, reports } from './same-bytes.js';

// Processes that each read the whole demo: more than the usual time where the machine is busy.
vi.setConfig({ testTimeout: 300_000 });

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-same-'));
let cli: CompiledCli;
beforeAll(async () => {
  cli = await compileCli();
});
afterAll(async () => {
  rmSync(work, { recursive: true });
  await cli.remove();
});

test('a folder of logs gives the same bytes in every time zone, language and order, and from the cache', async () => {
  expectSame(await reports(cli, resolve('data/demo/config.yaml'), 'files', work));
});
