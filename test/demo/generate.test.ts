import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const demo = fileURLToPath(new URL('../../data/demo', import.meta.url));
let made = '';

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'demo-'));
  execFileSync(process.execPath, [join(demo, 'generate.mjs'), made]);
});
afterAll(() => {
  rmSync(made, { recursive: true, force: true });
});

const filesIn = (root: string): string[] =>
  ['iam', 'logs']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();

interface LogRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly eventCategory: string;
  readonly recipientAccountId: string;
  readonly sharedEventID?: string;
  readonly userIdentity: { readonly type: string; readonly arn?: string };
}

const records = (): LogRecord[] =>
  filesIn(demo)
    .filter((file) => file.endsWith('.gz'))
    .flatMap((file) => {
      const text = gunzipSync(readFileSync(join(demo, file))).toString();
      return (JSON.parse(text) as { Records: LogRecord[] }).Records;
    });

describe('the demo data', () => {
  it('are what the generator makes', () => {
    expect(filesIn(made)).toEqual(filesIn(demo));
    const differing = filesIn(demo).filter((file) => {
      const [fresh, committed] = [readFileSync(join(made, file)), readFileSync(join(demo, file))];
      // zlib differs a little between processors, so compressed files are compared by content.
      const open = (bytes: Buffer): Buffer => (file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
      return !open(fresh).equals(open(committed));
    });
    expect(differing).toEqual([]);
  });

  it('are the same, byte for byte, each time', () => {
    const before = filesIn(made).map((file) => readFileSync(join(made, file)));
    execFileSync(process.execPath, [join(demo, 'generate.mjs'), made]);
    const after = filesIn(made).map((file) => readFileSync(join(made, file)));
    expect(after.every((bytes, i) => bytes.equals(before[i] ?? Buffer.alloc(0)))).toBe(true);
  });

  it('hold no time of their making in the compressed files', () => {
    for (const file of filesIn(demo).filter((name) => name.endsWith('.gz'))) {
      expect(readFileSync(join(demo, file)).subarray(4, 8)).toEqual(Buffer.alloc(4));
    }
  });

  it('are small, and lie within the third quarter of 2026', () => {
    const bytes = filesIn(demo).reduce((sum, file) => sum + statSync(join(demo, file)).size, 0);
    expect(bytes).toBeLessThan(1_500_000);
    const times = records().map((record) => record.eventTime);
    expect(times.length).toBeGreaterThan(3000);
    expect(times.every((time) => time >= '2026-07-01T00:00:00Z' && time < '2026-10-01T00:00:00Z')).toBe(true);
  });

  it('hold duplicates, cross-account copies and data events in one account', () => {
    const all = records();
    expect(new Set(all.map((record) => record.eventID)).size).toBeLessThan(all.length);
    const copies = all.filter((record) => record.userIdentity.type === 'AWSAccount' && record.sharedEventID);
    expect(copies.length).toBeGreaterThan(0);
    for (const copy of copies) {
      expect(copy.userIdentity.arn).toBeUndefined();
      const other = all.find(
        (record) => record.sharedEventID === copy.sharedEventID && record.eventID !== copy.eventID,
      );
      expect(other?.recipientAccountId).not.toBe(copy.recipientAccountId);
    }
    const data = all.filter((record) => record.eventCategory === 'Data');
    expect(new Set(data.map((record) => record.recipientAccountId))).toEqual(new Set(['123456789012']));
  });
});
