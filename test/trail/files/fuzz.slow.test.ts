import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/load.js';
import { ENGINES } from '../../../src/trail/engines.js';
import { UserError } from '../../../src/config/types.js';
import { parsePolicyDocument } from '../../../src/iam/document.js';
import { answers, folder, log, record } from './helpers.js';

/** `FUZZ=10000 npx vitest run test/trail/files/fuzz.slow.test.ts` looks harder. */
const numRuns = Number(process.env.FUZZ ?? 60);

/** Takes bytes out, doubles them, or puts others in. */
const mutations = fc.array(
  fc.record({ at: fc.nat(), length: fc.integer({ min: 0, max: 40 }), by: fc.uint8Array({ maxLength: 12 }) }),
  { maxLength: 4 },
);
function mutate(bytes: Buffer, changes: readonly { at: number; length: number; by: Uint8Array }[]): Buffer {
  return changes.reduce((before, { at, length, by }) => {
    const place = at % (before.length + 1);
    return Buffer.concat([before.subarray(0, place), by, before.subarray(place + (at % 2) * length)]);
  }, bytes);
}

it('answers about any damaged log, and says what was lost', async () => {
  const plain = Buffer.from(log(record(), record({ requestParameters: { bucketName: 'b' } })));
  const lines = Buffer.from([record(), record()].map((one) => JSON.stringify(one)).join('\n'));
  const source = fc.constantFrom(plain, gzipSync(plain), lines, gzipSync(lines));
  await fc.assert(
    fc.asyncProperty(source, mutations, async (bytes, changes) => {
      const root = await folder({ 'a.json': mutate(bytes, changes), 'b.json': log(record()) });
      const { activity, notes } = await answers(root);
      await rm(root, { recursive: true });
      expect(activity.length).toBeGreaterThan(0);
      expect((notes.counts.filesRead ?? 0) + (notes.counts.filesFailed ?? 0)).toBe(2);
      if (notes.counts.filesFailed === 1) expect(notes.warnings[0]).toMatch(/^a\.json was not read: .+/);
    }),
    { numRuns },
  );
});

it('refuses any damaged configuration with a message that names the file', () => {
  const text = readFileSync('data/demo/config.yaml');
  fc.assert(
    fc.property(mutations, (changes) => {
      try {
        parseConfig(mutate(text, changes).toString(), 'config.yaml', ENGINES, {});
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.message).toContain('config.yaml');
      }
    }),
    { numRuns: 5 * numRuns },
  );
});

it('takes or refuses any policy document', () => {
  const anyKey = fc.constantFrom(
    'Version',
    'Statement',
    'Effect',
    'Action',
    'NotAction',
    'Resource',
    'Principal',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('Allow', 'Deny', '*', 's3:*', 's3:Get*', '', '%7B', '${aws:username}', null, 7),
      fc.string(),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(anyKey, fc.string()), tie('any'), { maxKeys: 5 }),
    ),
  })).any;
  fc.assert(
    fc.property(value, fc.boolean(), (document, trust) => {
      for (const given of [
        document,
        JSON.stringify(document),
        encodeURIComponent(JSON.stringify(document)),
      ]) {
        const parsed = parsePolicyDocument(given, trust);
        if (!parsed.ok) expect(parsed.error.kind).not.toBe('');
      }
    }),
    { numRuns: 5 * numRuns },
  );
});
