import { expect, test } from 'vitest';
import { cells, fileName, renderTable } from '../../src/report/site/render.js';
import { createSiteWriter } from '../../src/report/site/writer.js';

test('escapes hostile names', () => {
  const html = renderTable('', {
    caption: 'C',
    anchor: 'used',
    columns: ['A'],
    rows: [cells('</script><script>x')],
  });
  expect(html).not.toContain('<script>');
  expect(html).toContain('<bdi>&lt;/script&gt;');
});
test('makes file names of ids that cannot leave the folder', () => {
  expect(fileName('../a/b')).toBe('___a_b');
});
test('writes the style and the script, then the pages of an empty review', async () => {
  const files = new Map<string, string>();
  const writer = createSiteWriter({ detail: 'full' });
  const writeFile = (path: string, text: string) => Promise.resolve(void files.set(path, text));
  await writer.begin(
    {
      id: '<b>',
      period: { start: 's', end: 'e' },
      toolVersion: '3',
      catalogUpdatedAt: 'd',
      catalogActions: 1,
      accounts: [],
    },
    { writeFile, open: () => Promise.reject(new Error('unused')) },
  );
  await writer.end({
    accounts: [],
    summaries: [],
    warnings: [],
    mapping: { events: 0, mappedEvents: 0, noPermissionEvents: 0, unmapped: [] },
    notes: { engine: 'files', warnings: [], counts: {}, incomplete: [] },
  });
  expect([...files.keys()]).toHaveLength(5);
  expect(files.get('index.html')).toContain('&lt;b&gt;');
});
