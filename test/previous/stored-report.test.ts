import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { StoredReport } from '../../src/previous/stored-report.js';

const ID = '111122223333';

const principal = (name: string, boundary: unknown) => ({
  ...{ arn: `arn:aws:iam::${ID}:user/${name}`, id: name, type: 'user', name, accountId: ID, boundary },
  ...{
    accountName: 'demo',
    state: 'active',
    tags: [],
    groups: [],
    missingPolicies: [],
    used: [],
    unused: [],
  },
  ...{ unknown: [], services: [], documents: [], trust: [], credentials: null },
});

function writeReport(schemaVersion: number, principals: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'stored-report-'));
  const files = {
    'json/report.json': JSON.stringify({
      schemaVersion,
      review: {
        id: '2026-Q2',
        period: { start: '2026-04-01T00:00:00Z', end: '2026-07-01T00:00:00Z' },
        actionData: { updatedAt: '2026-04-01T00:00:00Z', actions: 1 },
      },
      accounts: [{ id: ID, name: 'demo' }],
    }),
    [`json/${ID}/principals.ndjson`]: principals.map((each) => `${JSON.stringify(each)}\n`).join(''),
  };
  const outputs = Object.entries(files).map(([path, text]) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return { path, sha256: createHash('sha256').update(text).digest('hex') };
  });
  const tool = { name: 'cloudtracker', version: '0' };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ schemaVersion, tool, outputs }));
  return folder;
}

const edge = { arn: `arn:aws:iam::${ID}:policy/edge`, name: 'edge', missing: false };

it.each([
  ['has a name', 1, 'edge', { name: 'edge', missing: false }],
  ['has an ARN if its document was missing', 1, edge.arn, { arn: edge.arn, missing: true }],
  ['is null without one', 1, null, null],
  ['has both', 2, edge, edge],
])('a boundary of an earlier report %s (version %d)', async (_, version, written, read) => {
  const report = await StoredReport.open(writeReport(version, [principal('ann', written)]));
  const boundaries: unknown[] = [];
  for await (const { boundary } of report.principals(ID)) boundaries.push(boundary);
  expect(boundaries).toMatchObject([read]);
});
