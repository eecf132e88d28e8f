import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { compileCli, type CompiledCli } from '../support/compiled-cli.js';
import { indexDemo } from '../support/elasticsearch/index-demo.js';
import { expectSame, reports } from './same-bytes.js';

// Processes that each read the whole demo: more than the usual time where the machine is busy.
vi.setConfig({ testTimeout: 300_000 });

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

test.skipIf(url === '')(
  'Elasticsearch gives the same bytes in every time zone, language and order',
  async () => {
    const { config, records } = await indexDemo(url, 'same-bytes', work);
    const all = await reports(cli, config, 'elasticsearch', work);
    expectSame(all);
    const { trail } = JSON.parse(all[0]?.get('manifest.json') ?? '') as { trail: { server: object } };
    expect(trail.server).toMatchObject({
      // The tests' server has no module that answers to `GET /`.
      cluster: null,
      pattern: 'same-bytes',
      indices: [{ name: 'same-bytes', documents: records, uuid: expect.any(String) as string }],
    });
  },
);
