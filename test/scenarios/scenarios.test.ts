import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { reportFromFiles, scenarios } from './scenario.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-scenarios-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

test.each(scenarios)('%s from files', async (name) => {
  await reportFromFiles(name, work);
});
