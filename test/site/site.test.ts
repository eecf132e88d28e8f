import { expect, test } from 'vitest';
import { fileName } from '../../src/report/site/render.js';
import { createSiteWriter } from '../../src/report/site/writer.js';
import { head, memoryFolder, totals, writeSample } from './sample-model.js';
import { principals } from './sample-principals.js';

const write = async (detail: 'full' | 'services', all = totals): Promise<Map<string, string>> => {
  const { files, out } = memoryFolder();
  await writeSample(createSiteWriter({ detail }), out, all);
  return files;
};

test('makes file names of ids that cannot leave the folder', () => {
  expect(fileName('../a/b')).toBe('___a_b');
});

test('writes a page per principal, and the same bytes for the same review', async () => {
  const files = await write('full');
  expect([...files.keys()].filter((path) => /\/(users|roles)\//.test(path))).toHaveLength(principals.length);
  expect(await write('full')).toEqual(files);
});

test('no page is over 1 MB and no name becomes a tag', async () => {
  for (const detail of ['full', 'services'] as const)
    for (const [path, text] of await write(detail)) {
      expect(Buffer.byteLength(text), path).toBeLessThan(1_000_000);
      if (!path.endsWith('.html')) continue;
      expect(text, path).not.toMatch(/<img|<script>| style=| onerror="/);
      expect(text.match(/<script/g), path).toHaveLength(1);
    }
});

test('writes the style and the script, then the pages of an empty review', async () => {
  const { files, out } = memoryFolder();
  const writer = createSiteWriter({ detail: 'full' });
  await writer.begin({ ...head, id: '<b>', accounts: [] }, out);
  await writer.end({
    accounts: [],
    summaries: [],
    warnings: [],
    mapping: { events: 0, mappedEvents: 0, noPermissionEvents: 0, unmapped: [] },
    notes: { engine: 'files', warnings: [], counts: {}, incomplete: [] },
  });
  expect([...files.keys()]).toHaveLength(5);
  expect(files.get('index.html')).toContain('&lt;b&gt;');
  expect(files.get('index.html')).not.toContain('NaN');
});
